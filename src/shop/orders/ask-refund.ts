import type { Reader } from '../../db/database.ts'
import { newestEventOfType } from '../../db/events.ts'
import { type OrderRow, setNeedsReview } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planForStaff, refreshOrderCards } from '../notifications/plan.ts'
import { refundableOf } from '../payments/refundable.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { endedSince } from './ended-since.ts'
import { findOrderFor } from './take-step.ts'

/** What an order is marked with while the customer waits for the money. */
export const REFUND_ASKED = 'The customer asks for the money back'

const DAY_MS = 24 * 3_600_000
const ASKABLE_FOR_MS = 30 * DAY_MS
const MAX_WORDS = 1000

/**
 * Whether a customer can ask for the money of an order back: it was paid, ended at most 30 days ago, and is not on its way
 * back already.
 */
export function mayAskRefund(db: Reader, order: OrderRow, now: number): boolean {
  const paid = order.payment === 'paid' || order.payment === 'partly_refunded'
  const ended = order.fulfilment === 'cancelled' || order.fulfilment === 'delivered'
  return paid && ended && refundableOf(db, order) > 0 && endedSince(db, order, now) <= ASKABLE_FOR_MS
}

/** Whether the customer asked within the last day: the shop is on it. */
export function askedLately(db: Reader, orderId: number, now: number): boolean {
  const asked = newestEventOfType(db, { orderId, type: 'refund_asked' })
  return asked !== undefined && now - asked.at < DAY_MS
}

/**
 * Tells staff that a customer wants the money back, and marks the order for them. Throws a ShopError: not_found, invalid,
 * or conflict when there is nothing to give back or it was asked for within a day.
 */
export function askRefund(
  work: Work,
  { orderId, words, actor }: { orderId: number; words: string; actor: Actor },
): void {
  const order = findOrderFor(work, actor, orderId)
  if (!mayAskRefund(work.tx, order, work.now))
    throw new ShopError('conflict', `The money of order #${orderId} can no longer be asked for here.`)
  if (askedLately(work.tx, orderId, work.now))
    throw new ShopError('conflict', 'Your request is on its way. The shop will answer you here.')
  const said = cleanText(words)
  if (!said) throw new ShopError('invalid', 'Please say why in a few words.', { field: 'words' })
  if (said.length > MAX_WORDS)
    throw new ShopError('invalid', `Please use at most ${MAX_WORDS} characters.`, { field: 'words' })
  setNeedsReview(work.tx, { id: orderId, reason: REFUND_ASKED, now: work.now })
  const event = { type: 'refund_asked', actor }
  const id = recordEvent(work, { ...event, orderId, data: { words: said } })
  planForStaff(work, { ...event, id }, { order })
  refreshOrderCards(work, orderId, work.now)
}
