import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sayHello } from './child.ts'
import { openRaw, prepareRawStep, RAW_STEPS } from './raw-step.ts'

/** The floor over HTTP: node:http, the transaction by hand, and an answer as long as the shop's. */
const [file = '', answerBytes = '2000'] = process.argv.slice(2)
const db = openRaw(file)
const step = prepareRawStep(db, Date.now)
const rest = 'x'.repeat(Math.max(0, Number(answerBytes) - 60))

const server = createServer((request, response) => {
  let body = ''
  request.setEncoding('utf8')
  request.on('data', (chunk: string) => {
    body += chunk
  })
  request.on('end', () => answer(request, response, JSON.parse(body) as { step: string; version: number }))
})

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  wish: { step: string; version: number },
): void {
  const number = Number(request.url?.split('/')[3])
  const taken = RAW_STEPS.find((known) => known.step === wish.step)
  const done = taken && step(number, wish.version, taken)
  const text = JSON.stringify({ number, version: wish.version + 1, rest })
  response.writeHead(done ? 200 : 409, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  })
  response.end(text)
}

setInterval(() => db.pragma('wal_checkpoint(PASSIVE)'), 1_000)
server.listen(0, '127.0.0.1', () => {
  sayHello({ port: (server.address() as AddressInfo).port, token: 'none' }, () => db.close())
})
