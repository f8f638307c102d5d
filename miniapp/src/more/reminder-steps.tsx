import { Button, IconButton } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { nextStep, type Reach, type RemindersDraft } from './reminders-draft.ts'
import type { Faults } from './settings-draft.ts'
import './reminder-steps.css'

const MOST_STEPS = 10
const REACHES: [Reach, string][] = [
  ['told', 'who wants it'],
  ['role', 'all staff'],
  ['owner', 'owners, too'],
]

interface StepFieldsProps {
  draft: RemindersDraft
  faults: Faults
  onChange: (next: Partial<RemindersDraft>) => void
}

/** The reminders of an order nobody accepts, one after another. */
export function StepFields({ draft, faults, onChange }: StepFieldsProps) {
  const { steps } = draft
  function change(at: number, next: Partial<RemindersDraft['steps'][number]>): void {
    onChange({ steps: steps.map((step, i) => (i === at ? { ...step, ...next } : step)) })
  }
  return (
    <section class="section">
      <h2>An order nobody accepts</h2>
      <div class="card">
        {steps.map((step, i) => (
          <div class="reminder-step" key={i}>
            <Field
              label="After, min"
              keys="numeric"
              value={step.minutes}
              error={faults[`steps.${i}`]}
              maxLength={4}
              onInput={(minutes) => change(i, { minutes })}
            />
            <label class="field">
              <span class="small hint">Remind</span>
              <select
                class="input"
                value={step.reach}
                onChange={(event) => change(i, { reach: event.currentTarget.value as Reach })}
              >
                {REACHES.map(([reach, words]) => (
                  <option key={reach} value={reach}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
            {steps.length > 1 && (
              <IconButton
                icon="close"
                label="Remove this reminder"
                onPress={() => onChange({ steps: steps.filter((_, at) => at !== i) })}
              />
            )}
          </div>
        ))}
        <div class="reminder-step">
          <Field
            label="Then every"
            keys="numeric"
            value={draft.every}
            error={faults.every}
            maxLength={4}
            onInput={(every) => onChange({ every })}
          />
          <p class="small hint reminder-until">minutes, until somebody accepts it or puts it off.</p>
        </div>
      </div>
      <p class="small hint reminder-hint">
        <b>Who wants it</b> reminds those whose alert for new orders is on, <b>all staff</b> also managers and
        packers who switched it off, <b>owners, too</b> everybody, whatever they chose.
      </p>
      {steps.length < MOST_STEPS && (
        <Button icon="plus" onPress={() => onChange({ steps: [...steps, nextStep(steps)] })}>
          Add a reminder
        </Button>
      )}
    </section>
  )
}
