import type { ReminderSettingsBody } from '../../../src/http/contract/settings.ts'
import type { Faults } from './settings-draft.ts'

export type Reach = ReminderSettingsBody['escalation']['steps'][number]['reach']

/** The reminders as they are being typed: minutes are still text. */
export interface RemindersDraft {
  steps: { minutes: string; reach: Reach }[]
  every: string
  lowStock: string
}

const MOST_MINUTES = 24 * 60
const MOST_STOCK = 1000

export function draftOf({ escalation, lowStock }: ReminderSettingsBody): RemindersDraft {
  return {
    steps: escalation.steps.map(({ minutes, reach }) => ({ minutes: String(minutes), reach })),
    every: String(escalation.everyMinutes),
    lowStock: String(lowStock),
  }
}

/** What was typed as the shop takes it, or what is wrong with it. */
export function remindersOf(draft: RemindersDraft): { settings: ReminderSettingsBody } | { faults: Faults } {
  const faults: Faults = {}
  const steps = draft.steps.map(({ minutes, reach }) => ({ minutes: wholeNumber(minutes), reach }))
  steps.forEach(({ minutes }, i) => {
    if (!(minutes >= 1 && minutes <= MOST_MINUTES)) faults[`steps.${i}`] = '1 to 1440 minutes'
    else if (minutes <= (steps[i - 1]?.minutes ?? 0)) faults[`steps.${i}`] = 'Later than the one before'
  })
  const everyMinutes = wholeNumber(draft.every)
  if (!(everyMinutes >= 1 && everyMinutes <= MOST_MINUTES)) faults.every = '1 to 1440 minutes'
  const lowStock = wholeNumber(draft.lowStock)
  if (!(lowStock >= 0 && lowStock <= MOST_STOCK)) faults.lowStock = 'A number up to 1000'
  if (Object.keys(faults).length > 0) return { faults }
  return { settings: { escalation: { steps, everyMinutes }, lowStock } }
}

function wholeNumber(text: string): number {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN
}

/** The next reminder one would add: as long again as the last, as far as it. */
export function nextStep(steps: RemindersDraft['steps']): RemindersDraft['steps'][number] {
  const last = steps.at(-1)
  const minutes = wholeNumber(last?.minutes ?? '')
  return { minutes: Number.isNaN(minutes) ? '' : String(minutes * 2), reach: last?.reach ?? 'told' }
}
