import { reserveStock } from '../../db/catalogue.ts'
import { clearCart, removeCheckout } from '../../db/checkout.ts'
import { addOrderTax } from '../../db/order-taxes.ts'
import { addLineItem, addOrder, findOrder, findOrderByCheckoutKey, type OrderRow } from '../../db/orders.ts'
import { findPerson, type PersonRow, rememberContact } from '../../db/people.ts'
import type { Payment } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { watchStock } from '../catalogue/watch-stock.ts'
import type { CartLine } from '../checkout/cart.ts'
import { type Checkout, readCheckout } from '../checkout/checkout.ts'
import { holdDiscount } from '../checkout/hold-discount.ts'
import { followAcceptance } from '../escalation/follow-acceptance.ts'
import { planNotices } from '../notifications/plan.ts'
import { askForPayment } from '../payments/ask-for-payment.ts'
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
 * changed since the summary was shown, or the discount code no longer holds.
 */
export function placeOrder(work: Work, command: PlaceCommand): OrderRow {
  const existing = findOrderByCheckoutKey(work.tx, command.checkoutKey)
  if (existing) return ownOrder(existing, command.personId)
  const checkout = readCheckout(work, command.personId)
  const person = findPerson(work.tx, command.personId)
  if (!person || checkout?.key !== command.checkoutKey) {
    throw new ShopError('not_found', 'This checkout is over. Open your cart to start again.')
  }
  checkReady(checkout, command.totalMinor)
  const orderId = addOrder(work.tx, newOrder(work, person, checkout))
  const actor: Actor = { kind: 'customer', id: person.id, name: person.name, source: 'chat' }
  for (const [i, line] of checkout.cart.lines.entries()) {
    takeLine(work, { orderId, line, discountMinor: checkout.price.lines[i]?.discountMinor ?? 0, actor })
  }
  storePrice(work, orderId, person.id, checkout)
  rememberContact(work.tx, person.id, { phone: checkout.phone, address: checkout.address })
  clearCart(work.tx, person.id)
  removeCheckout(work.tx, person.id)
  return announce(work, orderId, actor)
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
    const why = checkout.code?.refusal ?? 'A price has changed.'
    throw new ShopError('conflict', `${why} Please look at the new total before you order.`)
  }
}

function newOrder(work: Work, person: PersonRow, checkout: Checkout) {
  const { delivery, payment, cart, price } = checkout
  const provider = payment && work.providers.get(payment.kind)
  if (!delivery || !provider) throw new Error('a checkout that is ready has delivery and payment')
  const { windowMs } = provider
  return {
    personId: person.id,
    checkoutKey: checkout.key,
    payment: firstPayment(windowMs === null, price.totalMinor),
    currency: work.settings.currency,
    itemsMinor: price.itemsMinor,
    discountMinor: price.discountMinor,
    discountCode: price.discountMinor > 0 ? (checkout.code?.code ?? null) : null,
    deliveryMinor: price.deliveryMinor,
    taxMinor: price.taxMinor,
    taxAddedMinor: price.taxAddedMinor,
    totalMinor: price.totalMinor,
    itemCount: cart.itemCount,
    customerName: person.name,
    phone: checkout.phone,
    address: delivery.needs_address ? checkout.address : null,
    note: checkout.note || null,
    deliveryMethod: delivery.name,
    paymentMethod: provider.kind,
    now: work.now,
    expiresAt: windowMs === null ? null : work.now + windowMs,
  }
}

/** Where the money stands when an order is placed; nothing can be owed for what is free. */
function firstPayment(onDelivery: boolean, totalMinor: number): Payment {
  if (totalMinor === 0) return 'paid'
  return onDelivery ? 'due_on_delivery' : 'pending'
}

interface Taken {
  orderId: number
  line: CartLine
  discountMinor: number
  actor: Actor
}

function takeLine(work: Work, { orderId, line, discountMinor, actor }: Taken): void {
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
    discountMinor,
  })
  const title = [line.title, line.variantTitle].filter(Boolean).join(', ')
  const { variantId, available: before } = line
  watchStock(work, { variantId, title, before, left: before - line.quantity }, actor)
}

/** What the price is made of, and the discount it counts on: the order's own copy, whatever changes later. */
function storePrice(work: Work, orderId: number, personId: number, { price, code }: Checkout): void {
  for (const { included, ...tax } of price.taxes) {
    addOrderTax(work.tx, { orderId, ...tax, included: included ? 1 : 0 })
  }
  if (!code?.discount || price.discountMinor === 0) return
  holdDiscount(work, { orderId, personId, code: code.code, codeId: code.discount.codeId })
}

function announce(work: Work, orderId: number, actor: Actor): OrderRow {
  const eventId = recordEvent(work, { type: 'placed', orderId, actor })
  const order = findOrder(work.tx, orderId)
  if (!order) throw new Error(`order ${orderId} vanished inside its own transaction`)
  const event = { id: eventId, type: 'placed', actor }
  planNotices(work, event, order, work.now)
  followAcceptance(work, event, order, work.now)
  if (order.stage === 'unpaid') askForPayment(work, order, actor)
  return order
}

function soldOut(title: string, left: number): ShopError {
  const message = left > 0 ? `Only ${left} left of ${title}.` : `${title} is no longer available.`
  return new ShopError('conflict', `${message} Please change your cart.`)
}
