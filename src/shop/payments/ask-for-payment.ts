import type { OrderRow } from '../../db/orders.ts'
import { addPaymentRequest, findPaymentRequest, type PaymentRequestRow } from '../../db/payment-requests.ts'
import { newKey } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planNotices } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'
import { payloadFor } from './telegram-payload.ts'

/**
 * Asks the customer online for what an order still owes, if that is how it is paid. An invoice in the chat is on its way
 * with this; one of another provider is made after the commit. Returns the request, or undefined for what is paid by hand.
 * Throws a ShopError conflict when nothing is owed.
 */
export function askForPayment(work: Work, order: OrderRow, actor: Actor): PaymentRequestRow | undefined {
  const provider = work.providers.get(order.payment_method)
  const online = provider?.online
  if (!online) return undefined
  const dueMinor = dueOf(moneyOf(order))
  if (dueMinor === 0 || order.stage !== 'unpaid')
    throw new ShopError('conflict', `Nothing is to be paid for order #${order.id}.`)
  const { amountMinor, currency } = online.quote(work.tx, dueMinor, order.currency)
  const made = online.create !== undefined
  const id = addPaymentRequest(work.tx, {
    orderId: order.id,
    provider: online.kind,
    reference: made ? null : payloadFor(order.id, newKey()),
    amountMinor,
    currency,
    orderMinor: dueMinor,
    state: made ? 'wanted' : 'open',
    // An order that was to be paid another way may have longer than the price in another currency holds.
    expiresAt: Math.min(order.expires_at ?? work.now, work.now + (provider.windowMs ?? 0)),
    checkAt: made ? work.now : null,
    now: work.now,
  })
  if (!made) announceRequest(work, order, id, actor)
  return findPaymentRequest(work.tx, id)
}

/** Sends the customer what is to be paid: the invoice itself, or the link to it. */
export function announceRequest(work: Work, order: OrderRow, requestId: number, actor: Actor): void {
  const event = { type: 'payment_asked', actor }
  const id = recordEvent(work, { ...event, orderId: order.id, data: { requestId } })
  planNotices(work, { ...event, id }, order, work.now)
}
