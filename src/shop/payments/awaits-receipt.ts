import type { Reader } from '../../db/database.ts'
import { listUnpaidTransfers } from '../../db/order-lists.ts'
import type { OrderRow } from '../../db/orders.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'

/** Money may be late: so long after an order is over, its receipt is still taken. */
const LATE_MS = 30 * 24 * 3_600_000

const UNPAID = ['pending', 'failed', 'expired']

/** Whether the shop waits for a bank transfer for this order. */
export function awaitsTransfer(order: OrderRow): boolean {
  const isOpen = order.payment === 'pending' || order.payment === 'failed'
  return (
    isOpen &&
    order.fulfilment !== 'cancelled' &&
    order.payment_method === 'bank_transfer' &&
    dueOf(moneyOf(order)) > 0
  )
}

/** Whether a receipt can be sent for this order, also when it was given up before the money came. */
export function takesReceipt(order: OrderRow, now: number): boolean {
  if (order.payment_method !== 'bank_transfer' || !UNPAID.includes(order.payment)) return false
  return awaitsTransfer(order) || (order.fulfilment === 'cancelled' && order.updated_at > now - LATE_MS)
}

/** The orders a customer's receipt can be for: those that wait for a transfer, else those given up lately. Newest first. */
export function listOrdersForReceipt(db: Reader, personId: number, now: number): OrderRow[] {
  const unpaid = listUnpaidTransfers(db, personId)
  const waiting = unpaid.filter(awaitsTransfer)
  return waiting.length > 0 ? waiting : unpaid.filter((order) => takesReceipt(order, now))
}
