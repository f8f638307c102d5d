import { changeOrder, extendPaymentTime, findOrder, type OrderRow } from '../../db/orders.ts'
import { changePaymentRequest, type PaymentRequestRow } from '../../db/payment-requests.ts'
import { planNotices } from '../notifications/plan.ts'
import { afterChange, conflict } from '../orders/after-change.ts'
import { recordEvent } from '../record-event.ts'
import { SYSTEM, type Work } from '../work.ts'
import { windowOf } from './provider.ts'

/** A request that its order still waits for; what was asked before another way was chosen is over. */
const AWAITED = ['wanted', 'open', 'seen']

/**
 * Ends a request that can never be paid. An order that waits for it is marked as failed, has its time to pay once more, and
 * the customer is told that they can try again; staff are told the reason.
 */
export function failRequest(work: Work, request: PaymentRequestRow, reason: string): void {
  const { tx, now } = work
  changePaymentRequest(tx, request, { state: 'failed', lastError: reason, checkAt: null, now })
  const order = findOrder(tx, request.order_id)
  if (order?.stage !== 'unpaid' || !AWAITED.includes(request.state)) return
  const windowMs = windowOf(work.providers, order.payment_method)
  extendPaymentTime(tx, { id: order.id, expiresAt: now + windowMs })
  const failed = markFailed(work, order)
  const event = { type: 'payment_failed', actor: SYSTEM }
  const data = { requestId: request.id, provider: request.provider, reason }
  const id = recordEvent(work, { ...event, orderId: order.id, from: order, data })
  planNotices(work, { ...event, id }, failed, now)
}

function markFailed(work: Work, order: OrderRow): OrderRow {
  const change = {
    id: order.id,
    version: order.version,
    fulfilment: order.fulfilment,
    payment: 'failed' as const,
    trackingNumber: order.tracking_number,
    cancelReason: order.cancel_reason,
    needsReview: order.needs_review,
    undoUntil: null,
    assignedTo: order.assigned_to,
    now: work.now,
  }
  if (!changeOrder(work.tx, change)) throw conflict(order)
  return afterChange(order, change)
}
