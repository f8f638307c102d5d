import { extendPaymentTime, findOrder, type OrderRow } from '../../db/orders.ts'
import { closePaymentRequests } from '../../db/payment-requests.ts'
import { takeDiscountAgain } from '../checkout/hold-discount.ts'
import { moveStock } from '../orders/move-stock.ts'
import type { Actor, Work } from '../work.ts'
import { askForPayment } from './ask-for-payment.ts'
import { windowOf } from './provider.ts'
import { settleMoney } from './settle-money.ts'

/** A cancelled order as it will be once it goes on: waiting for its money, or for the delivery that it is paid on. */
export function asReopened(order: OrderRow): OrderRow {
  const onDelivery = order.payment_method === 'cash_on_delivery'
  return {
    ...order,
    fulfilment: 'placed',
    payment: onDelivery ? 'due_on_delivery' : 'pending',
    cancel_reason: null,
  }
}

/**
 * Takes a cancelled order after all, once the money that came for it counts in the ledger: its goods are set aside again,
 * staff and the customer are told, and what is still owed is asked for. Throws a ShopError conflict that names what has
 * been sold to somebody else meanwhile.
 */
export function reopenOrder(
  work: Work,
  order: OrderRow,
  { actor, data }: { actor: Actor; data: Record<string, unknown> },
): void {
  moveStock(work.tx, order.id, 'cancelled', 'placed')
  // The price stays what it was, even when others have used the code up.
  takeDiscountAgain(work, order.id)
  const cause = { actor, data, paid: 'reopened', otherwise: 'reopened', from: order }
  askForRest(work, settleMoney(work, asReopened(order), cause), actor)
}

/** Asks for what is still owed after a part has come: what was asked for before is too much now. */
export function askForRest(work: Work, order: OrderRow, actor: Actor): void {
  if (findOrder(work.tx, order.id)?.stage !== 'unpaid') return
  const expiresAt = giveTimeToPay(work, order)
  closePaymentRequests(work.tx, { orderId: order.id, state: 'over', now: work.now })
  askForPayment(work, { ...order, expires_at: expiresAt }, actor)
}

/** The order has its usual time to be paid once more. Returns until when it waits. */
export function giveTimeToPay(work: Work, order: OrderRow): number {
  const expiresAt = work.now + windowOf(work.providers, order.payment_method)
  extendPaymentTime(work.tx, { id: order.id, expiresAt })
  return Math.max(order.expires_at ?? 0, expiresAt)
}
