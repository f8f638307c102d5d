import { findByRequestKey } from '../../db/events.ts'
import { sumLedger } from '../../db/ledger.ts'
import { changeOrder, findOrder, type OrderRow, setOrderSums } from '../../db/orders.ts'
import { closePaymentRequests } from '../../db/payment-requests.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { returnDiscount } from '../checkout/hold-discount.ts'
import { followAcceptance } from '../escalation/follow-acceptance.ts'
import { planNotices } from '../notifications/plan.ts'
import { announceOrderMoney, MONEY_WAITS } from '../payments/announce-money-matter.ts'
import { type EndOfMoney, endMoney } from '../payments/end-money.ts'
import { enterRest } from '../payments/enter-rest.ts'
import { moneyOf } from '../payments/order-money.ts'
import { paymentStateOf } from '../payments/payment-state.ts'
import { takeLatePayment } from '../payments/take-late-payment.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { afterChange, conflict } from './after-change.ts'
import { isAllowed, needsOf, STEPS, type StepName } from './machine.ts'
import { moveStock } from './move-stock.ts'
import { whyNotNow } from './steps-of.ts'
import { type Pieces, writeOff } from './write-off.ts'

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
  /** What is to happen with the money of a paid order that is cancelled. */
  money?: EndOfMoney | undefined
  /** Pieces of a cancelled order that do not go back on the shelf. */
  notRestocked?: Pieces[] | undefined
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
  const isLate = command.step === 'mark_paid' && order.fulfilment === 'cancelled'
  if (isDoneBefore(work, command, isLate ? 'late_payment' : step.event)) return order
  checkStep(work, order, command)
  return isLate ? takeLatePayment(work, order, command) : moveOrder(work, order, command)
}

function moveOrder(work: Work, order: OrderRow, command: StepCommand): OrderRow {
  const { event: type } = STEPS[command.step]
  const { actor, requestKey } = command
  const money = command.step === 'mark_paid' ? takeRest(work, order, command.actor) : undefined
  const change = changeOf(work, order, command)
  const dueAt = change.undoUntil ?? work.now
  const ended =
    change.fulfilment === 'cancelled' ? endMoney(work, order, { ...command, at: dueAt }) : undefined
  if (money || change.fulfilment === 'cancelled')
    change.payment = paymentStateOf(moneyOf({ ...order, ...money?.sums, ...change }))
  if (ended?.money === 'later') change.needsReview = MONEY_WAITS
  if (!changeOrder(work.tx, change)) throw conflict(order)
  if (money) closePaymentRequests(work.tx, { orderId: order.id, state: 'over', now: work.now })
  moveStock(work.tx, order.id, order.fulfilment, change.fulfilment)
  const data = { ...eventData(command, order), ...money?.data, ...ended }
  const id = recordEvent(work, { type, orderId: order.id, actor, from: order, data, requestKey })
  const changed = afterChange({ ...order, ...money?.sums }, change)
  if (changed.fulfilment === 'cancelled') letGo(work, changed, command)
  planNotices(work, { id, type, actor }, changed, dueAt)
  followAcceptance(work, { id, type, actor }, changed, dueAt)
  if (ended?.money === 'later') announceOrderMoney(work, changed, ended.amountMinor, dueAt)
  return changed
}

/** Gives up what a cancelled order held beside its stock. */
function letGo(work: Work, order: OrderRow, { notRestocked = [] }: StepCommand): void {
  closePaymentRequests(work.tx, { orderId: order.id, state: 'over', now: work.now })
  returnDiscount(work, order.id)
  writeOff(work.tx, order.id, notRestocked)
}

/**
 * Whether a command with this key was applied before. Throws a ShopError conflict when the key was used for
 * another order or for something else.
 */
export function isDoneBefore(
  work: Work,
  command: { orderId: number | null; requestKey?: string | undefined },
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

function checkStep({ tx }: Work, order: OrderRow, command: StepCommand): void {
  const { actor, step } = command
  if (order.version !== command.version) throw conflict(order)
  const refusal = whyNotNow(tx, order, step)
  if (refusal) throw refusal
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
    needsReview: order.needs_review,
    undoUntil,
    // Who accepts an order has it.
    assignedTo: command.step === 'accept' ? command.actor.id : order.assigned_to,
    now: work.now,
  }
}

/** Marked as paid, an order has all it owes in the ledger. */
function takeRest(work: Work, order: OrderRow, actor: Actor) {
  const chargeId = enterRest(work, order, actor.name)
  const { charged, refunded } = sumLedger(work.tx, order.id)
  setOrderSums(work.tx, { id: order.id, charged, refunded, waived: order.waived_minor })
  const data = chargeId === undefined ? {} : { chargeId, amountMinor: charged - order.charged_minor }
  return { data, sums: { charged_minor: charged } }
}

function eventData(command: StepCommand, order: OrderRow): Record<string, unknown> {
  const { trackingNumber, reason, step, notRestocked = [] } = command
  const assignedBefore = step === 'accept' ? order.assigned_to : null
  return {
    ...(trackingNumber && { trackingNumber: cleanText(trackingNumber) }),
    ...(reason && { reason: cleanText(reason) }),
    ...(assignedBefore !== null && { assignedBefore }),
    ...(step === 'cancel' && notRestocked.length > 0 && { notRestocked }),
  }
}

function tooLateToCancel(order: OrderRow): ShopError {
  return new ShopError(
    'conflict',
    `Order #${order.id} is already ${order.fulfilment} and can no longer be cancelled.`,
  )
}
