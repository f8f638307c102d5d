import type { OrderChange, OrderRow } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'

/** The row as the database now holds it, without reading it again. */
export function afterChange(order: OrderRow, change: Omit<OrderChange, 'id' | 'version'>): OrderRow {
  const { fulfilment, payment } = change
  const unpaid = fulfilment === 'placed' && ['pending', 'failed', 'expired'].includes(payment)
  return {
    ...order,
    fulfilment,
    payment,
    stage: unpaid ? 'unpaid' : fulfilment,
    tracking_number: change.trackingNumber,
    cancel_reason: change.cancelReason,
    needs_review: change.needsReview,
    undo_until: change.undoUntil,
    assigned_to: change.assignedTo,
    updated_at: change.now,
    version: order.version + 1,
  }
}

/** Somebody was quicker, or the step does not fit: says how the order stands. */
export function conflict(order: OrderRow): ShopError {
  const state = order.stage === 'unpaid' ? 'waiting for payment' : order.fulfilment
  return new ShopError('conflict', `Order #${order.id} is ${state} now.`, { version: order.version })
}
