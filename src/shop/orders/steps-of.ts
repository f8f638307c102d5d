import type { Reader } from '../../db/database.ts'
import { listEntriesOfOrder } from '../../db/ledger.ts'
import type { OrderRow } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { moneyOf } from '../payments/order-money.ts'
import { paymentStateOf } from '../payments/payment-state.ts'
import { refundableOf } from '../payments/refundable.ts'
import { conflict } from './after-change.ts'
import { allowedSteps, isLegal, type StepName } from './machine.ts'

/** The order as it will stand once the refunds under way have reached the customer: nobody works for money that leaves. */
function onceGivenBack(db: Reader, order: OrderRow): OrderRow {
  if (order.charged_minor === 0) return order
  const refundedMinor = order.charged_minor - refundableOf(db, order)
  return { ...order, payment: paymentStateOf({ ...moneyOf(order), refundedMinor }) }
}

/** The steps this person can take on an order now, most usual first. */
export function stepsOf(db: Reader, order: OrderRow, who: Parameters<typeof allowedSteps>[1]): StepName[] {
  const steps = allowedSteps(onceGivenBack(db, order), who)
  return hasMoneyToDecide(db, order) ? steps.filter((step) => step !== 'mark_paid') : steps
}

/** Late money of an order that is gone is here already: what to do with it stands with it. */
function hasMoneyToDecide(db: Reader, order: OrderRow): boolean {
  if (order.fulfilment !== 'cancelled') return false
  return listEntriesOfOrder(db, order.id).some(({ state }) => state === 'open')
}

/** Why an order in this state cannot take the step, whoever asks. */
export function whyNotNow(db: Reader, order: OrderRow, step: StepName): ShopError | undefined {
  if (!isLegal(step, order)) return conflict(order)
  if (isLegal(step, onceGivenBack(db, order))) return undefined
  const words = `All the money of order #${order.id} is on its way back. Cancel the order, or call the refund off first.`
  return new ShopError('conflict', words, { version: order.version })
}
