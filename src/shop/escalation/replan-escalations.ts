import { listEscalations, setEscalation } from '../../db/escalations.ts'
import type { Work } from '../work.ts'
import { msUntilStep, readEscalationSteps, stepsDueAfter } from './escalation-steps.ts'

/** Has the orders that wait already follow steps that have just been changed: nothing is made up for, the next step counts. */
export function replanEscalations(work: Work): void {
  const steps = readEscalationSteps(work.tx)
  for (const waiting of listEscalations(work.tx)) {
    const stepsDone = stepsDueAfter(steps, work.now - waiting.waiting_since)
    const dueAt = waiting.snoozed_until ?? waiting.waiting_since + msUntilStep(steps, stepsDone + 1)
    setEscalation(work.tx, {
      orderId: waiting.order_id,
      stepsDone,
      dueAt,
      snoozedUntil: waiting.snoozed_until,
    })
  }
}
