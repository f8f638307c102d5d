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

/** Asks for the tracking number, or for a word that there is none. What was typed is kept until it is in. */
export function DispatchSheet({ order, onClose }: SheetProps) {
  const draft = useDraft<string>(`tracking.${order.number}`)
  const [problem, setProblem] = useState<string>()
  const text = draft.value ?? ''
  const busy = stepping.value === 'dispatch'
  const allowed = order.steps.some(({ step }) => step === 'dispatch')

  async function dispatch(tracking: { trackingNumber: string } | { noTracking: true }): Promise<void> {
    const refused = await takeStep(order, { step: 'dispatch', ...tracking })
    setProblem(refused?.message)
    if (refused) return
    draft.drop()
    onClose()
  }

  function submit(): void {
    if (text.trim()) void dispatch({ trackingNumber: text.trim() })
    else setProblem('Enter the tracking number, or choose “No tracking number”.')
  }

  return (
    <Sheet title={`Dispatch #${order.number}`} onClose={onClose}>
      <Field
        label="Tracking number"
        value={text}
        error={problem}
        hint="The customer gets it with the message that the order is on its way."
        maxLength={64}
        autofocus
        onInput={(value) => {
          setProblem(undefined)
          draft.keep(value)
        }}
        onEnter={submit}
      />
      {allowed && (
        <>
          <Button kind="main" icon="truck" busy={busy} onPress={submit}>
            Dispatch
          </Button>
          <Button disabled={busy} onPress={() => void dispatch({ noTracking: true })}>
            No tracking number
          </Button>
        </>
      )}
    </Sheet>
  )
}
