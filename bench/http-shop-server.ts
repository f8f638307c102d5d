import type { AddressInfo } from 'node:net'
import { createLiveFeed } from '../src/http/live-feed.ts'
import { createHttpApp, listen } from '../src/http/server.ts'
import { createLog } from '../src/lib/log.ts'
import { createMetrics } from '../src/lib/metrics.ts'
import { startSession } from '../src/shop/staff/sessions.ts'
import { sayHello } from './child.ts'
import { openBenchShop } from './open-shop.ts'

/** The shop's real HTTP side on the file given, as a process of its own. */
const [file = ''] = process.argv.slice(2)
const shop = openBenchShop(file)
const metrics = createMetrics()
const live = createLiveFeed(shop, metrics)
shop.listen((change) => {
  if (change.kind === 'events')
    for (const event of change.events) metrics.orderEvents.inc({ type: event.type })
})
const { token } = shop.write((work) => startSession(work, { id: 500_001, first_name: 'Person 1' }, 'bench'))
const app = createHttpApp({
  shop,
  log: createLog('info'),
  metrics,
  live,
  botToken: '',
  mediaFolder: '',
  panelFolder: '',
  frameOrigins: [],
  isReady: () => true,
  webhook: undefined,
})
// As src/jobs/schedule.ts does: a log that only grows makes every read slower, on both sides.
setInterval(() => shop.db.checkpoint(), 1_000)
const server = await listen(app, 0, '127.0.0.1')
sayHello({ port: (server.address() as AddressInfo).port, token }, () => shop.db.close())
