import { findEscalation, setEscalation } from '../../db/escalations.ts'
import { dropNotices, refreshCardsOfKind } from '../../db/notices.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { LANES, REMINDER, STAFF_CARD } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

const MOST_MINUTES = 24 * 60

/**
 * Lets staff be reminded of an order again only in so many minutes. Throws a ShopError: invalid, or conflict when nobody
 * is being reminded of it.
 */
export function snoozeOrder(work: Work, command: { orderId: number; minutes: number; actor: Actor }): void {
  const { orderId, minutes, actor } = command
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES) {
    throw new ShopError('invalid', 'Choose between a minute and a day.', { field: 'minutes' })
  }
  const waiting = findEscalation(work.tx, orderId)
  if (!waiting) throw new ShopError('conflict', `Order #${orderId} is not waiting to be accepted.`)
  const until = work.now + minutes * 60_000
  setEscalation(work.tx, { orderId, stepsDone: waiting.steps_done, dueAt: until, snoozedUntil: until })
  dropNotices(work.tx, { orderId, kind: REMINDER, reason: 'it was put off', now: work.now })
  recordEvent(work, { type: 'snoozed', orderId, actor, data: { minutes } })
  for (const kind of [REMINDER, STAFF_CARD]) {
    refreshCardsOfKind(work.tx, { orderId, kind, lane: LANES.refresh, now: work.now })
  }
}
