import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import sharp from 'sharp'
import { type Child, startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import type { Call } from './http-client.ts'
import type { ServerHello } from './http-step.ts'
import { median, type Result, type Size, spread } from './measure.ts'
import { RAW_STEPS } from './raw-step.ts'
import type { Stall } from './watch-loop.ts'

const FIRST_ORDER = 1001
/** One of so many orders still waits, beginning with the twentieth. */
const PLACED_EACH = 20
const SIZES = {
  full: { orders: 100_000, rounds: 3, rows: 5_000, pictures: 20, megapixels: 12, idleMs: 2_000 },
  quick: { orders: 20_000, rounds: 1, rows: 5_000, pictures: 20, megapixels: 12, idleMs: 2_000 },
  smallest: { orders: 2_000, rounds: 1, rows: 20, pictures: 1, megapixels: 0.12, idleMs: 50 },
}
const IMPORT = join(import.meta.dirname, '..', 'scripts', 'import.ts')

interface Stand {
  folder: string
  shop: Child<ServerHello>
  /** Where the pictures are. */
  origin: string
  rows: number
  pictures: number
  megapixels: number
  idleMs: number
  /** How many orders there are to take steps with. */
  placed: number
}

/** The worst stall of the shop's event loop, as computing time, while it serves steps and lists, and something large is done beside them. */
export function benchLoopStall(size: Size): Promise<Result[]> {
  const { orders, rounds, ...sizes } = SIZES[size]
  return inFolder(async (folder) => {
    const file = join(folder, 'shop.db')
    fillShop(file, { orders, customers: orders / 5, waiting: orders / PLACED_EACH, paidLately: true })
    analyse(file)
    const server = await servePicture(sizes.megapixels)
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const shop = await startChild<ServerHello>('loop-stall-shop.ts', [folder, origin])
    const stand = { folder, shop, origin, ...sizes, placed: orders / PLACED_EACH }
    const worst = await measureAll(stand, rounds)
    await shop.stop()
    server.close()
    const idle = worst.get('nothing else') ?? []
    return [...worst].map(([name, stalls]) => resultOf(name, stalls, idle, orders))
  })
}

async function measureAll(stand: Stand, rounds: number): Promise<Map<string, Stall[]>> {
  const worst = new Map<string, Stall[]>()
  let next = 0
  for (let round = 0; round < rounds; round++) {
    for (const [name, task] of Object.entries(tasksOf(stand, round))) {
      const traffic = keepBusy(stand, next)
      await pause(200)
      await stand.shop.ask('watch')
      await task()
      const stall = await stand.shop.ask<Stall>('say')
      next = await traffic.end()
      worst.set(name, [...(worst.get(name) ?? []), stall])
    }
  }
  return worst
}

function tasksOf(
  { folder, shop, origin, rows, pictures, megapixels, idleMs }: Stand,
  round: number,
): Record<string, () => Promise<unknown>> {
  const get = (path: string) => call(shop.hello, { method: 'GET', path: `/api${path}` })
  return {
    'nothing else': () => pause(idleMs),
    'the books, thirty days': () => get('/money/books'),
    'a check of all books': () => shop.ask('check'),
    'the overview of notices': async () => {
      for (const period of ['day', 'week', 'month']) await get(`/notices/overview?period=${period}`)
    },
    'all orders as CSV': () => get(`/exports/orders?from=0&to=${Date.now()}&lines=orders`),
    'all items as CSV': () => get(`/exports/orders?from=0&to=${Date.now()}&lines=items`),
    'a backup': () => shop.ask('backup'),
    [`an import of ${rows.toLocaleString('en')} products`]: () => importProducts(folder, { rows, round }),
    [`${pictures} photos of ${megapixels} megapixels`]: async () => {
      namePictures(join(folder, 'shop.db'), { origin, pictures, round })
      await shop.ask('images')
    },
  }
}

/** Steps and lists, four at a time, until it is ended; then says which order is next. */
function keepBusy({ shop, placed }: Stand, first: number) {
  let next = first
  let isOver = false
  async function run(): Promise<number> {
    while (!isOver) {
      const steps = Array.from({ length: 4 }, () => stepOn(next++, placed) ?? [])
      await Promise.all(steps.flat().map((step) => call(shop.hello, step)))
      await Promise.all(LISTS.map((list) => call(shop.hello, list)))
      await pause(20)
    }
    return next
  }
  const running = run()
  return {
    end() {
      isOver = true
      return running
    },
  }
}

const LISTS: Call[] = [
  { method: 'GET', path: '/api/orders?stage=placed&limit=50' },
  { method: 'GET', path: '/api/orders/counters' },
  { method: 'GET', path: '/api/products?limit=50' },
]

async function call({ port, token }: ServerHello, { method, path, body }: Call): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers, ...(body && { body }) })
  const answer = await response.text()
  // Another program that writes may be left without a core while it holds the file; the panel tries again then.
  const isFine = response.ok || response.status === 503 || response.status === 409
  if (!isFine) throw new Error(`${method} ${path}: ${answer}`)
}

/** The first step of each placed order, then the second of each, and so on; undefined once all are delivered. */
function stepOn(index: number, placed: number): Call | undefined {
  const number = FIRST_ORDER - 1 + PLACED_EACH * ((index % placed) + 1)
  const which = Math.floor(index / placed)
  const step = RAW_STEPS[which]?.step
  if (!step) return undefined
  const body = JSON.stringify({ step, version: which + 1, ...(step === 'dispatch' && { noTracking: true }) })
  return { method: 'POST', path: `/api/orders/${number}/steps`, body }
}

/** Has SQLite know its tables, as the shop's own job does each night. */
function analyse(file: string): void {
  const db = new Sqlite(file)
  db.exec('analyze')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

async function servePicture(megapixels: number) {
  const width = Math.round(Math.sqrt((megapixels * 4e6) / 3))
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const
  const bytes = await sharp({
    create: { width, height: (width * 3) / 4, channels: 3, background: 'teal', noise },
  })
    .jpeg({ quality: 90 })
    .toBuffer()
  const server = createServer((_request, response) => response.end(bytes)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function namePictures(
  file: string,
  { origin, pictures, round }: { origin: string; pictures: number; round: number },
): void {
  const db = new Sqlite(file, { timeout: 5_000 })
  const name = db.prepare('insert into fetched_pictures (url, due_at) values (?, 0)')
  const show = db.prepare('insert into product_images (product_id, position, url) values (1, ?, ?)')
  db.transaction(() => {
    for (let i = 0; i < pictures; i++) {
      const url = `${origin}/${round}/${i}.jpg`
      name.run(url)
      show.run(round * pictures + i, url)
    }
  })()
  db.close()
}

async function importProducts(
  folder: string,
  { rows: count, round }: { rows: number; round: number },
): Promise<void> {
  const path = join(folder, 'products.csv')
  const rows = Array.from(
    { length: count },
    (_, i) => `bulk-${i},Tea ${i},Teas,Title,Default Title,BULK-${i},${round + 5},${round + 4}.50,active`,
  )
  const headings =
    'Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Status'
  writeFileSync(path, `${[headings, ...rows].join('\n')}\n`)
  await promisify(execFile)(process.execPath, [IMPORT, path, '--apply'], {
    env: { ...process.env, DATA_DIR: folder, CURRENCY: 'EUR' },
    maxBuffer: 64 * 1024 * 1024,
  })
}

function resultOf(name: string, stalls: Stall[], idle: Stall[], orders: number): Result {
  const computed = stalls.map(({ cpuMs }) => cpuMs)
  return {
    ...spread(`event loop, ${orders.toLocaleString('en')} orders, under load: ${name}`, computed),
    unit: 'ms',
    goal: 50,
    aim: 20,
    better: 'low',
    shop: inWords(stalls),
    floor: `${inWords(idle)}, with nothing else`,
  }
}

function inWords(stalls: Stall[]): string {
  const middle = (of: keyof Stall) => median(stalls.map((stall) => stall[of])).toFixed(0)
  return `${middle('wallMs')} ms by the clock, ${middle('ownMs')} without waiting for a core`
}
