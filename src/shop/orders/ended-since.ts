import type { Reader } from '../../db/database.ts'
import { findLastChange } from '../../db/events.ts'
import type { OrderRow } from '../../db/orders.ts'

/** How long a delivered or cancelled order is over, in ms; 0 while it is open. */
export function endedSince(db: Reader, order: OrderRow, now: number): number {
  if (order.fulfilment !== 'delivered' && order.fulfilment !== 'cancelled') return 0
  return now - (findLastChange(db, order.id)?.at ?? order.placed_at)
}
