import { useState } from 'preact/hooks'
import type { ShownSettings } from '../../../src/http/contract/settings.ts'
import { Refusal } from '../api/http.ts'
import { sentenceOf } from '../api/request.ts'
import { saveSettings } from '../api/settings.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { useShownFault } from '../parts/shown-fault.ts'
import { hideSnack, say } from '../parts/snack.ts'
import { renameShop } from '../session/session.ts'
import { currency } from '../session/shop.ts'
import { PageHead } from '../shell/page-head.tsx'
import { haptic } from '../telegram/telegram.ts'
import { DeliveryFields } from './delivery-fields.tsx'
import { PaymentFields } from './payment-fields.tsx'
import { draftOf, type Faults, faultAt, type SettingsDraft, settingsOf } from './settings-draft.ts'
import './settings-form.css'

interface SettingsFormProps {
  settings: ShownSettings
  onSaved: (settings: ShownSettings) => void
}

/** The form; what is typed into it stays until it is saved or thrown away. */
export function SettingsForm({ settings, onSaved }: SettingsFormProps) {
  const draft = useDraft<SettingsDraft>('settings')
  const [faults, setFaults] = useState<Faults>({})
  const [busy, setBusy] = useState(false)
  const typed = draft.value ?? draftOf(settings, currency())
  const form = useShownFault(faults)

  function change(next: Partial<SettingsDraft>): void {
    setFaults({})
    draft.keep({ ...typed, ...next })
  }

  async function save(): Promise<void> {
    hideSnack()
    const read = settingsOf(typed, currency())
    if ('faults' in read) return setFaults(read.faults)
    setBusy(true)
    try {
      const saved = await saveSettings(read.settings)
      draft.drop()
      onSaved(saved)
      renameShop(saved.name)
      haptic('success')
      say('Saved. Customers see it from now on.')
    } catch (error) {
      haptic('error')
      setFaults({ [faultAt(fieldOf(error))]: sentenceOf(error) })
    }
    setBusy(false)
  }

  return (
    <div class="page more-page settings-page" ref={form}>
      <PageHead title="Shop settings" parent="/app/more" />
      <section class="card card-pad">
        <Field
          label="Name of the shop"
          value={typed.name}
          error={faults.name}
          maxLength={60}
          onInput={(name) => change({ name })}
        />
      </section>
      <DeliveryFields methods={typed.methods} faults={faults} onChange={(methods) => change({ methods })} />
      <PaymentFields
        payments={typed.payments}
        hundredStars={typed.hundredStars}
        faults={faults}
        onChange={change}
      />
      <div class="action-bar settings-bar">
        {faults.form && (
          <p class="field-error small" role="alert">
            {faults.form}
          </p>
        )}
        {draft.value && (
          <Button
            onPress={() => {
              setFaults({})
              draft.drop()
            }}
          >
            Discard
          </Button>
        )}
        <Button kind="main" busy={busy} disabled={!draft.value} onPress={() => void save()}>
          Save
        </Button>
      </div>
    </div>
  )
}

function fieldOf(error: unknown): string | undefined {
  return error instanceof Refusal ? error.problem.field : undefined
}
