import type { FoundDifference } from '../../../db/books.ts'
import type { Reader } from '../../../db/database.ts'
import { newestEventOfType } from '../../../db/events.ts'
import { sumLedger } from '../../../db/ledger.ts'
import type { OrderRow } from '../../../db/orders.ts'
import { formatMoney } from '../../../lib/money.ts'
import { moneyOf } from '../order-money.ts'
import { dueOf, paymentStateOf } from '../payment-state.ts'
import { aboutOrder } from './difference.ts'
import { lookAtLeft } from './look-at-left.ts'

/** How long a courier may take to bring the cash. */
const CASH_MS = 3 * 86_400_000
const UNDER_WAY = ['accepted', 'packing', 'dispatched', 'delivered']

/** What does not fit between an order and its ledger, if anything. */
export function lookAtOrder(db: Reader, order: OrderRow, now: number): FoundDifference[] {
  const found = [wrongSums(db, order), wrongState(order), refundedTooMuch(order)]
  return [...found, withoutMoney(order), notCollected(db, order, now), ...lookAtLeft(db, order, now)].filter(
    (one) => one !== undefined,
  )
}

function wrongSums(db: Reader, order: OrderRow): FoundDifference | undefined {
  const { charged, refunded } = sumLedger(db, order.id)
  if (charged === order.charged_minor && refunded === order.refunded_minor) return undefined
  const money = inMoneyOf(order)
  const words =
    `Order #${order.id} says ${money(order.charged_minor)} paid and ${money(order.refunded_minor)} given back, ` +
    `the ledger says ${money(charged)} and ${money(refunded)}.`
  return aboutOrder(order, { kind: 'sums', words, mark: `${charged}-${refunded}` })
}

function wrongState(order: OrderRow): FoundDifference | undefined {
  const expected = paymentStateOf(moneyOf(order))
  if (expected === order.payment) return undefined
  const words = `Order #${order.id} is marked as ${inWords(order.payment)}; by its money it is ${inWords(expected)}.`
  return aboutOrder(order, { kind: 'payment_state', words, mark: order.payment })
}

function refundedTooMuch(order: OrderRow): FoundDifference | undefined {
  if (order.refunded_minor <= order.charged_minor) return undefined
  const money = inMoneyOf(order)
  const words = `More was given back for order #${order.id} (${money(order.refunded_minor)}) than had come in (${money(order.charged_minor)}).`
  return aboutOrder(order, { kind: 'refund_above', words, mark: String(order.refunded_minor) })
}

function withoutMoney(order: OrderRow): FoundDifference | undefined {
  const due = dueOf(moneyOf(order))
  if (due === 0 || order.payment_method === 'cash_on_delivery' || !UNDER_WAY.includes(order.fulfilment))
    return undefined
  const words = `Order #${order.id} is ${order.fulfilment}, but ${inMoneyOf(order)(due)} of it was never paid.`
  return aboutOrder(order, { kind: 'order_without_money', words })
}

function notCollected(db: Reader, order: OrderRow, now: number): FoundDifference | undefined {
  const due = dueOf(moneyOf(order))
  if (due === 0 || order.fulfilment !== 'delivered' || order.payment_method !== 'cash_on_delivery')
    return undefined
  const deliveredAt = newestEventOfType(db, { orderId: order.id, type: 'delivered' })?.at ?? order.updated_at
  if (now - deliveredAt <= CASH_MS) return undefined
  const words = `Order #${order.id} was delivered, but the ${inMoneyOf(order)(due)} for it was not marked as collected.`
  return aboutOrder(order, { kind: 'cash_not_collected', words })
}

function inMoneyOf(order: OrderRow): (minor: number) => string {
  return (minor) => formatMoney(minor, order.currency)
}

function inWords(state: string): string {
  return state.replaceAll('_', ' ')
}
