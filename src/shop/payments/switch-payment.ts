import { findOrder, type OrderRow, setPaymentMethod } from '../../db/orders.ts'
import { listProofsOfOrder } from '../../db/payment-proofs.ts'
import { closePaymentRequests, listPaymentRequests } from '../../db/payment-requests.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { offeredPayments } from '../checkout/offered-payments.ts'
import { isDigital } from '../orders/progress.ts'
import { findOrderFor } from '../orders/take-step.ts'
import { viewOf } from '../view.ts'
import type { Actor, Shop, Work } from '../work.ts'
import { askForPayment } from './ask-for-payment.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'
import { settleMoney } from './settle-money.ts'

/** The other ways in which an order that waits for its money could be paid now. */
export function waysToSwitch(shop: Shop | Work, order: OrderRow): PaymentMethod[] {
  const { db, now } = viewOf(shop)
  const isOver = order.expires_at !== null && order.expires_at <= now
  if (order.stage !== 'unpaid' || isOver) return []
  // Money that has been seen on its way, or says to be, must not be asked for again.
  if (listPaymentRequests(db, order.id).some((request) => request.state === 'seen')) return []
  if (listProofsOfOrder(db, order.id).some((proof) => proof.state === 'waiting')) return []
  const goods = { digitalOnly: isDigital(order), totalMinor: dueOf(moneyOf(order)), currency: order.currency }
  return offeredPayments(shop, goods)
    .map((method) => method.kind)
    .filter((kind) => kind !== order.payment_method)
}

/**
 * Lets the customer pay an order another way; its goods stay set aside. What was asked for before cannot be paid any more. Throws a
 * ShopError: not_found, or conflict when the order cannot be paid that way.
 */
export function switchPayment(
  work: Work,
  command: { orderId: number; kind: PaymentMethod; actor: Actor },
): void {
  const { actor, kind } = command
  const order = findOrderFor(work, actor, command.orderId)
  // The second of two taps finds what it wanted.
  if (order.payment_method === kind) return
  const provider = work.providers.get(kind)
  if (!provider || !waysToSwitch(work, order).includes(kind))
    throw new ShopError('conflict', `Order #${order.id} cannot be paid this way any more.`)
  const { tx, now } = work
  // Nobody keeps goods set aside by going back and forth: the time counts from the order.
  const expiresAt = Math.max(order.expires_at ?? 0, order.placed_at + (provider.windowMs ?? 0))
  setPaymentMethod(tx, { id: order.id, method: kind, expiresAt })
  closePaymentRequests(tx, { orderId: order.id, state: 'over', now })
  const switched: OrderRow = { ...order, payment_method: kind, payment: 'pending', expires_at: expiresAt }
  const data = { from: order.payment_method, to: kind }
  // What is paid on delivery goes on at once: staff have to hear of it.
  const event = provider.windowMs === null ? 'payment_on_delivery' : 'payment_method_changed'
  settleMoney(work, switched, { actor, paid: event, otherwise: event, data, from: order })
  const settled = findOrder(tx, order.id)
  if (settled?.stage === 'unpaid') askForPayment(work, settled, actor)
}
