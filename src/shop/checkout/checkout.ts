import {
  type CheckoutRow,
  type DeliveryMethodRow,
  findCheckout,
  listDeliveryMethods,
  listPaymentMethods,
  type PaymentMethodRow,
  removeCheckout,
  saveCheckout,
} from '../../db/checkout.ts'
import type { Reader } from '../../db/database.ts'
import { findPerson } from '../../db/people.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import { cleanText as withoutInvisible } from '../../lib/clean-text.ts'
import { newKey } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Work } from '../work.ts'
import { type Cart, readCart } from './cart.ts'

export const MAX_ADDRESS = 300
export const MAX_PHONE = 32
export const MAX_NOTE = 500

/** A checkout in progress with everything a screen needs; `next` is the first question still open. */
export interface Checkout {
  key: string
  cart: Cart
  delivery: DeliveryMethodRow | undefined
  payment: PaymentMethodRow | undefined
  address: string | null
  phone: string | null
  note: string | null
  deliveryMinor: number
  totalMinor: number
  next: 'delivery' | 'address' | 'phone' | 'note' | 'payment' | 'summary'
}

/** The checkout a person has begun, or undefined when there is none. */
export function readCheckout(db: Reader, personId: number): Checkout | undefined {
  const row = findCheckout(db, personId)
  if (!row) return undefined
  const cart = readCart(db, personId)
  const delivery = listDeliveryMethods(db).find((method) => method.id === row.delivery_method_id)
  const payment = listActivePayments(db).find((method) => method.kind === row.payment_method)
  const deliveryMinor = delivery?.price_minor ?? 0
  return {
    key: row.key,
    cart,
    delivery,
    payment,
    address: row.address,
    phone: row.phone,
    note: row.note,
    deliveryMinor,
    totalMinor: cart.itemsMinor + deliveryMinor,
    next: nextQuestion(row, delivery, payment),
  }
}

function nextQuestion(
  row: CheckoutRow,
  delivery: DeliveryMethodRow | undefined,
  payment: PaymentMethodRow | undefined,
): Checkout['next'] {
  if (!delivery) return 'delivery'
  if (delivery.needs_address && !row.address) return 'address'
  if (!row.phone) return 'phone'
  if (row.note === null) return 'note'
  if (!payment) return 'payment'
  return 'summary'
}

export function listActivePayments(db: Reader): PaymentMethodRow[] {
  return listPaymentMethods(db).filter((method) => method.active === 1)
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
      now: work.now,
    })
  }
  return existingCheckout(work.tx, personId)
}

export interface CheckoutAnswer {
  deliveryMethodId?: number
  paymentMethod?: PaymentMethod
  address?: string | null
  phone?: string | null
  /** An empty note means "no note"; null asks again. */
  note?: string | null
}

/** Stores one or more answers of the checkout. Throws a ShopError invalid (with `field`) or not_found, changing nothing. */
export function answerCheckout(work: Work, personId: number, answer: CheckoutAnswer): Checkout {
  const row = findCheckout(work.tx, personId)
  if (!row) throw new ShopError('not_found', 'This checkout is over. Open your cart to start again.')
  const clean = checkAnswer(work.tx, answer)
  saveCheckout(work.tx, {
    personId,
    key: row.key,
    deliveryMethodId: clean.deliveryMethodId ?? row.delivery_method_id,
    paymentMethod: clean.paymentMethod ?? row.payment_method,
    address: clean.address === undefined ? row.address : clean.address,
    phone: clean.phone === undefined ? row.phone : clean.phone,
    note: clean.note === undefined ? row.note : clean.note,
    now: work.now,
  })
  return existingCheckout(work.tx, personId)
}

function checkAnswer(db: Reader, answer: CheckoutAnswer): CheckoutAnswer {
  const { deliveryMethodId, paymentMethod } = answer
  if (
    deliveryMethodId !== undefined &&
    !listDeliveryMethods(db).some((method) => method.id === deliveryMethodId)
  ) {
    throw new ShopError('invalid', 'This delivery is no longer offered.')
  }
  if (
    paymentMethod !== undefined &&
    !listActivePayments(db).some((method) => method.kind === paymentMethod)
  ) {
    throw new ShopError('invalid', 'This way to pay is no longer offered.')
  }
  const clean = { ...answer }
  if (answer.address) clean.address = cleanText('address', answer.address, 5, MAX_ADDRESS)
  if (answer.phone) clean.phone = cleanPhone(answer.phone)
  if (answer.note) clean.note = cleanText('note', answer.note, 0, MAX_NOTE)
  return clean
}

function cleanText(field: string, text: string, min: number, max: number): string {
  // Control characters would break labels and exports; line breaks are part of an address.
  const clean = withoutInvisible(text)
  if (clean.length < min) throw new ShopError('invalid', `That looks too short for the ${field}.`, { field })
  if (clean.length > max)
    throw new ShopError('invalid', `Please keep the ${field} under ${max} characters.`, { field })
  return clean
}

function cleanPhone(text: string): string {
  const clean = text.trim()
  const digits = clean.replace(/\D/g, '')
  const plausible = /^\+?[\d\s()./-]+$/.test(clean) && digits.length >= 6 && digits.length <= 15
  if (!plausible || clean.length > MAX_PHONE) {
    throw new ShopError('invalid', 'That does not look like a phone number.', { field: 'phone' })
  }
  return clean
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

function existingCheckout(db: Reader, personId: number): Checkout {
  const checkout = readCheckout(db, personId)
  if (!checkout) throw new Error(`checkout of person ${personId} vanished inside its own transaction`)
  return checkout
}
