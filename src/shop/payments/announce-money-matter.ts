import type { LedgerRow } from '../../db/ledger.ts'
import { findOrder, type OrderRow, setNeedsReview } from '../../db/orders.ts'
import { planForPayer, planForStaff, planNotices, refreshOrderCards } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import { SYSTEM, type Work } from '../work.ts'
import { surplusOf } from './matter-options.ts'

/** What is said on an order whose money waits for a decision. */
export const MONEY_WAITS = 'Money waits for a decision'
const GIVEN_BACK = 'Its money was given back outside the shop'
/** Where the goods of an order are still in the shop. */
const HERE = ['placed', 'accepted', 'packing']

/**
 * Tells the owner and managers of money that a person must decide about, and the customer that it has arrived; the order
 * is marked until then.
 */
export function announceMoneyMatter(work: Work, entry: LedgerRow): void {
  const order = entry.order_id === null ? undefined : findOrder(work.tx, entry.order_id)
  const event = { type: 'money_matter', actor: SYSTEM }
  const surplus = order && entry.trouble === 'too_much' && { amountMinor: surplusOf(work.tx, order) }
  const data = { entryId: entry.id, kind: entry.kind, trouble: entry.trouble, ...surplus }
  const id = recordEvent(work, { ...event, orderId: order?.id ?? null, data })
  if (!order) {
    planForStaff(work, { ...event, id })
    planForPayer(work, { ...event, id }, entry.person_id)
    return
  }
  mark(work, order, MONEY_WAITS)
  planNotices(work, { ...event, id }, order, work.now)
}

/** Asks the owner and managers once more about a surplus that was to go back; the order is marked until they decide. */
export function announceSurplusAgain(work: Work, charge: LedgerRow, amountMinor: number): void {
  const data = { entryId: charge.id, kind: charge.kind, trouble: 'too_much', amountMinor }
  tellStaff(work, charge.order_id, data, work.now, MONEY_WAITS)
}

/** Tells the owner and managers that the provider did not give the money back; the order is marked until they act. */
export function announceRefundFailed(work: Work, refund: LedgerRow): void {
  const data = { entryId: refund.id, kind: 'refund', trouble: 'refund_failed', reason: refund.trouble }
  tellStaff(work, refund.order_id, data, work.now, MONEY_WAITS)
}

/** Tells the owner and managers of money that is offered, and that nobody takes or sees taken without them. */
export function announceOffer(
  work: Work,
  refund: { id: number; order_id: number | null },
  trouble: 'refund_pass_on' | 'refund_unwatched',
): void {
  tellStaff(work, refund.order_id, { entryId: refund.id, kind: 'refund', trouble }, work.now, MONEY_WAITS)
}

/** Gives the owner and managers the task of paying a refund by hand, from then on. */
export function announceRefundByHand(
  work: Work,
  refund: { id: number; orderId: number | null },
  at: number,
): void {
  const data = { entryId: refund.id, kind: 'refund', trouble: 'refund_by_hand' }
  tellStaff(work, refund.orderId, data, at, null)
}

/** Tells the owner and managers of money that its provider gave back, and nobody here had asked for; goods that are still here are marked. */
export function announceGivenBack(work: Work, refund: LedgerRow): void {
  const data = { entryId: refund.id, kind: 'refund', trouble: 'given_back' }
  const order = refund.order_id === null ? undefined : findOrder(work.tx, refund.order_id)
  const isHere = order !== undefined && HERE.includes(order.fulfilment)
  tellStaff(work, refund.order_id, data, work.now, isHere ? GIVEN_BACK : null)
}

/** Asks the owner and managers what becomes of the money of an order that was cancelled; the order is marked until then. */
export function announceOrderMoney(work: Work, order: OrderRow, amountMinor: number, at: number): void {
  tellStaff(work, order.id, { kind: 'order', trouble: 'cancelled_paid', amountMinor }, at, MONEY_WAITS)
}

function tellStaff(
  work: Work,
  orderId: number | null,
  data: Record<string, unknown>,
  dueAt: number,
  reason: string | null,
): void {
  const order = orderId === null ? undefined : findOrder(work.tx, orderId)
  const event = { type: 'money_matter', actor: SYSTEM }
  const id = recordEvent(work, { ...event, orderId, data })
  planForStaff(work, { ...event, id }, order ? { order, dueAt } : { dueAt })
  if (!order) return
  if (reason) mark(work, order, reason)
  refreshOrderCards(work, order.id, dueAt)
}

/** What the order is marked with already waits for the same people, and is not forgotten for this. */
function mark(work: Work, order: OrderRow, reason: string): void {
  if (order.needs_review === null) setNeedsReview(work.tx, { id: order.id, reason, now: work.now })
}
