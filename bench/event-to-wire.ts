import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Api } from 'grammy'
import { createSubscription } from '../sandbox/push/subscription.ts'
import { countSends } from '../src/bot/count-sends.ts'
import { createPace } from '../src/bot/pace.ts'
import { createSender } from '../src/bot/sender.ts'
import { telegramFetch } from '../src/bot/telegram-fetch.ts'
import { saveDevice } from '../src/db/devices.ts'
import { findOrder } from '../src/db/orders.ts'
import { saveStaff } from '../src/db/people.ts'
import { createLog } from '../src/lib/log.ts'
import { createMetrics } from '../src/lib/metrics.ts'
import { newVapidKeys, type VapidKeys } from '../src/lib/vapid.ts'
import { createPushSender } from '../src/push/sender.ts'
import { createDispatcher } from '../src/shop/notifications/dispatcher.ts'
import { planForStaff } from '../src/shop/notifications/plan.ts'
import { recordEvent } from '../src/shop/record-event.ts'
import type { Shop } from '../src/shop/work.ts'
import { startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { quantile, type Result, type Size, spread } from './measure.ts'
import { OWNER, openBenchShop } from './open-shop.ts'

const STAFF = 20
const FIRST_STAFF = 2
const FIRST_ORDER = 1001
/** Telegram bears less than one message a second in a chat; with less between events the queue would not be idle. */
const PAUSE_MS = 1_200
const EVENTS = { full: 80, quick: 15, smallest: 1 }

type Arrival = { path: string; at: number }

/** From the commit of an event until the request has arrived at Telegram, and at the push service, for each of 20 staff. */
export function benchEventToWire(size: Size): Promise<Result[]> {
  const events = EVENTS[size]
  // The first ones warm everything up.
  const before = size === 'smallest' ? 0 : 5
  return inFolder(async (folder) => {
    const file = join(folder, 'shop.db')
    fillShop(file, { orders: events + before, fresh: true })
    const stub = await startChild<{ origin: string }>('wire-stub.ts', [])
    const { origin } = stub.hello
    const shop = openBenchShop(file)
    const keys = newVapidKeys()
    hire(shop, origin, keys)
    const dispatcher = openDispatcher(shop, origin, keys)
    dispatcher.start()
    const waits = { telegram: [] as number[], push: [] as number[] }
    for (let i = 0; i < events + before; i++) {
      if (i > 0) await pause(PAUSE_MS)
      const committed = tell(shop, FIRST_ORDER + i)
      const arrivals = await stub.ask<Arrival[]>(2 * STAFF)
      if (i < before) continue
      for (const { path, at } of arrivals)
        waits[path.startsWith('/push/') ? 'push' : 'telegram'].push(at - committed)
    }
    await dispatcher.stop()
    shop.db.close()
    await stub.stop()
    return [toResult('push', waits.push), toResult('telegram', waits.telegram)]
  })
}

function hire(shop: Shop, origin: string, { publicKey }: VapidKeys): void {
  shop.db.write((tx) => {
    for (let personId = FIRST_STAFF; personId < FIRST_STAFF + STAFF; personId++) {
      saveStaff(tx, { personId, role: 'owner', now: shop.clock.now() })
      const { endpoint, keys } = createSubscription(origin, publicKey).shown
      const device = { personId, sessionHash: '', name: 'Pixel 9', endpoint, ...keys, vapidKey: publicKey }
      saveDevice(tx, { ...device, now: shop.clock.now() })
    }
  })
}

function openDispatcher(shop: Shop, origin: string, keys: VapidKeys) {
  const { clock } = shop
  const api = new Api('1:bench', { apiRoot: origin, fetch: telegramFetch as never })
  const pace = createPace(clock)
  api.config.use(countSends(pace))
  const publicUrl = 'https://littleshop.org'
  const push = { ...keys, subject: 'mailto:olga@littleshop.org', hosts: [origin] }
  return createDispatcher({
    shop,
    senders: {
      telegram: createSender({ api, pace, clock, panelUrl: publicUrl }),
      push: createPushSender({ push, clock, publicUrl, receiptFor: String }),
    },
    allowance: pace.allowance,
    log: createLog('silent'),
    metrics: createMetrics(),
  })
}

/** Something all staff are told of on both channels. Returns when it was committed. */
function tell(shop: Shop, orderId: number): number {
  const event = { type: 'refund_asked', actor: OWNER }
  shop.write((work) => {
    const id = recordEvent(work, { ...event, orderId, data: { words: 'It broke.' } })
    const order = findOrder(work.tx, orderId)
    if (order) planForStaff(work, { ...event, id }, { order })
  })
  return performance.timeOrigin + performance.now()
}

function toResult(channel: string, waits: number[]): Result {
  const [p50, p99] = [quantile(waits, 0.5), quantile(waits, 0.99)]
  return {
    ...spread(`event to the wire of ${STAFF} staff, ${channel}, p99`, waits),
    unit: 'ms',
    value: p99,
    goal: 100,
    aim: 50,
    better: 'low',
    shop: `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`,
    floor: '',
  }
}
