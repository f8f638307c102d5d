import {
  type CheckoutRow,
  type DeliveryMethodRow,
  findCheckout,
  listDeliveryMethods,
  type PaymentMethodRow,
  removeCheckout,
  saveCheckout,
} from '../../db/checkout.ts'
import type { Reader } from '../../db/database.ts'
import { findPerson } from '../../db/people.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import { newKey } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { DIGITAL_DELIVERY } from '../orders/progress.ts'
import type { Price } from '../pricing/price-cart.ts'
import { viewOf } from '../view.ts'
import type { Shop, Work } from '../work.ts'
import { type Cart, readCart } from './cart.ts'
import { type CheckoutAnswer, cleanAnswer } from './clean-answer.ts'
import type { HeldCode } from './judge-code.ts'
import { offeredPayments } from './offered-payments.ts'
import { priceCheckout } from './price-checkout.ts'

/** How the order gets to the customer. What is digital needs no method of the shop's own. */
export type Delivery = Pick<DeliveryMethodRow, 'name' | 'price_minor' | 'needs_address'>

const DIGITALLY: Delivery = { name: DIGITAL_DELIVERY, price_minor: 0, needs_address: 0 }

/** A checkout in progress with everything a screen needs; `next` is the first question still open. */
export interface Checkout {
  key: string
  cart: Cart
  delivery: Delivery | undefined
  payment: PaymentMethodRow | undefined
  /** The ways to pay to choose from. */
  payments: PaymentMethodRow[]
  address: string | null
  phone: string | null
  note: string | null
  /** The code the customer gave; with `refusal` it takes nothing off at the moment. */
  code: HeldCode | null
  price: Price
  totalMinor: number
  next: 'delivery' | 'address' | 'phone' | 'note' | 'payment' | 'summary'
}

/** The checkout a person has begun, or undefined when there is none. */
export function readCheckout(shop: Shop | Work, personId: number): Checkout | undefined {
  const { db } = viewOf(shop)
  const row = findCheckout(db, personId)
  if (!row) return undefined
  const cart = readCart(db, personId)
  const delivery = cart.digitalOnly
    ? DIGITALLY
    : listDeliveryMethods(db).find((method) => method.id === row.delivery_method_id)
  const { code, price, goods } = priceCheckout(shop, { row, cart, deliveryMinor: delivery?.price_minor ?? 0 })
  const payments = offeredPayments(shop, goods)
  // What costs nothing is paid however it is paid.
  const chosen = payments.find((method) => method.kind === row.payment_method)
  const payment = chosen ?? (price.totalMinor === 0 ? payments[0] : undefined)
  return {
    key: row.key,
    cart,
    delivery,
    payment,
    payments,
    address: row.address,
    phone: row.phone,
    note: row.note,
    code,
    price,
    totalMinor: price.totalMinor,
    next: nextQuestion(row, cart, delivery, payment),
  }
}

function nextQuestion(
  row: CheckoutRow,
  cart: Cart,
  delivery: Delivery | undefined,
  payment: PaymentMethodRow | undefined,
): Checkout['next'] {
  if (!delivery) return 'delivery'
  if (delivery.needs_address && !row.address) return 'address'
  if (!row.phone && !cart.digitalOnly) return 'phone'
  if (row.note === null) return 'note'
  if (!payment) return 'payment'
  return 'summary'
}

/** Begins a checkout, or goes on with the one already begun. Throws a ShopError invalid when the cart is empty. */
export function startCheckout(work: Work, personId: number): Checkout {
  if (readCart(work.tx, personId).itemCount === 0) throw new ShopError('invalid', 'Your cart is empty.')
  if (!findCheckout(work.tx, personId)) {
    saveCheckout(work.tx, {
      personId,
      key: newKey(),
      deliveryMethodId: null,
      paymentMethod: null,
      address: null,
      phone: null,
      note: null,
      discountCode: null,
      now: work.now,
    })
  }
  return existingCheckout(work, personId)
}

/** Stores one or more answers of the checkout. Throws a ShopError invalid (with `field`) or not_found, changing nothing. */
export function answerCheckout(work: Work, personId: number, answer: CheckoutAnswer): Checkout {
  const row = findCheckout(work.tx, personId)
  if (!row) throw new ShopError('not_found', 'This checkout is over. Open your cart to start again.')
  const clean = checkAnswer(work, personId, answer)
  saveCheckout(work.tx, {
    personId,
    key: row.key,
    deliveryMethodId: clean.deliveryMethodId ?? row.delivery_method_id,
    paymentMethod: clean.paymentMethod ?? row.payment_method,
    address: clean.address === undefined ? row.address : clean.address,
    phone: clean.phone === undefined ? row.phone : clean.phone,
    note: clean.note === undefined ? row.note : clean.note,
    discountCode: clean.discountCode === undefined ? row.discount_code : clean.discountCode,
    now: work.now,
  })
  return existingCheckout(work, personId)
}

function checkAnswer(work: Work, personId: number, answer: CheckoutAnswer): CheckoutAnswer {
  const { deliveryMethodId, paymentMethod } = answer
  if (
    deliveryMethodId !== undefined &&
    !listDeliveryMethods(work.tx).some((method) => method.id === deliveryMethodId)
  ) {
    throw new ShopError('invalid', 'This delivery is no longer offered.')
  }
  if (paymentMethod !== undefined) checkPayment(existingCheckout(work, personId), paymentMethod)
  return cleanAnswer(answer)
}

function checkPayment({ payments }: Checkout, kind: PaymentMethod): void {
  if (payments.some((method) => method.kind === kind)) return
  throw new ShopError('invalid', 'This order cannot be paid that way.')
}

/** Leaves the checkout; the cart stays as it is. */
export function leaveCheckout(work: Work, personId: number): void {
  removeCheckout(work.tx, personId)
}

/** The address and phone of the person's last order, offered again. */
export function savedContact(db: Reader, personId: number): { address: string | null; phone: string | null } {
  const person = findPerson(db, personId)
  return { address: person?.address ?? null, phone: person?.phone ?? null }
}

function existingCheckout(work: Work, personId: number): Checkout {
  const checkout = readCheckout(work, personId)
  if (!checkout) throw new Error(`checkout of person ${personId} vanished inside its own transaction`)
  return checkout
}
