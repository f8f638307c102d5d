import type { Reader } from '../../db/database.ts'
import type { OrderRow } from '../../db/orders.ts'
import {
  changePaymentRequest,
  closePaymentRequests,
  listPaymentRequests,
  type PaymentRequestRow,
} from '../../db/payment-requests.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { findOrderFor } from '../orders/take-step.ts'
import type { Actor, Work } from '../work.ts'
import { announceRequest, askForPayment } from './ask-for-payment.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'

/** Whoever taps twice, or right after ordering, has the invoice on its way already. */
const ON_ITS_WAY_MS = 5_000

/**
 * Sends a customer once more what they have to pay: the invoice or link they were sent, or a fresh one when that does not fit the
 * order any more. Throws a ShopError: not_found, or conflict when nothing can be paid online.
 */
export function askAgain(work: Work, command: { orderId: number; actor: Actor }): PaymentRequestRow {
  const { actor } = command
  const order = findOrderFor(work, actor, command.orderId)
  const open = openRequest(work.tx, order, work.now)
  if (!open) return askAnew(work, order, actor)
  const isOnItsWay = open.state !== 'open' || work.now - open.updated_at < ON_ITS_WAY_MS
  if (isOnItsWay) return open
  changePaymentRequest(work.tx, open, { now: work.now })
  announceRequest(work, order, open.id, actor)
  return open
}

/** What an order can be paid with now, if its customer was asked already and that still fits. */
export function openRequest(db: Reader, order: OrderRow, now: number): PaymentRequestRow | undefined {
  const dueMinor = dueOf(moneyOf(order))
  if (order.stage !== 'unpaid' || dueMinor === 0) return undefined
  return listPaymentRequests(db, order.id).findLast(
    (request) =>
      ['wanted', 'open', 'seen'].includes(request.state) &&
      request.provider === order.payment_method &&
      request.order_minor === dueMinor &&
      request.expires_at > now,
  )
}

function askAnew(work: Work, order: OrderRow, actor: Actor): PaymentRequestRow {
  if (order.expires_at !== null && order.expires_at <= work.now) {
    throw new ShopError('conflict', `The time to pay order #${order.id} is over. Please order again.`)
  }
  closePaymentRequests(work.tx, { orderId: order.id, state: 'over', now: work.now })
  const request = askForPayment(work, order, actor)
  if (!request) throw new ShopError('conflict', `Order #${order.id} is not paid online.`)
  return request
}
