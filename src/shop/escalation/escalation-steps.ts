import type { Reader } from '../../db/database.ts'
import { readSetting } from '../../db/settings.ts'
import type { Reach } from '../notifications/route.ts'

/** When staff are reminded of an order nobody accepts, and how far that reaches. */
export interface EscalationSteps {
  /** Minutes since the order could be accepted, rising. */
  steps: { minutes: number; reach: Reach }[]
  /** After the last step, every so many minutes, as far as the last step reaches. */
  everyMinutes: number
}

export const ESCALATION_SETTING = 'escalation'

export const DEFAULT_STEPS: EscalationSteps = {
  steps: [
    { minutes: 2, reach: 'told' },
    { minutes: 5, reach: 'role' },
    { minutes: 10, reach: 'owner' },
  ],
  everyMinutes: 10,
}

const MINUTE_MS = 60_000

export function readEscalationSteps(db: Reader): EscalationSteps {
  const stored = readSetting(db, ESCALATION_SETTING)
  return stored ? (JSON.parse(stored) as EscalationSteps) : DEFAULT_STEPS
}

/** How many steps are due after waiting for `waitedMs`. */
export function stepsDueAfter({ steps, everyMinutes }: EscalationSteps, waitedMs: number): number {
  const waited = waitedMs / MINUTE_MS
  const taken = steps.filter((step) => step.minutes <= waited).length
  if (taken < steps.length) return taken
  return taken + Math.floor((waited - lastMinutes(steps)) / everyMinutes)
}

/** How long an order waits until its step number `count` (from 1) is due, in ms. */
export function msUntilStep({ steps, everyMinutes }: EscalationSteps, count: number): number {
  const step = steps[count - 1]
  const minutes = step?.minutes ?? lastMinutes(steps) + (count - steps.length) * everyMinutes
  return minutes * MINUTE_MS
}

/** How far step number `count` reaches. */
export function reachOfStep({ steps }: EscalationSteps, count: number): Reach {
  return (steps[count - 1] ?? steps.at(-1))?.reach ?? 'owner'
}

function lastMinutes(steps: EscalationSteps['steps']): number {
  return steps.at(-1)?.minutes ?? 0
}
