import { findByRequestKey } from '../../db/events.ts'
import { changeOrder, findOrder, type OrderRow } from '../../db/orders.ts'
import type { Fulfilment, Payment } from '../../db/schema.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planNotices } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { isAllowed, isLegal, needsOf, STEPS, type StepName } from './machine.ts'
import { moveStock } from './move-stock.ts'

export interface StepCommand {
  orderId: number
  step: StepName
  /** The version of the order the person was looking at. */
  version: number
  actor: Actor
  trackingNumber?: string | undefined
  /** Said instead of a tracking number when there is none. */
  noTracking?: boolean | undefined
  reason?: string | undefined
  /** Makes a repeated command harmless: the second one changes nothing and returns the order as it is. */
  requestKey?: string | undefined
}

const MAX_TRACKING = 64
const MAX_REASON = 300

/**
 * Moves an order one step along its machines: the order, its stock, the event and the notices change together.
 * Throws a ShopError: not_found, forbidden, invalid, or conflict when somebody else was quicker.
 */
export function takeStep(work: Work, command: StepCommand): OrderRow {
  const step = STEPS[command.step]
  if (!step) throw new ShopError('invalid', 'There is no such step.')
  const order = findOrderFor(work, command.actor, command.orderId)
  if (isDoneBefore(work, command, step.event)) return order
  checkStep(order, command)
  const change = changeOf(work, order, command)
  if (!changeOrder(work.tx, change)) throw conflict(order)
  moveStock(work.tx, order.id, order.fulfilment, change.fulfilment)
  const eventId = recordEvent(work, {
    type: step.event,
    orderId: order.id,
    actor: command.actor,
    from: order,
    data: eventData(command),
    requestKey: command.requestKey,
  })
  planNotices(
    work,
    { id: eventId, type: step.event, actor: command.actor },
    order,
    change.undoUntil ?? work.now,
  )
  return afterChange(order, change)
}

/**
 * Whether a command with this key was applied before. Throws a ShopError conflict when the key was used for
 * another order or for something else.
 */
export function isDoneBefore(
  work: Work,
  command: { orderId: number; requestKey?: string | undefined },
  event: string,
): boolean {
  const done = command.requestKey ? findByRequestKey(work.tx, command.requestKey) : undefined
  if (done && (done.order_id !== command.orderId || done.type !== event)) {
    throw new ShopError('conflict', 'This key was used for something else before.')
  }
  return done !== undefined
}

/** The order, if this person may know of it; another customer's order does not exist for a customer. */
export function findOrderFor(work: Pick<Work, 'tx'>, actor: Actor, orderId: number): OrderRow {
  const order = findOrder(work.tx, orderId)
  if (!order || (actor.kind === 'customer' && order.person_id !== actor.id)) {
    throw new ShopError('not_found', `There is no order #${orderId}.`)
  }
  return order
}

function checkStep(order: OrderRow, command: StepCommand): void {
  const { actor, step } = command
  if (order.version !== command.version) throw conflict(order)
  if (!isLegal(step, order)) throw conflict(order)
  if (!isAllowed(step, order, actor)) {
    throw actor.kind === 'customer'
      ? tooLateToCancel(order)
      : new ShopError('forbidden', 'Your role does not allow this step.')
  }
  const saysTracking = command.noTracking || cleanText(command.trackingNumber ?? '')
  if (needsOf(step, order) === 'tracking' && !saysTracking) {
    throw new ShopError('invalid', 'Enter a tracking number, or say that there is none.', {
      field: 'trackingNumber',
    })
  }
  checkLength('trackingNumber', command.trackingNumber, MAX_TRACKING)
  checkLength('reason', command.reason, MAX_REASON)
}

function checkLength(field: string, text: string | undefined, max: number): void {
  if ((text?.length ?? 0) > max)
    throw new ShopError('invalid', `Please use at most ${max} characters.`, { field })
}

function changeOf(work: Work, order: OrderRow, command: StepCommand) {
  const step = STEPS[command.step]
  const undoUntil = command.actor.kind === 'staff' ? work.now + work.settings.undoGraceMs : null
  return {
    id: order.id,
    version: order.version,
    fulfilment: step.fulfilment ?? order.fulfilment,
    payment: step.payment ?? order.payment,
    trackingNumber:
      command.step === 'dispatch' ? cleanText(command.trackingNumber ?? '') || null : order.tracking_number,
    cancelReason: command.step === 'cancel' ? cleanText(command.reason ?? '') || null : order.cancel_reason,
    needsReview: reviewReason(order, command.step) ?? order.needs_review,
    undoUntil,
    now: work.now,
  }
}

/** Why a person should look at the money of an order after this step. */
function reviewReason(order: OrderRow, step: StepName): string | undefined {
  if (step === 'mark_paid' && order.payment === 'expired') return 'Paid after the order had expired'
  if (step === 'mark_paid' && order.fulfilment === 'cancelled') return 'Paid after the order was cancelled'
  if (step === 'cancel' && order.payment === 'paid')
    return 'Cancelled after it was paid: the money is to be given back'
  return undefined
}

function eventData(command: StepCommand): Record<string, unknown> {
  const { trackingNumber, reason } = command
  return {
    ...(trackingNumber && { trackingNumber: cleanText(trackingNumber) }),
    ...(reason && { reason: cleanText(reason) }),
  }
}

interface Changed {
  fulfilment: Fulfilment
  payment: Payment
  trackingNumber: string | null
  cancelReason: string | null
  needsReview: string | null
  undoUntil: number | null
  now: number
}

/** The row as the database now holds it, without reading it again. */
export function afterChange(order: OrderRow, change: Changed): OrderRow {
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
    updated_at: change.now,
    version: order.version + 1,
  }
}

/** Somebody was quicker, or the step does not fit: says how the order stands. */
export function conflict(order: OrderRow): ShopError {
  const state = order.stage === 'unpaid' ? 'waiting for payment' : order.fulfilment
  return new ShopError('conflict', `Order #${order.id} is ${state} now.`, { version: order.version })
}

function tooLateToCancel(order: OrderRow): ShopError {
  return new ShopError(
    'conflict',
    `Order #${order.id} is already ${order.fulfilment} and can no longer be cancelled.`,
  )
}
