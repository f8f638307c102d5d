import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { createLiveFeed } from '../src/http/live-feed.ts'
import { createHttpApp, listen } from '../src/http/server.ts'
import { systemClock } from '../src/lib/clock.ts'
import { createLog } from '../src/lib/log.ts'
import { createMetrics } from '../src/lib/metrics.ts'
import { measureShop } from '../src/shop/measure-shop.ts'
import { noteEvents } from '../src/shop/note-events.ts'
import { takeStep } from '../src/shop/orders/take-step.ts'
import { startSession } from '../src/shop/staff/sessions.ts'
import { sayHello } from './child.ts'
import { OWNER, openBenchShop } from './open-shop.ts'

/** The shop's real HTTP side on the file given, as a process of its own. Accepts an order when asked, and says when that was committed. */
const [file = ''] = process.argv.slice(2)
const metrics = createMetrics()
const shop = openBenchShop(file, systemClock, metrics.queries)
let committedAt = 0
shop.listen(() => {
  committedAt = performance.timeOrigin + performance.now()
})
measureShop(shop, metrics)
noteEvents(shop)
const live = createLiveFeed(shop, metrics)
const { token } = shop.write((work) => startSession(work, { id: 500_001, first_name: 'Person 1' }, 'bench'))
const app = createHttpApp({
  shop,
  // Each request is logged as in a real shop; what is written nobody needs to see.
  log: createLog('info', pino.destination({ dest: '/dev/null', sync: false })),
  metrics,
  live,
  botToken: '',
  publicUrl: undefined,
  botLink: () => '',
  push: undefined,
  isReceipt: () => false,
  mediaFolder: '',
  proofsFolder: '',
  panelFolder: '',
  frameOrigins: [],
  isReady: () => true,
  webhook: undefined,
})
process.on('message', ({ accept }: { accept: number }) => {
  shop.write((work) => takeStep(work, { orderId: accept, step: 'accept', version: 1, actor: OWNER }))
  process.send?.(committedAt)
})
// As src/jobs/schedule.ts does: a log that only grows makes every read slower, on both sides.
setInterval(() => shop.db.checkpoint(), 1_000)
const server = await listen(app, 0, '127.0.0.1')
sayHello({ port: (server.address() as AddressInfo).port, token }, () => shop.db.close())
