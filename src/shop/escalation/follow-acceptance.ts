import { startEscalation, stopEscalation } from '../../db/escalations.ts'
import { newestEventOfType } from '../../db/events.ts'
import { dropNotices, dropPushNotices, pickUpAlerts } from '../../db/notices.ts'
import type { OrderRow } from '../../db/orders.ts'
import { kindOf, type PlannedEvent, planSettled, REMINDER, STAFF_CARD } from '../notifications/plan.ts'
import { waitsForAcceptance } from '../orders/machine.ts'
import { LONGEST_UNDO_MS, type Work } from '../work.ts'
import { msUntilStep, readEscalationSteps, stepsDueAfter } from './escalation-steps.ts'

/** After these nobody needs to hurry, whether or not the order could be accepted. */
const ENDS = ['accepted', 'cancelled', 'expired']
/** With these an order can be accepted that could not be when it was placed. */
const BEGINNINGS = ['paid', 'reopened', 'payment_on_delivery', 'rest_waived']
/** After these an order may no longer be one that can be accepted. */
const TAKES_BACK = ['undone', 'payment_voided']

/**
 * Keeps the escalation in step with an order that just changed: begins it when the order can be accepted, and ends it,
 * with every alert that has not left, when nobody needs to hurry any more. Alerts on lock screens are settled at `dueAt`.
 */
export function followAcceptance(work: Work, event: PlannedEvent, order: OrderRow, dueAt: number): void {
  if (waitsForAcceptance(order)) begin(work, event, order)
  else if (ENDS.includes(event.type)) end(work, event, order, dueAt)
  else if (TAKES_BACK.includes(event.type) || order.payment === 'refunded') stopEscalation(work.tx, order.id)
}

function end(work: Work, event: PlannedEvent, order: OrderRow, dueAt: number): void {
  stopEscalation(work.tx, order.id)
  const reason = `the order is ${order.fulfilment}`
  const alerts = { orderId: order.id, reason, now: work.now }
  for (const kind of [REMINDER, kindOf('payment_received')]) dropNotices(work.tx, { ...alerts, kind })
  // The card in the chat is still worth having, however late.
  dropPushNotices(work.tx, { ...alerts, kind: STAFF_CARD })
  planSettled(work, event, order.id, dueAt)
}

function begin(work: Work, event: PlannedEvent, order: OrderRow): void {
  const { tx, now } = work
  const steps = readEscalationSteps(tx)
  const waitingSince = event.type === 'undone' ? beganToWait(work, order) : now
  const stepsDone = stepsDueAfter(steps, now - waitingSince)
  const dueAt = waitingSince + msUntilStep(steps, stepsDone + 1)
  startEscalation(tx, { orderId: order.id, waitingSince, stepsDone, dueAt })
  // What the step had dropped when it was taken is wanted again now that it is undone.
  if (event.type === 'undone') pickUpAlerts(tx, { orderId: order.id, since: now - LONGEST_UNDO_MS, now })
}

/** An order whose acceptance is undone has waited since it could be accepted at first. */
function beganToWait({ tx }: Work, order: OrderRow): number {
  const begun = BEGINNINGS.map((type) => newestEventOfType(tx, { orderId: order.id, type })?.at ?? 0)
  return Math.max(order.placed_at, ...begun)
}
