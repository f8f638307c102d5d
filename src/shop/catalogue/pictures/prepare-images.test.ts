import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, it, onTestFinished } from 'vitest'
import { existing, givenShop, givenVariant, type TestShop } from '../../../../tests/given.ts'
import { findImage, findVariant } from '../../../db/catalogue.ts'
import { replaceImages } from '../../../db/catalogue-import.ts'
import { listDuePictures } from '../../../db/fetched-pictures.ts'
import { createPictureFetcher } from '../../../pictures/fetch-picture.ts'
import { prepareImages } from './prepare-images.ts'

const MINUTE_MS = 60_000
const NEVER = new AbortController().signal

/** A camera's picture: on its side, and with where it was taken. */
function photo(width = 2_000, height = 1_000): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: 'teal' } })
    .jpeg()
    .withExif({ IFD0: { Copyright: 'Ana', Orientation: '6' }, IFD3: { GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .toBuffer()
}

async function givenServer(answers: Record<string, (response: ServerResponse) => void>) {
  const asked: string[] = []
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const answer = answers[path]
    if (answer) answer(response)
    else response.writeHead(404).end('<h1>Nothing here</h1>')
  }
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { asked, server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** Each of these pages sends on to the next. */
function redirects(...pages: string[]) {
  const send = (location: string) => (response: ServerResponse) => response.writeHead(302, { location }).end()
  return Object.fromEntries(pages.slice(1).map((next, i) => [pages[i] ?? '', send(next)]))
}

function givenPictures(hosts: string[], shop = givenShop()) {
  const fetchPicture = createPictureFetcher({ clock: shop.clock, hosts })
  const work = { fetchPicture, mediaFolder: shop.folder }
  const prepare = (stopping = NEVER) => prepareImages(shop, work, stopping)
  return { shop, prepare, show: (url: string) => show(shop, url), work }
}

/** A product with the picture at this address; returns how it stands. */
function show(shop: TestShop, url: string) {
  const id = existing(findVariant(shop.db, givenVariant(shop))).product_id
  shop.db.write((tx) => replaceImages(tx, id, [{ url, telegramFileId: null }]))
  return () => existing(findImage(shop.db, id))
}

it('keeps a picture upright in two sizes, without what the camera wrote, under a name made of its content', async () => {
  const bytes = await photo()
  const { origin, asked } = await givenServer({ '/a.jpg': (response) => response.end(bytes) })
  const { shop, prepare, show: showAt } = givenPictures([origin])
  const [first, second] = [showAt(`${origin}/a.jpg`), showAt(`${origin}/a.jpg`)]
  expect(await prepare()).toBe(1)
  expect(asked).toEqual(['/a.jpg'])
  expect(first()).toMatchObject({ url: `${origin}/a.jpg`, trouble: null })
  expect(second().fetched_file).toBe(first().fetched_file)
  const large = await sharp(join(shop.folder, existing(first().fetched_file))).metadata()
  expect(large).toMatchObject({ format: 'jpeg', width: 640, height: 1_280 })
  expect(large).not.toHaveProperty('exif')
  const small = await sharp(join(shop.folder, existing(first().small))).metadata()
  expect(small).toMatchObject({ format: 'webp', width: 160, height: 320 })
  expect(small).not.toHaveProperty('exif')
  expect(readFileSync(join(shop.folder, existing(first().fetched_file))).includes('Ana')).toBe(false)
  expect(await prepare()).toBe(0)
  shop.clock.advance(100 * 24 * 60 * MINUTE_MS)
  expect(await prepare()).toBe(0)
})

it('says why a picture cannot be had, tries five times within a day, and then no more', async () => {
  const { origin, asked } = await givenServer({
    '/page': (response) => response.setHeader('content-type', 'image/png').end('<html>Log in first</html>'),
    '/vector': (response) => response.end('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    '/cut': (response) =>
      response.writeHead(200, { 'content-length': 5_000 }).write('half of it', () => response.destroy()),
    ...redirects('/round', '/round/1', '/round/2', '/round/3', '/round/4'),
  })
  const { shop, prepare, show: showAt } = givenPictures([origin])
  const troubles = {
    '/missing': /answers with 404/,
    '/page': /not a picture/,
    '/vector': /not a picture/,
    '/cut': /cannot be reached/,
    '/round': /answers with 302/,
  }
  const shown = Object.entries(troubles).map(([path, words]) => ({ now: showAt(origin + path), words }))
  for (const minutes of [0, 1, 10, 60, 720]) {
    shop.clock.advance(minutes * MINUTE_MS)
    expect(await prepare()).toBe(5)
    expect(await prepare()).toBe(0)
    for (const { now, words } of shown)
      expect(now()).toMatchObject({ fetched_file: null, trouble: expect.stringMatching(words) })
  }
  shop.clock.advance(100 * 24 * 60 * MINUTE_MS)
  expect(await prepare()).toBe(0)
  expect(asked.filter((path) => path === '/missing')).toHaveLength(5)
  expect(readdirSync(shop.folder).filter((name) => /\.(jpg|webp|part)$/.test(name))).toEqual([])
  // An import that names it again asks for it again.
  showAt(`${origin}/missing`)
  expect(await prepare()).toBe(1)
})

it('takes no more than 20 MB, and waits no longer than 20 seconds', async () => {
  const chunk = Buffer.alloc(1024 * 1024)
  const { origin, server } = await givenServer({
    '/endless': (response) => {
      const more = () => {
        while (!response.destroyed && response.write(chunk));
      }
      response.on('drain', more)
      more()
    },
    '/slow': (response) => response.write('GIF89a'),
  })
  const { shop, prepare, show: showAt } = givenPictures([origin])
  const endless = showAt(`${origin}/endless`)
  await prepare()
  expect(endless().trouble).toMatch(/larger than 20 MB/)
  const slow = showAt(`${origin}/slow`)
  const asked = once(server, 'request')
  const preparing = prepare()
  await asked
  shop.clock.advance(20_000)
  await preparing
  expect(slow().trouble).toMatch(/longer than 20 seconds/)
})

it('reaches nothing inside the network, by number, by name or by redirect', async () => {
  const bytes = await photo(20, 20)
  const inside = await givenServer({ '/secret': (response) => response.end(bytes) })
  const outside = await givenServer({
    '/to-secret': (response) => response.writeHead(302, { location: `${inside.origin}/secret` }).end(),
    '/moved': (response) => response.writeHead(301, { location: '/here' }).end(),
    '/here': (response) => response.end(bytes),
  })
  const { prepare, show: showAt } = givenPictures([outside.origin])
  const port = new URL(inside.origin).port
  const refused = [
    `${inside.origin}/secret`,
    `http://localhost:${port}/secret`,
    `http://2130706433:${port}/secret`,
    `http://[::1]:${port}/secret`,
    `http://[::ffff:127.0.0.1]:${port}/secret`,
    'http://10.0.0.1/secret',
    'http://169.254.169.254/latest/meta-data',
    `${outside.origin}/to-secret`,
  ].map(showAt)
  const noAddress = ['file:///etc/passwd', 'data:image/gif;base64,R0lGODlh', 'nonsense'].map(showAt)
  const moved = showAt(`${outside.origin}/moved`)
  await prepare()
  for (const now of refused) expect(now().trouble).toBe('Its address is not on the public internet.')
  for (const now of noAddress) expect(now().trouble).toBe('Its address is not a web address.')
  expect(inside.asked).toEqual([])
  expect(moved()).toMatchObject({ trouble: null, fetched_file: expect.stringMatching(/^[0-9a-f]{32}\.jpg$/) })
})

it('stops when the shop closes, which says nothing of the picture, and forgets what no product shows', async () => {
  const { origin, server } = await givenServer({ '/slow': (response) => response.write('GIF89a') })
  const { shop, prepare, show: showAt } = givenPictures([origin])
  const slow = showAt(`${origin}/slow`)
  const stopping = new AbortController()
  const asked = once(server, 'request')
  const preparing = prepare(stopping.signal)
  await asked
  stopping.abort()
  expect(await preparing).toBe(1)
  expect(slow()).toMatchObject({ trouble: null, fetched_file: null })
  shop.db.write((tx) => replaceImages(tx, slow().product_id, []))
  expect(await prepare()).toBe(1)
  expect(listDuePictures(shop.db, Number.MAX_SAFE_INTEGER, 10)).toEqual([])
})
