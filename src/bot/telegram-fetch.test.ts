import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { telegramFetch } from './telegram-fetch.ts'

let server: Server
let root: string

beforeAll(async () => {
  server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.closeAllConnections()
  server.close()
})

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/hang') return
  const body = Buffer.concat(await request.toArray()).toString()
  if (request.url === '/html') response.end('<h1>502</h1>')
  else if (request.url === '/cut') response.write('{"half":', () => response.destroy())
  else response.end(JSON.stringify({ body, type: request.headers['content-type'] }))
}

async function post(
  path: string,
  body: string | Readable,
  signal = new AbortController().signal,
): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  return (await telegramFetch(root + path, { method: 'POST', headers, body, signal })).json()
}

it('posts text and streams', async () => {
  expect(await post('/', 'Grüße')).toEqual({ body: 'Grüße', type: 'application/json' })
  expect(await post('/', Readable.from([Buffer.from('a file')]))).toMatchObject({ body: 'a file' })
})

it('rejects what is cut, what is no JSON, what is nobody there, and what takes too long', async () => {
  await expect(post('/cut', '')).rejects.toThrow()
  await expect(post('/html', '')).rejects.toThrow('JSON')
  await expect(
    telegramFetch('http://127.0.0.1:1/', {
      method: 'POST',
      headers: {},
      body: '',
      signal: AbortSignal.abort(),
    }),
  ).rejects.toThrow()
  await expect(post('/hang', '', AbortSignal.timeout(20))).rejects.toThrow('aborted')
})
