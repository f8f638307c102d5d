import { useState } from 'preact/hooks'
import { Refusal } from '../api/http.ts'
import { type DiscountCode, saveDiscount } from '../api/prices.ts'
import { sentenceOf } from '../api/request.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Sheet } from '../parts/sheet.tsx'
import { say } from '../parts/snack.ts'
import { Switch } from '../parts/switch.tsx'
import { currency, timezone } from '../session/shop.ts'
import { haptic } from '../telegram/telegram.ts'
import {
  codeOf,
  type DiscountDraft,
  type DiscountFaults,
  draftOf,
  faultAt,
  NEW_CODE,
} from './discount-draft.ts'
import { DiscountFields } from './discount-fields.tsx'

interface DiscountSheetProps {
  /** Undefined makes a new one. */
  code: DiscountCode | undefined
  onSaved: (codes: DiscountCode[]) => void
  onClose: () => void
}

/** A discount code, as it is being made or changed. */
export function DiscountSheet({ code, onSaved, onClose }: DiscountSheetProps) {
  const place = { currency: currency(), timezone: timezone() }
  const draft = useDraft<DiscountDraft>(`discount.${code?.id ?? 'new'}`)
  const [faults, setFaults] = useState<DiscountFaults>({})
  const [busy, setBusy] = useState(false)
  const typed = draft.value ?? (code ? draftOf(code, place) : NEW_CODE)

  function change(next: Partial<DiscountDraft>): void {
    setFaults({})
    draft.keep({ ...typed, ...next })
  }

  async function save(): Promise<void> {
    const read = codeOf(typed, code?.id ?? null, place)
    if ('faults' in read) return setFaults(read.faults)
    setBusy(true)
    try {
      const { codes } = await saveDiscount(read.code)
      draft.drop()
      onSaved(codes)
      haptic('success')
      say(`${read.code.code} is saved.`)
      onClose()
    } catch (error) {
      haptic('error')
      const field = error instanceof Refusal ? error.problem.field : undefined
      setFaults({ [faultAt(field)]: sentenceOf(error) })
      setBusy(false)
    }
  }

  return (
    <Sheet title={code ? code.code : 'New discount code'} onClose={onClose}>
      <DiscountFields typed={typed} faults={faults} onChange={change} />
      {code && <Switch label="Can be used" on={typed.active} onChange={(active) => change({ active })} />}
      {faults.form && (
        <p class="field-error small" role="alert">
          {faults.form}
        </p>
      )}
      <Button kind="main" busy={busy} onPress={() => void save()}>
        Save
      </Button>
    </Sheet>
  )
}
