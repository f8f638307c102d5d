import { expect, it } from 'vitest'
import {
  existing,
  givenDevice,
  givenOrder,
  givenShop,
  givenStaff,
  type TestShop,
} from '../../../tests/given.ts'
import { saveChoice } from '../../db/audience.ts'
import { findNotice } from '../../db/notices.ts'
import type { OrderRow } from '../../db/orders.ts'
import { listNoticesOfEvent } from '../../db/proof.ts'
import { recordEvent } from '../record-event.ts'
import { SYSTEM } from '../work.ts'
import { gatherFacts } from './facts.ts'
import { planForStaff } from './plan.ts'
import { pushNotice } from './push-notices.ts'
import { TOPIC_NAMES, TOPICS, type Topic } from './topics.ts'

/** The push that tells of an event, so long after it. */
function pushOf(shop: TestShop, type: string, about: { data?: object; order?: OrderRow; laterMs?: number }) {
  const { data = {}, order, laterMs = 0 } = about
  const id = shop.write((work) => {
    const event = { type, actor: SYSTEM }
    const id = recordEvent(work, { ...event, orderId: order?.id ?? null, data: { ...data } })
    planForStaff(work, { ...event, id }, order && { order })
    return id
  })
  shop.clock.advance(laterMs)
  const row = existing(listNoticesOfEvent(shop.db, id).find((one) => one.channel === 'push'))
  return existing(pushNotice(existing(gatherFacts(shop, existing(findNotice(shop.db, row.id))))))
}

function tagOf(shop: TestShop, type: string, data = {}): string {
  return pushOf(shop, type, { data }).tag
}

it('news replaces what it makes out of date on a lock screen, and nothing else', () => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  givenDevice(shop, olga.id)
  shop.db.write((tx) => {
    for (const topic of ['stock_low', 'notice_gave_up', 'shop_trouble'])
      saveChoice(tx, { personId: olga.id, topic, channel: 'push', wanted: 1 })
  })
  expect(tagOf(shop, 'stock_low', { variantId: 7 })).toBe('staff-stock-low-7')
  expect(tagOf(shop, 'stock_out', { variantId: 7 })).toBe('staff-stock-low-7')
  expect(tagOf(shop, 'stock_low', { variantId: 8 })).toBe('staff-stock-low-8')
  expect(tagOf(shop, 'notice_gave_up')).not.toBe(tagOf(shop, 'notice_gave_up'))
  expect(tagOf(shop, 'shop_trouble')).toBe(tagOf(shop, 'shop_trouble'))
})

/** How urgently each topic is pushed, for how many hours it is worth having, and whether the order's next step is offered. */
const MANNERS: [Topic, 'high' | 'normal' | 'low', number, 'accept'?][] = [
  ['new_order', 'high', 24, 'accept'],
  ['payment_received', 'high', 24, 'accept'],
  ['payment_failed', 'normal', 12],
  ['payment_proof', 'high', 24],
  ['money_matter', 'high', 24],
  ['order_accepted', 'low', 1],
  ['order_packed', 'low', 1],
  ['order_dispatched', 'low', 1],
  ['order_delivered', 'low', 1],
  ['order_cancelled', 'high', 24],
  ['order_assigned', 'normal', 12],
  ['refund_asked', 'high', 24],
  ['customer_wrote', 'high', 24],
  ['review_left', 'low', 1],
  ['stock_low', 'normal', 12],
  ['notice_gave_up', 'normal', 12],
  ['backup_failed', 'high', 24],
  ['books_differ', 'normal', 12],
  ['shop_trouble', 'high', 24],
  ['staff_joined', 'normal', 12],
]

it('the table of manners has every topic', () => {
  expect(MANNERS.map(([topic]) => topic).sort()).toEqual([...TOPIC_NAMES].sort())
})

it.each(MANNERS)('%s is pushed with %s urgency, and worth having for %s h', (topic, urgency, hours, step) => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  givenDevice(shop, olga.id)
  shop.db.write((tx) => saveChoice(tx, { personId: olga.id, topic, channel: 'push', wanted: 1 }))
  const order = givenOrder(shop)
  const type = existing(TOPICS[topic].events[0])
  const push = pushOf(shop, type, { order })
  expect(push).toMatchObject({ urgency, ttlSeconds: hours * 3_600, tag: `order-${order.id}`, badge: 1 })
  expect(push.action?.step).toBe(step)
  // What was held up for a while is kept for that much less by the push service.
  const late = pushOf(shop, type, { order, laterMs: 1_800_000 })
  expect(late.ttlSeconds).toBe((hours - 0.5) * 3_600)
})
