import type { PaymentMethod } from '../db/schema.ts'
import type { MatterDecision, ProofDecision } from '../shop/notifications/message.ts'
import { STEPS, type StepName } from '../shop/orders/machine.ts'
import type { EndOfMoney } from '../shop/payments/end-money.ts'

/** The questions of the checkout, each of which a button can ask again. */
export const CHECKOUT_QUESTIONS = ['delivery', 'address', 'phone', 'note', 'payment'] as const
export type CheckoutQuestion = (typeof CHECKOUT_QUESTIONS)[number]

/**
 * What buttons carry: short ids, absolute targets ("this cart line becomes 2") and a version, never state
 * (Telegram allows 64 bytes, and anybody can forge them, so every handler authorises afresh).
 * One or two letters name the handler. `openOrder`, `rate`, `step`, `undo`, `snooze`, `answerCustomer` and `replyToShop` sit on notices, which stay as they are;
 * all others sit on the screen, which is edited in place.
 */
export const callbackData = {
  openOrder: (orderId: number) => `o:${orderId}`,
  rate: (orderId: number, rating: number) => `r:${orderId}:${rating}`,
  step: (orderId: number, version: number, step: StepName) => `s:${orderId}:${version}:${step}`,
  undo: (orderId: number, version: number) => `u:${orderId}:${version}`,
  snooze: (orderId: number, minutes: number) => `zz:${orderId}:${minutes}`,

  answerCustomer: (orderId: number) => `ma:${orderId}`,
  replyToShop: (orderId: number) => `mr:${orderId}`,

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
  askCode: 'qc',
  removeCode: 'qcx',
  placeOrder: (checkoutKey: string, totalMinor: number) => `ok:${checkoutKey}:${totalMinor}`,

  orders: (before?: number) => (before === undefined ? 'l' : `l:${before}`),
  order: (orderId: number) => `d:${orderId}`,
  askCancel: (orderId: number, version: number) => `x:${orderId}:${version}`,
  cancel: (orderId: number, version: number) => `xx:${orderId}:${version}`,
  orderAgain: (orderId: number) => `g:${orderId}`,
  rateHere: (orderId: number, rating: number) => `rs:${orderId}:${rating}`,
  review: (orderId: number) => `w:${orderId}`,

  writeToShop: (orderId: number) => `m:${orderId}`,
  askRefund: (orderId: number) => `f:${orderId}`,

  /** From an order's screen, which it leads back to. */
  email: (orderId: number) => `e:${orderId}`,
  removeEmail: 'ex',

  noTracking: (orderId: number, version: number) => `t:${orderId}:${version}`,
  noReason: (orderId: number, version: number, money?: EndOfMoney) =>
    money ? `z:${orderId}:${version}:${money}` : `z:${orderId}:${version}`,
  /** What becomes of the money of an order that is to be cancelled. */
  endMoney: (orderId: number, version: number, money: EndOfMoney) => `zm:${orderId}:${version}:${money}`,

  /** On notices: asks for a fresh invoice; decides about money, a refund paid by hand, a receipt. */
  pay: (orderId: number) => `py:${orderId}`,
  payOther: (orderId: number) => `po:${orderId}`,
  payBy: (orderId: number, kind: PaymentMethod) => `pb:${orderId}:${kind}`,
  settleMatter: (entryId: number, decision: MatterDecision) => `mm:${entryId}:${decision}`,
  settleOrder: (orderId: number, decision: 'refund' | 'keep') => `mo:${orderId}:${decision}`,
  changeRefund: (entryId: number, action: 'confirm_refund' | 'retry_refund' | 'refund_by_hand') =>
    `rd:${entryId}:${action}`,
  decideProof: (proofId: number, decision: ProofDecision) => `pf:${proofId}:${decision}`,
  sendReceipt: (orderId: number) => `pr:${orderId}`,

  /** A receipt, sent from the order's screen, or after the question which order it is for. */
  sendReceiptHere: (orderId: number) => `ps:${orderId}`,
  receiptFor: (orderId: number) => `pg:${orderId}`,
  /** How much of a receipt's money has arrived. */
  approveProof: (proofId: number, amountMinor: number) => `pa:${proofId}:${amountMinor}`,
  /** An amount that was asked back is right. */
  notePaid: (orderId: number, version: number, amountMinor: number) =>
    `pn:${orderId}:${version}:${amountMinor}`,
  /** All that is owed is here. */
  markPaid: (orderId: number, version: number) => `pk:${orderId}:${version}`,

  /** Becomes staff by an invitation. */
  join: (key: string) => `j:${key}`,

  /** Signs in the browser that shows this number; without one, it is not theirs. */
  signIn: (key: string, number?: number) => `n:${key}:${number ?? ''}`,
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
