import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { compressFolder } from '../../scripts/compress-folder.ts'
import { givenFolder, givenOrder, givenShop, givenVariant } from '../../tests/given.ts'
import { givenApiServer } from '../../tests/given-api.ts'

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  bytes: Buffer
}

/** As the bytes come over the wire: fetch would unpack them. */
function get(url: string, headers: Record<string, string>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      const { statusCode: status = 0, headers: said } = response
      const answer = response
        .toArray()
        .then((chunks) => ({ status, headers: said, bytes: Buffer.concat(chunks) }))
      resolve(answer)
    })
    asked.once('error', reject).end()
  })
}

async function givenStaffServer() {
  const api = await givenApiServer()
  const olga = api.staff()
  const ask = (path: string, more: Record<string, string> = {}, who = olga) =>
    get(`${api.url}/api${path}`, { authorization: who.authorization(), ...more })
  return { ...api, olga, ask }
}

it('an answer that the browser has is not sent again, until it changes', async () => {
  const { shop, ask } = await givenStaffServer()
  givenOrder(shop)
  const first = await ask('/orders')
  const tag = String(first.headers.etag)
  expect(first.status).toBe(200)
  expect(first.headers).toMatchObject({
    'cache-control': 'private, no-cache',
    vary: 'authorization, cookie, accept-encoding',
  })
  const again = await ask('/orders', { 'if-none-match': `W/"other", ${tag}` })
  expect(again).toMatchObject({ status: 304, headers: { etag: tag, 'cache-control': 'private, no-cache' } })
  expect(again.bytes).toHaveLength(0)
  givenOrder(shop)
  const changed = await ask('/orders', { 'if-none-match': tag })
  expect(changed.status).toBe(200)
  expect(JSON.parse(changed.bytes.toString()).orders).toHaveLength(2)
  expect(changed.headers.etag).not.toBe(tag)
})

it('nobody gets a 304 for what they may not see, and a tag says nothing of who asked', async () => {
  const { url, staff, ask, olga } = await givenStaffServer()
  const tag = String((await ask('/money/books')).headers.etag)
  const packer = staff('packer', 'Paul')
  expect((await ask('/money/books', { 'if-none-match': tag }, packer)).status).toBe(403)
  const nobody = await get(`${url}/api/money/books`, { 'if-none-match': tag })
  expect(nobody.status).toBe(401)
  expect(nobody.headers).toMatchObject({ 'cache-control': 'no-store' })
  const [mine, theirs] = [await ask('/orders/counters'), await ask('/orders/counters', {}, packer)]
  expect(theirs.headers.etag).toBe(mine.headers.etag)
  olga.signIn()
  expect((await ask('/orders/counters')).headers.etag).toBe(mine.headers.etag)
})

it('long answers are compressed for those who take that, short ones and refusals are not', async () => {
  const { shop, ask } = await givenStaffServer()
  for (let i = 0; i < 12; i++) givenVariant(shop, 10, 1_000, `Mug ${i}`)
  const plain = await ask('/products')
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.headers['content-length']).toBe(String(plain.bytes.length))
  const small = await ask('/products', { 'accept-encoding': 'gzip, deflate, br' })
  expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' })
  expect(gunzipSync(small.bytes)).toEqual(plain.bytes)
  expect(small.bytes.length).toBeLessThan(plain.bytes.length / 4)
  const short = await ask('/orders/counters', { 'accept-encoding': 'gzip' })
  expect(short.headers['content-encoding']).toBeUndefined()
  const none = await ask('/products?limit=0', { 'accept-encoding': 'gzip' })
  expect(none).toMatchObject({ status: 400, headers: { 'cache-control': 'no-store' } })
})

it('changes are never kept, and signing out clears what was', async () => {
  const { url, olga } = await givenStaffServer()
  const authorization = olga.authorization()
  const out = await fetch(`${url}/api/session`, { method: 'DELETE', headers: { authorization } })
  expect(out.status).toBe(204)
  expect(out.headers.get('cache-control')).toBe('no-store')
  expect(out.headers.get('clear-site-data')).toBe('"cache"')
})

it('the panel is served as it was compressed when it was built', async () => {
  const folder = givenFolder()
  mkdirSync(join(folder, 'assets'))
  const [script, worker] = ['export const x = 1 // '.repeat(200), 'self.x = 1 // '.repeat(200)]
  writeFileSync(join(folder, 'assets', 'index-abc.js'), script)
  writeFileSync(join(folder, 'sw.js'), worker)
  writeFileSync(join(folder, 'assets', 'tiny-abc.js'), 'x')
  compressFolder(folder)
  const { url } = await givenApiServer({ shop: givenShop(), panelFolder: folder })
  const from = (path: string, accepted = '') => get(`${url}/app/${path}`, { 'accept-encoding': accepted })

  const br = await from('assets/index-abc.js', 'gzip, deflate, br')
  expect(br.headers).toMatchObject({
    'content-encoding': 'br',
    'content-type': expect.stringContaining('text/javascript'),
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  })
  expect(brotliDecompressSync(br.bytes).toString()).toBe(script)
  const gz = await from('assets/index-abc.js', 'gzip')
  expect(gunzipSync(gz.bytes).toString()).toBe(script)
  expect((await from('assets/index-abc.js')).bytes.toString()).toBe(script)
  expect((await from('assets/tiny-abc.js', 'br')).bytes.toString()).toBe('x')
  const installed = await from('sw.js', 'br')
  expect(installed.headers).toMatchObject({
    'content-encoding': 'br',
    'cache-control': 'no-cache',
    'service-worker-allowed': '/app',
  })
  expect(brotliDecompressSync(installed.bytes).toString()).toBe(worker)
})
