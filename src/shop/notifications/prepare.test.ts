import { expect, it, onTestFinished } from 'vitest'
import {
  givenDevice,
  givenOrder,
  givenShop,
  givenStaff,
  givenWishes,
  step,
  type TestShop,
} from '../../../tests/given.ts'
import { suiteLog } from '../../../tests/suite-log.ts'
import { endDevice } from '../../db/devices.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { createMetrics } from '../../lib/metrics.ts'
import { expireOrders } from '../orders/expire-orders.ts'
import type { Outcome, Senders } from './channel.ts'
import { createDispatcher } from './dispatcher.ts'

const HOUR_MS = 3_600_000
const SENT: Outcome = { kind: 'sent', answer: 'ok', messageId: 1 }

/** A dispatcher whose chats answer at once, and whose devices as told; null is a shop without web push. */
function givenPush(
  shop: TestShop,
  push: Senders['push'] | null = async () => ({ kind: 'sent', answer: '201' }),
) {
  const dispatcher = createDispatcher({
    shop,
    senders: { telegram: async () => SENT, push: push ?? undefined },
    log: suiteLog(),
    metrics: createMetrics(),
    random: () => 0.5,
  })
  dispatcher.start()
  onTestFinished(() => dispatcher.stop())
  return { dispatcher }
}

function pushesOf(shop: TestShop, orderId: number): string[] {
  return listNoticesOfOrder(shop.db, orderId)
    .filter((notice) => notice.channel === 'push')
    .map((notice) => `${notice.kind} ${notice.state}${notice.last_error ? `: ${notice.last_error}` : ''}`)
}

it('an alert that failed while its order was being accepted is not tried again', async () => {
  const shop = givenShop({ undoGraceMs: 0 })
  const olga = givenStaff(shop)
  givenDevice(shop, olga.id)
  const answer = Promise.withResolvers<Outcome>()
  const { dispatcher } = givenPush(shop, () => answer.promise)
  const order = givenOrder(shop)
  await new Promise(setImmediate)
  expect(pushesOf(shop, order.id)).toEqual(['staff_order sending'])
  step(shop, givenStaff(shop, 'packer', 'Pia'), order, 'accept')
  answer.resolve({ kind: 'retry', answer: '503' })
  await dispatcher.idle()
  shop.clock.advance(10_000)
  await dispatcher.idle()
  expect(pushesOf(shop, order.id)[0]).toBe('staff_order dropped: the order is accepted')
})

it('nobody wakes up to an order that expired in the night', async () => {
  const shop = givenShop({}, { transferWindowMs: HOUR_MS })
  const olga = givenStaff(shop)
  givenDevice(shop, olga.id)
  givenWishes(shop, olga.id, { quiet: '08:00-11:00' })
  const { dispatcher } = givenPush(shop)
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  shop.clock.advance(HOUR_MS)
  expireOrders(shop)
  shop.clock.advance(HOUR_MS)
  await dispatcher.idle()
  expect(pushesOf(shop, order.id)).toEqual(['staff_order dropped: the order is cancelled'])
})

it('money that comes after the order is gone is told all the same', async () => {
  const shop = givenShop({ undoGraceMs: 0 }, { transferWindowMs: HOUR_MS })
  const olga = givenStaff(shop)
  const max = givenStaff(shop, 'manager', 'Max')
  givenDevice(shop, olga.id)
  const { dispatcher } = givenPush(shop)
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  shop.clock.advance(HOUR_MS)
  expireOrders(shop)
  step(shop, max, { ...order, version: order.version + 1 }, 'mark_paid')
  await dispatcher.idle()
  expect(pushesOf(shop, order.id)).toContain('staff_money_matter sent')
})

it('an alert is dropped, with the reason, when its time is over, its device is gone, or push is switched off', async () => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  const first = givenDevice(shop, olga.id)
  givenDevice(shop, olga.id)
  const order = givenOrder(shop)
  shop.db.write((tx) => endDevice(tx, { id: first, reason: 'signed out', now: shop.clock.now() }))
  const { dispatcher } = givenPush(shop)
  await dispatcher.idle()
  expect(pushesOf(shop, order.id)).toEqual([
    'staff_order dropped: this device gets no more alerts',
    'staff_order sent',
  ])
  await dispatcher.stop()
  const late = givenOrder(shop)
  shop.clock.advance(24 * HOUR_MS)
  const next = givenPush(shop)
  await next.dispatcher.idle()
  expect(pushesOf(shop, late.id)).toEqual(['staff_order dropped: it is too late for this alert'])
  await next.dispatcher.stop()
  const off = givenOrder(shop)
  await givenPush(shop, null).dispatcher.idle()
  expect(pushesOf(shop, off.id)).toEqual(['staff_order dropped: web push is switched off'])
})
