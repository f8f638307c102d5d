import type { FoundDifference } from '../../../db/books.ts'
import type { Reader } from '../../../db/database.ts'
import { listEvents } from '../../../db/events.ts'
import { listEntriesOfOrder } from '../../../db/ledger.ts'
import type { OrderRow } from '../../../db/orders.ts'
import { formatMoney } from '../../../lib/money.ts'
import { unkeptSurplusOf } from '../matter-options.ts'
import { refundableOf, undecidedOf } from '../refundable.ts'
import { aboutOrder } from './difference.ts'

const DECIDE_MS = 86_400_000

/** Money on an order that does not need it: nobody has decided about it for a day, or nobody was ever asked. */
export function lookAtLeft(db: Reader, order: OrderRow, now: number): FoundDifference[] {
  if (order.charged_minor <= order.refunded_minor || now - order.updated_at <= DECIDE_MS) return []
  // Money that waits, and a refund that failed, are found as such.
  if (listEntriesOfOrder(db, order.id).some(({ trouble }) => trouble !== null)) return []
  return order.fulfilment === 'cancelled' ? ofCancelled(db, order) : ofSurplus(db, order)
}

function ofCancelled(db: Reader, order: OrderRow): FoundDifference[] {
  const left = refundableOf(db, order)
  const undecided = undecidedOf(db, order)
  if (left === 0 || (undecided === 0 && isKept(db, order))) return []
  const amount = formatMoney(undecided || left, order.currency)
  const words =
    undecided > 0
      ? `Order #${order.id} was cancelled, and its ${amount} have waited for a decision for more than a day.`
      : `Order #${order.id} was cancelled with ${amount} on it, and nobody was asked what becomes of that.`
  return [aboutOrder(order, { kind: undecided > 0 ? 'money_undecided' : 'money_forgotten', words })]
}

/** Whether somebody said, with the end of the order or after it, that the shop keeps its money. */
function isKept(db: Reader, order: OrderRow): boolean {
  const events = listEvents(db, order.id)
  const end = events.findLastIndex(({ type }) => type === 'cancelled' || type === 'expired')
  const { money } = JSON.parse(events[end]?.data ?? '{}') as { money?: string }
  return money === 'keep' || events.slice(end + 1).some(({ type }) => type === 'money_kept')
}

function ofSurplus(db: Reader, order: OrderRow): FoundDifference[] {
  const surplus = unkeptSurplusOf(db, order)
  if (surplus === 0) return []
  const amount = formatMoney(surplus, order.currency)
  const words = `${amount} more came for order #${order.id} than it costs, and nobody was asked what becomes of that.`
  return [aboutOrder(order, { kind: 'money_forgotten', words })]
}
