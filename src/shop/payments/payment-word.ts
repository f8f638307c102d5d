import type { Reader } from '../../db/database.ts'
import { listEntriesOfOrder } from '../../db/ledger.ts'
import type { OrderRow } from '../../db/orders.ts'
import { wordFor } from '../orders/progress.ts'

const UNDER_WAY = ['wanted', 'by_hand', 'offered']

/** The id of the words for how an order stands with its money. */
export function paymentWord(db: Reader, order: OrderRow): string {
  const { fulfilment, payment } = order
  // What was to be paid on delivery is owed no more once the order is cancelled.
  if (fulfilment === 'cancelled' && payment === 'due_on_delivery') return 'payment-none'
  if (fulfilment === 'cancelled' && isGoingBack(db, order)) return 'payment-going_back'
  if (payment === 'partly_refunded' && isAllHere(order)) return 'payment-paid'
  return wordFor(`payment-${payment}`, order)
}

function isGoingBack(db: Reader, { id, payment }: OrderRow): boolean {
  if (payment !== 'paid' && payment !== 'partly_refunded') return false
  return listEntriesOfOrder(db, id).some(({ kind, state }) => kind === 'refund' && UNDER_WAY.includes(state))
}

/** Whether what went back was more than the order costs, and all of its price is still here. */
function isAllHere(order: OrderRow): boolean {
  return order.charged_minor - order.refunded_minor >= order.total_minor - order.waived_minor
}
