import { useState } from 'preact/hooks'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { stepping, takeStep } from './take-step.ts'

interface SheetProps {
  order: OrderDetail
  onClose: () => void
}

/** Asks why, and cancels. */
export function CancelSheet({ order, onClose }: SheetProps) {
  const draft = useDraft<string>(`reason.${order.number}`)
  const [problem, setProblem] = useState<string>()
  const reason = draft.value ?? ''
  const allowed = order.steps.some(({ step }) => step === 'cancel')

  async function cancel(): Promise<void> {
    const refused = await takeStep(order, { step: 'cancel', ...(reason.trim() && { reason: reason.trim() }) })
    setProblem(refused?.message)
    if (refused) return
    draft.drop()
    onClose()
  }

  return (
    <Sheet title={`Cancel #${order.number}`} onClose={onClose}>
      <Field
        label="Reason (the customer reads it)"
        value={reason}
        error={problem}
        hint="Its items go back into stock."
        placeholder="For example: sold out at our supplier"
        maxLength={300}
        rows={3}
        onInput={(value) => {
          setProblem(undefined)
          draft.keep(value)
        }}
      />
      {allowed && (
        <Button
          kind="danger"
          icon="cancelled"
          busy={stepping.value === 'cancel'}
          onPress={() => void cancel()}
        >
          Cancel the order
        </Button>
      )}
    </Sheet>
  )
}
