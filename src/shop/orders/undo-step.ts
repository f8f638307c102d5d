import { findLastChange } from '../../db/events.ts'
import { hasLeft, undoNotices } from '../../db/notices.ts'
import { changeOrder, type OrderRow } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { refreshOrderCards } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { mayUndo } from './machine.ts'
import { moveStock } from './move-stock.ts'
import { afterChange, conflict, findOrderFor, isDoneBefore } from './take-step.ts'

export interface UndoCommand {
  orderId: number
  version: number
  actor: Actor
  requestKey?: string | undefined
}

/**
 * Takes the last step back while its notice has not left: state, stock and notice go back together.
 * Throws a ShopError: conflict when it is too late, or the order moved on; forbidden for a step the person
 * could not have taken.
 */
export function undoStep(work: Work, command: UndoCommand): OrderRow {
  const order = findOrderFor(work, command.actor, command.orderId)
  if (isDoneBefore(work, command, 'undone')) return order
  if (order.version !== command.version) throw conflict(order)
  const last = findLastChange(work.tx, order.id)
  const from = last && stateBefore(last)
  const tooLate = (order.undo_until ?? 0) <= work.now
  if (!from || tooLate || hasLeft(work.tx, { eventId: last.id, orderId: order.id })) {
    throw new ShopError('conflict', 'It is too late to undo this: the customer has been told.')
  }
  if (!mayUndo(last.type, command.actor)) throw new ShopError('forbidden', 'Your role does not allow this.')
  const change = {
    id: order.id,
    version: order.version,
    ...from,
    trackingNumber: last.type === 'dispatched' ? null : order.tracking_number,
    cancelReason: last.type === 'cancelled' ? null : order.cancel_reason,
    needsReview: ['cancelled', 'paid'].includes(last.type) ? null : order.needs_review,
    undoUntil: null,
    now: work.now,
  }
  if (!changeOrder(work.tx, change)) throw conflict(order)
  moveStock(work.tx, order.id, order.fulfilment, from.fulfilment)
  undoNotices(work.tx, { eventId: last.id, orderId: order.id, now: work.now })
  recordEvent(work, {
    type: 'undone',
    orderId: order.id,
    actor: command.actor,
    from: order,
    data: { undid: last.type },
    requestKey: command.requestKey,
  })
  refreshOrderCards(work, order.id, work.now)
  return afterChange(order, change)
}

function stateBefore(event: {
  type: string
  from_fulfilment: OrderRow['fulfilment'] | null
  from_payment: OrderRow['payment'] | null
}) {
  if (event.type === 'undone' || !event.from_fulfilment || !event.from_payment) return undefined
  return { fulfilment: event.from_fulfilment, payment: event.from_payment }
}
