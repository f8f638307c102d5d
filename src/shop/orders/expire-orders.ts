import { listHeldUpOrders, listOverdueOrders } from '../../db/order-lists.ts'
import { type OrderRow, setNeedsReview } from '../../db/orders.ts'
import { formatMoney } from '../../lib/money.ts'
import { planNotices } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import { type Shop, SYSTEM, type Work } from '../work.ts'
import { takeStep } from './take-step.ts'

const BATCH = 100

/**
 * Cancels unpaid orders whose time is up, frees their stock and tells the customers. Those of whose money something is
 * here or on its way are left to a person, who is told once. Returns how many there were.
 */
export function expireOrders(shop: Shop): number {
  let expired = 0
  for (;;) {
    const overdue = listOverdueOrders(shop.db, shop.clock.now(), BATCH)
    for (const { id, version } of overdue) {
      shop.write((work) => takeStep(work, { orderId: id, step: 'expire', version, actor: SYSTEM }))
    }
    expired += overdue.length
    if (overdue.length < BATCH) return expired + leaveToPeople(shop)
  }
}

function leaveToPeople(shop: Shop): number {
  const held = listHeldUpOrders(shop.db, shop.clock.now(), BATCH)
  for (const order of held) shop.write((work) => announceOverdue(work, order))
  return held.length
}

/** Marks the order for a person to look at. What it may be marked with already waits for the same person. */
function announceOverdue(work: Work, order: OrderRow): void {
  const { id: orderId, total_minor: totalMinor, currency } = order
  const hereMinor = order.charged_minor - order.refunded_minor
  const [here, all] = [hereMinor, totalMinor].map((minor) => formatMoney(minor, currency))
  const standing = hereMinor > 0 ? `${here} of ${all} is here` : 'money is on its way'
  const reason = `The time to pay is over; ${standing}`
  if (order.needs_review === null) setNeedsReview(work.tx, { id: orderId, reason, now: work.now })
  const event = { type: 'payment_overdue', actor: SYSTEM }
  const requestKey = `payment_overdue:${orderId}:${order.expires_at}`
  const id = recordEvent(work, {
    ...event,
    orderId,
    data: { chargedMinor: hereMinor, totalMinor },
    requestKey,
  })
  planNotices(work, { ...event, id }, order, work.now)
}
