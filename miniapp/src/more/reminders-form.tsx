import { useState } from 'preact/hooks'
import type { ReminderSettingsBody } from '../../../src/http/contract/settings.ts'
import { sentenceOf } from '../api/request.ts'
import { saveReminders } from '../api/settings.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { say } from '../parts/snack.ts'
import { PageHead } from '../shell/page-head.tsx'
import { haptic } from '../telegram/telegram.ts'
import { StepFields } from './reminder-steps.tsx'
import { draftOf, type RemindersDraft, remindersOf } from './reminders-draft.ts'
import type { Faults } from './settings-draft.ts'
import './settings-form.css'

interface RemindersFormProps {
  settings: ReminderSettingsBody
  onSaved: (settings: ReminderSettingsBody) => void
}

/** When staff are reminded; what is typed stays until it is saved or thrown away. */
export function RemindersForm({ settings, onSaved }: RemindersFormProps) {
  const draft = useDraft<RemindersDraft>('reminders')
  const [faults, setFaults] = useState<Faults>({})
  const [busy, setBusy] = useState(false)
  const typed = draft.value ?? draftOf(settings)

  function change(next: Partial<RemindersDraft>): void {
    setFaults({})
    draft.keep({ ...typed, ...next })
  }

  function discard(): void {
    setFaults({})
    draft.drop()
  }

  async function save(): Promise<void> {
    const read = remindersOf(typed)
    if ('faults' in read) return setFaults(read.faults)
    setBusy(true)
    try {
      onSaved(await saveReminders(read.settings))
      draft.drop()
      haptic('success')
      say('Saved. Orders that wait follow it from now on.')
    } catch (error) {
      haptic('error')
      setFaults({ form: sentenceOf(error) })
    }
    setBusy(false)
  }

  return (
    <div class="page more-page settings-page">
      <PageHead title="Reminders" parent="/app/more" />
      <StepFields draft={typed} faults={faults} onChange={change} />
      <section class="section">
        <h2>Stock</h2>
        <div class="card card-pad">
          <Field
            label="Tell staff when so many are left"
            keys="numeric"
            value={typed.lowStock}
            error={faults.lowStock}
            hint="0 tells them only when it is sold out."
            maxLength={4}
            onInput={(lowStock) => change({ lowStock })}
          />
        </div>
      </section>
      <div class="action-bar settings-bar">
        {faults.form && (
          <p class="field-error small" role="alert">
            {faults.form}
          </p>
        )}
        {draft.value && <Button onPress={discard}>Discard</Button>}
        <Button kind="main" busy={busy} disabled={!draft.value} onPress={() => void save()}>
          Save
        </Button>
      </div>
    </div>
  )
}
