import { reserveStock } from '../../db/catalogue.ts'
import { clearCart, removeCheckout } from '../../db/checkout.ts'
import { addLineItem, addOrder, findOrder, findOrderByCheckoutKey, type OrderRow } from '../../db/orders.ts'
import { findPerson, type PersonRow, rememberContact } from '../../db/people.ts'
import type { Payment } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { CartLine } from '../checkout/cart.ts'
import { type Checkout, readCheckout } from '../checkout/checkout.ts'
import { planNotices } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

export interface PlaceCommand {
  personId: number
  /** The key of the checkout on the screen; an order is placed once for each. */
  checkoutKey: string
  /** What the person was told they would pay, in minor units. */
  totalMinor: number
}

/**
 * Turns a person's checkout into an order: stock is reserved, the cart emptied, the event recorded and everybody told,
 * all or nothing. The same checkout again returns the order it made. Throws a ShopError conflict when stock or price
 * changed since the summary was shown.
 */
export function placeOrder(work: Work, command: PlaceCommand): OrderRow {
  const existing = findOrderByCheckoutKey(work.tx, command.checkoutKey)
  if (existing) return ownOrder(existing, command.personId)
  const checkout = readCheckout(work.tx, command.personId)
  const person = findPerson(work.tx, command.personId)
  if (!person || checkout?.key !== command.checkoutKey) {
    throw new ShopError('not_found', 'This checkout is over. Open your cart to start again.')
  }
  checkReady(checkout, command.totalMinor)
  const orderId = addOrder(work.tx, newOrder(work, person, checkout))
  for (const line of checkout.cart.lines) takeLine(work, orderId, line)
  rememberContact(work.tx, person.id, { phone: checkout.phone, address: checkout.address })
  clearCart(work.tx, person.id)
  removeCheckout(work.tx, person.id)
  return announce(work, orderId, person)
}

function ownOrder(order: OrderRow, personId: number): OrderRow {
  if (order.person_id !== personId) throw new ShopError('not_found', 'This checkout is over.')
  return order
}

function checkReady(checkout: Checkout, expectedTotal: number): void {
  const [problem] = checkout.cart.problems
  if (problem) throw soldOut(problem.title, problem.problem === 'short' ? problem.available : 0)
  if (checkout.cart.itemCount === 0) throw new ShopError('invalid', 'Your cart is empty.')
  if (checkout.next !== 'summary') throw new ShopError('invalid', 'Please answer the open questions first.')
  if (checkout.totalMinor !== expectedTotal) {
    throw new ShopError('conflict', 'A price has changed. Please look at the new total before you order.')
  }
}

function newOrder(work: Work, person: PersonRow, checkout: Checkout) {
  const { delivery, payment, cart } = checkout
  if (!delivery || !payment) throw new Error('a checkout that is ready has delivery and payment')
  const onDelivery = payment.kind === 'cash_on_delivery'
  return {
    personId: person.id,
    checkoutKey: checkout.key,
    payment: firstPayment(onDelivery, checkout.totalMinor),
    currency: work.settings.currency,
    itemsMinor: cart.itemsMinor,
    deliveryMinor: checkout.deliveryMinor,
    totalMinor: checkout.totalMinor,
    itemCount: cart.itemCount,
    customerName: person.name,
    phone: checkout.phone,
    address: delivery.needs_address ? checkout.address : null,
    note: checkout.note || null,
    deliveryMethod: delivery.name,
    paymentMethod: payment.kind,
    now: work.now,
    expiresAt: onDelivery ? null : work.now + work.settings.paymentWindowMs,
  }
}

/** Where the money stands when an order is placed; nothing can be owed for what is free. */
function firstPayment(onDelivery: boolean, totalMinor: number): Payment {
  if (totalMinor === 0) return 'paid'
  return onDelivery ? 'due_on_delivery' : 'pending'
}

function takeLine(work: Work, orderId: number, line: CartLine): void {
  if (!reserveStock(work.tx, line.variantId, line.quantity)) throw soldOut(line.title, line.available)
  addLineItem(work.tx, {
    orderId,
    variantId: line.variantId,
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku,
    unitPriceMinor: line.unitPriceMinor,
    quantity: line.quantity,
    totalMinor: line.totalMinor,
  })
}

function announce(work: Work, orderId: number, person: PersonRow): OrderRow {
  const actor: Actor = { kind: 'customer', id: person.id, name: person.name, source: 'chat' }
  const eventId = recordEvent(work, { type: 'placed', orderId, actor })
  planNotices(work, { id: eventId, type: 'placed', actor }, { id: orderId, person_id: person.id }, work.now)
  const order = findOrder(work.tx, orderId)
  if (!order) throw new Error(`order ${orderId} vanished inside its own transaction`)
  return order
}

function soldOut(title: string, left: number): ShopError {
  const message = left > 0 ? `Only ${left} left of ${title}.` : `${title} is no longer available.`
  return new ShopError('conflict', `${message} Please change your cart.`)
}
