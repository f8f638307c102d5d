import type { PaymentMethod } from '../db/schema.ts'
import { STEPS, type StepName } from '../shop/orders/machine.ts'

/** The questions of the checkout, each of which a button can ask again. */
export const CHECKOUT_QUESTIONS = ['delivery', 'address', 'phone', 'note', 'payment'] as const
export type CheckoutQuestion = (typeof CHECKOUT_QUESTIONS)[number]

/**
 * What buttons carry: short ids, absolute targets ("this cart line becomes 2") and a version, never state
 * (Telegram allows 64 bytes, and anybody can forge them, so every handler authorises afresh).
 * One or two letters name the handler. `openOrder`, `rate`, `step` and `undo` sit on notices, which stay as they are;
 * all others sit on the screen, which is edited in place.
 */
export const callbackData = {
  openOrder: (orderId: number) => `o:${orderId}`,
  rate: (orderId: number, rating: number) => `r:${orderId}:${rating}`,
  step: (orderId: number, version: number, step: StepName) => `s:${orderId}:${version}:${step}`,
  undo: (orderId: number, version: number) => `u:${orderId}:${version}`,

  home: 'h',
  help: 'i',
  categories: 'k',
  category: (categoryId: number, page = 0) => `k:${categoryId}:${page}`,
  product: (card: ProductCard) => `p:${card.productId}:${card.page ?? 0}${choice(card)}`,
  addToCart: (variantId: number, quantity: number, page = 0) => `a:${variantId}:${quantity}:${page}`,

  cart: 'c',
  setCart: (variantId: number, quantity: number) => `c:${variantId}:${quantity}`,

  checkout: 'b',
  ask: (question: CheckoutQuestion) => `q:${question}`,
  chooseDelivery: (methodId: number) => `qd:${methodId}`,
  choosePayment: (kind: PaymentMethod) => `qm:${kind}`,
  lastAddress: 'qa',
  lastPhone: 'qp',
  noNote: 'qn',
  leaveCheckout: 'qx',
  placeOrder: (checkoutKey: string, totalMinor: number) => `ok:${checkoutKey}:${totalMinor}`,

  orders: (before?: number) => (before === undefined ? 'l' : `l:${before}`),
  order: (orderId: number) => `d:${orderId}`,
  askCancel: (orderId: number, version: number) => `x:${orderId}:${version}`,
  cancel: (orderId: number, version: number) => `xx:${orderId}:${version}`,
  orderAgain: (orderId: number) => `g:${orderId}`,
  rateHere: (orderId: number, rating: number) => `rs:${orderId}:${rating}`,
  review: (orderId: number) => `w:${orderId}`,

  noTracking: (orderId: number, version: number) => `t:${orderId}:${version}`,
  noReason: (orderId: number, version: number) => `z:${orderId}:${version}`,
}

export interface ProductCard {
  productId: number
  /** The page of its category to go back to. */
  page?: number | undefined
  variantId?: number | undefined
  quantity?: number | undefined
}

function choice({ variantId, quantity = 1 }: ProductCard): string {
  return variantId === undefined ? '' : `:${variantId}:${quantity}`
}

/** Whether a word from a button is the name of a step. */
export function isStepName(word: string | undefined): word is StepName {
  return word !== undefined && Object.hasOwn(STEPS, word)
}

/** The whole numbers a pattern found in callback data; an absent one is undefined. */
export function numbersOf(match: string | RegExpMatchArray): (number | undefined)[] {
  return [...match].slice(1).map((word) => (word === undefined ? undefined : Number(word)))
}
