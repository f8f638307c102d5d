import { useState } from 'preact/hooks'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { formatMoney } from '../money/money.ts'
import { allPieces, leftOf, linesOf, type Pieces, RestockFields } from '../money/restock-fields.tsx'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { Choice } from '../staff/choice.tsx'
import { type StepRefused, stepping, takeStep } from './take-step.ts'

type Money = 'refund' | 'keep' | 'later'

interface Typed {
  reason: string
  money?: Money | undefined
  /** What goes back on the shelf. */
  pieces: Pieces
}

const FATES: { value: Money; word: string; hint: string }[] = [
  { value: 'refund', word: 'Give it back', hint: 'It goes back the way it came, or is ticked off by hand.' },
  { value: 'keep', word: 'Keep it', hint: 'For example when the goods are with the customer.' },
  { value: 'later', word: 'Decide later', hint: 'It waits on the Money page until somebody decides.' },
]

interface SheetProps {
  order: OrderDetail
  onClose: () => void
}

/** Asks why, what goes back on the shelf and what becomes of the money; and cancels. */
export function CancelSheet({ order, onClose }: SheetProps) {
  const draft = useDraft<Typed>(`cancel.${order.number}`)
  const [problem, setProblem] = useState<StepRefused>()
  const typed = draft.value ?? { reason: '', pieces: allPieces(order.items) }
  const heldMinor = order.money.refundableMinor
  const held = formatMoney(heldMinor, order.currency)
  const allowed = order.steps.some(({ step }) => step === 'cancel')

  function change(next: Partial<Typed>): void {
    setProblem(undefined)
    draft.keep({ ...typed, ...next })
  }

  async function cancel(): Promise<void> {
    if (heldMinor > 0 && !typed.money) {
      return setProblem({ message: `Say what is to happen with the ${held}.`, field: 'money' })
    }
    const refused = await takeStep(order, bodyOf(typed, order))
    setProblem(refused)
    if (refused) return
    draft.drop()
    onClose()
  }

  return (
    <Sheet title={`Cancel #${order.number}`} onClose={onClose}>
      <Field
        label="Reason (the customer reads it)"
        value={typed.reason}
        error={problem && problem.field !== 'money' ? problem.message : undefined}
        placeholder="For example: sold out at our supplier"
        maxLength={300}
        rows={2}
        onInput={(reason) => change({ reason })}
      />
      {heldMinor > 0 && (
        <div class="field">
          <p class="small hint">{held} is on this order. What is to happen with it?</p>
          <Choice
            label="What is to happen with the money"
            options={FATES}
            chosen={typed.money}
            onChoose={(money) => change({ money })}
          />
          {problem?.field === 'money' && (
            <p class="field-error small" role="alert">
              {problem.message}
            </p>
          )}
        </div>
      )}
      <RestockFields
        title="Back on the shelf"
        items={order.items}
        pieces={typed.pieces}
        onChange={(pieces) => change({ pieces })}
      />
      {allowed && (
        <Button
          kind="danger"
          icon="cancelled"
          busy={stepping.value === 'cancel'}
          onPress={() => void cancel()}
        >
          {buttonWord(heldMinor > 0 ? typed.money : undefined, held)}
        </Button>
      )}
    </Sheet>
  )
}

function buttonWord(money: Money | undefined, held: string): string {
  if (money === 'refund') return `Cancel and give ${held} back`
  if (money === 'keep') return `Cancel and keep ${held}`
  return money === 'later' ? `Cancel, decide about ${held} later` : 'Cancel the order'
}

function bodyOf({ reason, money, pieces }: Typed, { items, money: { refundableMinor } }: OrderDetail) {
  const gone = Object.fromEntries(items.map((item) => [item.id, leftOf(item) - (pieces[item.id] ?? 0)]))
  const notRestocked = linesOf(gone)
  return {
    step: 'cancel' as const,
    ...(reason.trim() && { reason: reason.trim() }),
    ...(refundableMinor > 0 && money && { money }),
    ...(notRestocked.length > 0 && { notRestocked }),
  }
}
