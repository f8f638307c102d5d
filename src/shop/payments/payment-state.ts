import type { Fulfilment, Payment } from '../../db/schema.ts'

/** What an order's payment state follows from; all in minor units of its currency. */
export interface OrderMoney {
  payment: Payment
  fulfilment: Fulfilment
  totalMinor: number
  /** Charges that count, and refunds that have reached the customer. */
  chargedMinor: number
  refundedMinor: number
  /** What the shop does without. */
  waivedMinor: number
  onDelivery: boolean
}

/** The order's payment state, from its ledger: the one rule by which money moves it. */
export function paymentStateOf(money: OrderMoney): Payment {
  const { payment, fulfilment, chargedMinor, refundedMinor, onDelivery } = money
  const due = dueOf(money)
  // What never was paid in full is not worked on because a part of it went back.
  const isOver = due === 0 || fulfilment === 'cancelled'
  if (isOver && refundedMinor > 0) return refundedMinor >= chargedMinor ? 'refunded' : 'partly_refunded'
  if (due === 0) return 'paid'
  if (onDelivery) return 'due_on_delivery'
  return payment === 'failed' || payment === 'expired' ? payment : 'pending'
}

const PAID: readonly Payment[] = ['paid', 'partly_refunded', 'refunded']

/** What is still to be paid; never below 0. What went back after all was paid is not owed again, before that it is. */
export function dueOf(money: Omit<OrderMoney, 'fulfilment' | 'onDelivery'>): number {
  const { payment, chargedMinor, refundedMinor } = money
  const costMinor = money.totalMinor - money.waivedMinor
  if (PAID.includes(payment) && chargedMinor >= costMinor) return 0
  return Math.max(costMinor - (chargedMinor - refundedMinor), 0)
}

/** Why a charge needs a person to decide. */
export type Trouble =
  | 'unknown_order'
  | 'wrong_currency'
  | 'after_cancel'
  | 'after_expiry'
  | 'paid_twice'
  | 'too_little'
  | 'too_much'

export interface Verdict {
  /** Whether the charge counts for the order at once. */
  applies: boolean
  trouble: Trouble | null
}

/** Decides whether a charge can count for the order it names. What comes by hand or in parts adds up. */
export function judgeCharge(
  charge: { orderMinor: number; adds: boolean },
  order: OrderMoney | undefined,
): Verdict {
  if (!order) return open('unknown_order')
  if (charge.orderMinor === 0) return open('wrong_currency')
  if (order.fulfilment === 'cancelled') {
    return open(order.payment === 'expired' ? 'after_expiry' : 'after_cancel')
  }
  const due = dueOf(order)
  if (due === 0) return open('paid_twice')
  if (charge.orderMinor < due && !charge.adds) return open('too_little')
  return { applies: true, trouble: charge.orderMinor > due ? 'too_much' : null }
}

function open(trouble: Trouble): Verdict {
  return { applies: false, trouble }
}
