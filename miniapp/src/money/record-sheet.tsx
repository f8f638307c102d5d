import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { recordPayment } from '../api/money.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { AmountField, readAmount } from './amount-field.tsx'
import { formatMoney, plainMoney } from './money.ts'
import { amountButton, Surplus } from './surplus.tsx'
import { useCommand } from './use-command.ts'

interface Typed {
  amount: string
  note: string
}

/** Money that somebody has seen: cash in the hand, or a transfer on the account. */
export function RecordSheet({ order, onClose }: { order: OrderDetail; onClose: () => void }) {
  const { number, currency, version } = order
  const { dueMinor } = order.money
  const draft = useDraft<Typed>(`record.${number}`)
  const { busy, fault, setFault, run } = useCommand(number)
  const typed = draft.value ?? { amount: plainMoney(dueMinor, currency), note: '' }
  const read = readAmount(typed.amount, currency)
  const asked = { read, dueMinor, currency }

  function change(next: Partial<Typed>): void {
    setFault(undefined)
    draft.keep({ ...typed, ...next })
  }

  async function record(): Promise<void> {
    if (typeof read !== 'number') return setFault({ message: read.fault, field: 'amountMinor' })
    const note = typed.note.trim()
    const body = { amountMinor: read, version, ...(note && { note }) }
    const isDone = await run({
      what: body,
      ask: (key) => recordPayment(number, body, key),
      done: `${formatMoney(read, currency)} recorded for #${number}.`,
    })
    if (!isDone) return
    draft.drop()
    onClose()
  }

  return (
    <Sheet title={`Money for #${number}`} onClose={onClose}>
      <AmountField
        label="Amount that arrived"
        value={typed.amount}
        currency={currency}
        all={{ word: 'All that is due:', minor: dueMinor }}
        error={fault && fault.field !== 'note' ? fault.message : undefined}
        hint={hintOf(read, order)}
        onInput={(amount) => change({ amount })}
      />
      <Field
        label="Note (only staff read it)"
        value={typed.note}
        error={fault?.field === 'note' ? fault.message : undefined}
        placeholder="For example: sent by her sister"
        maxLength={300}
        onInput={(note) => change({ note })}
      />
      <Surplus {...asked} />
      <Button kind="main" icon="check" busy={busy} onPress={() => void record()}>
        {amountButton('Record', asked)}
      </Button>
    </Sheet>
  )
}

function hintOf(read: ReturnType<typeof readAmount>, { money, currency }: OrderDetail): string | undefined {
  if (typeof read !== 'number') return undefined
  const left = money.dueMinor - read
  if (left > 0) return `${formatMoney(left, currency)} is left to pay after it. The customer is told.`
  return left === 0 ? 'The order is paid then. The customer is told.' : undefined
}
