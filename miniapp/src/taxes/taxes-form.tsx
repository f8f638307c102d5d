import { useState } from 'preact/hooks'
import type { TaxRateBody } from '../../../src/http/contract/money.ts'
import { Refusal } from '../api/http.ts'
import { saveTaxRates } from '../api/prices.ts'
import { sentenceOf } from '../api/request.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Empty } from '../parts/notice.tsx'
import { useShownFault } from '../parts/shown-fault.ts'
import { hideSnack, say } from '../parts/snack.ts'
import { PageHead } from '../shell/page-head.tsx'
import { haptic } from '../telegram/telegram.ts'
import { draftOf, faultAt, newRate, ratesOf, type TaxDraft, type TaxFaults } from './tax-draft.ts'
import { TaxFields } from './tax-fields.tsx'
import '../more/settings-form.css'

const MOST = 20

interface TaxesFormProps {
  rates: TaxRateBody[]
  onSaved: (rates: TaxRateBody[]) => void
}

/** All rates in one form; what is typed stays until it is saved or thrown away. */
export function TaxesForm({ rates, onSaved }: TaxesFormProps) {
  const draft = useDraft<TaxDraft[]>('taxes')
  const [faults, setFaults] = useState<TaxFaults>({})
  const [busy, setBusy] = useState(false)
  const form = useShownFault(faults)
  const typed = draft.value ?? draftOf(rates)

  function change(next: TaxDraft[]): void {
    setFaults({})
    draft.keep(next)
  }

  function discard(): void {
    setFaults({})
    draft.drop()
  }

  async function save(): Promise<void> {
    hideSnack()
    const read = ratesOf(typed)
    if ('faults' in read) return setFaults(read.faults)
    setBusy(true)
    try {
      onSaved((await saveTaxRates(read.rates)).rates)
      draft.drop()
      haptic('success')
      say('Saved. New orders follow it from now on.')
    } catch (error) {
      haptic('error')
      const field = error instanceof Refusal ? error.problem.field : undefined
      setFaults({ [faultAt(field)]: sentenceOf(error) })
    }
    setBusy(false)
  }

  return (
    <div class="page more-page settings-page" ref={form}>
      <PageHead title="Tax rates" parent="/app/more" />
      {typed.length === 0 ? (
        <Empty icon="percent" title="No taxes">
          Prices are what customers pay, and no tax is shown. Add a rate if your receipts have to name it, or
          if it comes on top.
        </Empty>
      ) : (
        <TaxFields rates={typed} faults={faults} onChange={change} />
      )}
      {typed.length < MOST && (
        <Button icon="plus" onPress={() => change([...typed, newRate(typed)])}>
          Add a tax rate
        </Button>
      )}
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
