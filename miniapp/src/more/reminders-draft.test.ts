import { expect, test } from 'vitest'
import { draftOf, nextStep, remindersOf } from './reminders-draft.ts'

const SETTINGS = {
  escalation: {
    steps: [
      { minutes: 2, reach: 'told' as const },
      { minutes: 5, reach: 'owner' as const },
    ],
    everyMinutes: 10,
  },
  lowStock: 3,
}

test('what was read and left alone is saved as it was', () => {
  expect(remindersOf(draftOf(SETTINGS))).toEqual({ settings: SETTINGS })
})

test('each fault stands beside its field', () => {
  const steps = ['0', '7', '7', 'soon'].map((minutes) => ({ minutes, reach: 'told' as const }))
  expect(remindersOf({ steps, every: '', lowStock: '-1' })).toEqual({
    faults: {
      'steps.0': '1 to 1440 minutes',
      'steps.2': 'Later than the one before',
      'steps.3': '1 to 1440 minutes',
      every: '1 to 1440 minutes',
      lowStock: 'A number up to 1000',
    },
  })
})

test('another reminder comes later than the last one, as far', () => {
  expect(nextStep(draftOf(SETTINGS).steps)).toEqual({ minutes: '10', reach: 'owner' })
})
