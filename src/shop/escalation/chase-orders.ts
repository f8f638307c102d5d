import {
  type EscalationRow,
  findEscalation,
  listDueEscalations,
  setEscalation,
  stopEscalation,
} from '../../db/escalations.ts'
import { dropNotices, refreshCardsOfKind } from '../../db/notices.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { LANES, planReminder, REMINDER } from '../notifications/plan.ts'
import { waitsForAcceptance } from '../orders/machine.ts'
import { recordEvent } from '../record-event.ts'
import { type Shop, SYSTEM, type Work } from '../work.ts'
import {
  type EscalationSteps,
  msUntilStep,
  reachOfStep,
  readEscalationSteps,
  stepsDueAfter,
} from './escalation-steps.ts'

/** So many in one go: the rest follows seconds later, and nobody's press waits for it. */
const MOST_AT_ONCE = 20

/** Reminds staff of the orders that have waited too long to be accepted. Returns how many there were. */
export function chaseOrders(shop: Shop): number {
  const due = listDueEscalations(shop.db, shop.clock.now(), MOST_AT_ONCE)
  const failures: unknown[] = []
  for (const { order_id: orderId } of due) {
    try {
      shop.write((work) => chase(work, orderId))
    } catch (error) {
      // One order that cannot be chased must not keep the others from it.
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'some orders could not be chased')
  return due.length
}

function chase(work: Work, orderId: number): void {
  const waiting = findEscalation(work.tx, orderId)
  const order = findOrder(work.tx, orderId)
  if (!waiting || !order || waiting.due_at > work.now) return
  if (!waitsForAcceptance(order)) {
    stopEscalation(work.tx, orderId)
    return
  }
  const steps = readEscalationSteps(work.tx)
  // After a time in which the shop was down only the latest step is taken: one reminder says it all.
  const due = stepsDueAfter(steps, work.now - waiting.waiting_since)
  const isPromised = waiting.snoozed_until !== null
  if (due > waiting.steps_done || isPromised) remind(work, order, waiting, Math.max(due, 1), steps)
  const stepsDone = Math.max(due, waiting.steps_done)
  const dueAt = waiting.waiting_since + msUntilStep(steps, stepsDone + 1)
  setEscalation(work.tx, { orderId, stepsDone, dueAt: Math.max(dueAt, work.now + 1), snoozedUntil: null })
}

function remind(
  work: Work,
  order: OrderRow,
  waiting: EscalationRow,
  step: number,
  steps: EscalationSteps,
): void {
  const reach = reachOfStep(steps, step)
  const minutes = Math.floor((work.now - waiting.waiting_since) / 60_000)
  const id = recordEvent(work, {
    type: 'escalated',
    orderId: order.id,
    actor: SYSTEM,
    data: { step, reach, minutes },
    requestKey: `escalate:${order.id}:${markOf(waiting, step, steps)}`,
  })
  // Earlier reminders make way, sent or not: one at a time on each phone.
  dropNotices(work.tx, {
    orderId: order.id,
    kind: REMINDER,
    reason: 'a later reminder says it',
    now: work.now,
  })
  refreshCardsOfKind(work.tx, { orderId: order.id, kind: REMINDER, lane: LANES.refresh, now: work.now })
  planReminder(work, { id, type: 'escalated', actor: SYSTEM }, order, reach)
}

/** For which moment a reminder was meant: steps may be changed meanwhile, moments come once. */
function markOf(waiting: EscalationRow, step: number, steps: EscalationSteps): number {
  return waiting.snoozed_until ?? waiting.waiting_since + msUntilStep(steps, step)
}
