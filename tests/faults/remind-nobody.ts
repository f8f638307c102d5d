import type { Tx } from '../../src/db/database.ts'
import { saveSetting } from '../../src/db/settings.ts'
import { ESCALATION_SETTING, type EscalationSteps } from '../../src/shop/escalation/escalation-steps.ts'

const WEEK = 7 * 24 * 60
const STEPS: EscalationSteps = { steps: [{ minutes: WEEK, reach: 'told' }], everyMinutes: WEEK }

/**
 * Has nobody reminded of orders that wait. Jobs look for what is due by the machine's own time, also where a test sets that of
 * the shop: how fast it runs would decide whether there is a reminder.
 */
export function remindNobody(tx: Tx): void {
  saveSetting(tx, ESCALATION_SETTING, JSON.stringify(STEPS))
}
