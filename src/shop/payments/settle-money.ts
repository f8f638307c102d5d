import { sumLedger } from '../../db/ledger.ts'
import { changeOrder, type OrderRow, setOrderSums } from '../../db/orders.ts'
import { closePaymentRequests } from '../../db/payment-requests.ts'
import { followAcceptance } from '../escalation/follow-acceptance.ts'
import { planNotices } from '../notifications/plan.ts'
import { afterChange, conflict } from '../orders/after-change.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { moneyOf } from './order-money.ts'
import { paymentStateOf } from './payment-state.ts'

export interface MoneyCause {
  actor: Actor
  /** The event to record when the order is paid by it. */
  paid: string
  /** The event to record when it is not, or was before. */
  otherwise: string
  data: Record<string, unknown>
  waivedMinor?: number
  /** How the order stood before, where more than its money changes. */
  from?: OrderRow
  requestKey?: string | undefined
  /** When it is told, if not at once. */
  tellAt?: number
}

/**
 * Brings an order in line with its ledger after a row of it has changed: the sums, the payment state that follows from
 * them, the event, the notices. Returns the order as it is now.
 */
export function settleMoney(work: Work, order: OrderRow, cause: MoneyCause): OrderRow {
  const { tx, now } = work
  const { charged, refunded } = sumLedger(tx, order.id)
  const waived = cause.waivedMinor ?? order.waived_minor
  setOrderSums(tx, { id: order.id, charged, refunded, waived })
  const summed = { ...order, charged_minor: charged, refunded_minor: refunded, waived_minor: waived }
  const payment = paymentStateOf(moneyOf(summed))
  const change = {
    id: order.id,
    version: order.version,
    fulfilment: order.fulfilment,
    payment,
    trackingNumber: order.tracking_number,
    cancelReason: order.cancel_reason,
    needsReview: order.needs_review,
    // Money is no step that is taken back; neither is the one before it any more.
    undoUntil: null,
    assignedTo: order.assigned_to,
    now,
  }
  if (!changeOrder(tx, change)) throw conflict(order)
  const becamePaid = isPaid(payment) && !isPaid(order.payment)
  if (becamePaid) closePaymentRequests(tx, { orderId: order.id, state: 'paid', now })
  const { actor, data, requestKey } = cause
  const type = becamePaid ? cause.paid : cause.otherwise
  const id = recordEvent(work, {
    type,
    orderId: order.id,
    actor,
    from: cause.from ?? order,
    data,
    requestKey,
  })
  const changed = afterChange(summed, change)
  planNotices(work, { id, type, actor }, changed, cause.tellAt ?? now)
  followAcceptance(work, { id, type, actor }, changed, now)
  return changed
}

/** Whether all has come that the order costs, and some of it is still here. */
function isPaid(payment: OrderRow['payment']): boolean {
  return payment === 'paid' || payment === 'partly_refunded'
}
