import { findLastChange } from '../../db/events.ts'
import { sumLedger } from '../../db/ledger.ts'
import { hasLeft, undoNotices } from '../../db/notices.ts'
import { changeOrder, findOrder, type OrderRow, setOrderSums } from '../../db/orders.ts'
import { reopenPaymentRequests } from '../../db/payment-requests.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { takeDiscountAgain } from '../checkout/hold-discount.ts'
import { followAcceptance } from '../escalation/follow-acceptance.ts'
import { refreshOrderCards } from '../notifications/plan.ts'
import { MONEY_WAITS } from '../payments/announce-money-matter.ts'
import { openRequest } from '../payments/ask-again.ts'
import { type EndedMoney, undoEndOfMoney } from '../payments/end-money.ts'
import { voidEntry } from '../payments/enter-rest.ts'
import { judgeAgain } from '../payments/judge-again.ts'
import { askForRest, giveTimeToPay } from '../payments/reopen-order.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { afterChange, conflict } from './after-change.ts'
import { mayUndo } from './machine.ts'
import { moveStock } from './move-stock.ts'
import { findOrderFor, isDoneBefore } from './take-step.ts'
import { type Pieces, undoWriteOff } from './write-off.ts'

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
  if (!mayUndo(last, command.actor)) throw new ShopError('forbidden', 'Your role does not allow this.')
  const change = {
    id: order.id,
    version: order.version,
    ...from,
    trackingNumber: last.type === 'dispatched' ? null : order.tracking_number,
    cancelReason: last.type === 'cancelled' ? null : order.cancel_reason,
    needsReview: markBefore(order, last),
    undoUntil: null,
    assignedTo: last.type === 'accepted' ? assigneeBefore(last) : order.assigned_to,
    now: work.now,
  }
  const sums = last.type === 'paid' ? giveBackRest(work, order, last) : {}
  if (!changeOrder(work.tx, change)) throw conflict(order)
  if (order.fulfilment === 'cancelled') takeBackEnd(work, order, last)
  moveStock(work.tx, order.id, order.fulfilment, from.fulfilment)
  undoNotices(work.tx, { eventId: last.id, orderId: order.id, now: work.now })
  const id = recordEvent(work, {
    type: 'undone',
    orderId: order.id,
    actor: command.actor,
    from: order,
    data: { undid: last.type },
    requestKey: command.requestKey,
  })
  refreshOrderCards(work, order.id, work.now, command.actor)
  const changed = afterChange({ ...order, ...sums }, change)
  followAcceptance(work, { id, type: 'undone', actor: command.actor }, changed, work.now)
  if (order.fulfilment === 'cancelled' || last.type === 'paid')
    waitForMoney(work, changed, { actor: command.actor, closedAt: last.at })
  return findOrder(work.tx, order.id) ?? changed
}

/** Money that came meanwhile may fit the order now; what is still owed is asked for, and there is time to pay it. */
function waitForMoney(
  work: Work,
  { id }: OrderRow,
  { actor, closedAt }: { actor: Actor; closedAt: number },
): void {
  reopenPaymentRequests(work.tx, { orderId: id, closedAt, now: work.now })
  judgeAgain(work, id)
  const order = findOrder(work.tx, id)
  if (order?.stage !== 'unpaid') return
  if (openRequest(work.tx, order, work.now)) giveTimeToPay(work, order)
  else askForRest(work, order, actor)
}

/** A step's own mark goes with it; the one of money that came in meanwhile is set anew. */
function markBefore(order: OrderRow, undone: { type: string; data: string }): string | null {
  if (order.needs_review !== MONEY_WAITS) return order.needs_review
  const { markedBefore = null } = JSON.parse(undone.data) as Partial<EndedMoney>
  return markedBefore
}

/** An order that is not cancelled after all has again what it let go, and its money stays where it is. */
function takeBackEnd(work: Work, order: OrderRow, cancelled: { data: string }): void {
  const data = JSON.parse(cancelled.data) as Partial<EndedMoney> & { notRestocked?: Pieces[] }
  undoEndOfMoney(work, data)
  undoWriteOff(work.tx, order.id, data.notRestocked ?? [])
  bringDiscountBack(work, order.id)
}

/** Takes back what was entered as paid by hand. */
function giveBackRest(work: Work, order: OrderRow, paid: { data: string }) {
  const { chargeId } = JSON.parse(paid.data) as { chargeId?: number }
  if (chargeId === undefined) return {}
  voidEntry(work, chargeId)
  const { charged, refunded } = sumLedger(work.tx, order.id)
  setOrderSums(work.tx, { id: order.id, charged, refunded, waived: order.waived_minor })
  return { charged_minor: charged }
}

function bringDiscountBack(work: Work, orderId: number): void {
  const lost = takeDiscountAgain(work, orderId)
  if (lost !== undefined)
    throw new ShopError('conflict', `The discount code ${lost} has been used up meanwhile.`)
}

/** Whose the order was before somebody accepted it. */
function assigneeBefore(accepted: { data: string }): number | null {
  return (JSON.parse(accepted.data) as { assignedBefore?: number }).assignedBefore ?? null
}

function stateBefore(event: {
  type: string
  from_fulfilment: OrderRow['fulfilment'] | null
  from_payment: OrderRow['payment'] | null
}) {
  if (event.type === 'undone' || !event.from_fulfilment || !event.from_payment) return undefined
  return { fulfilment: event.from_fulfilment, payment: event.from_payment }
}
