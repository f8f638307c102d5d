import type { LedgerEntry } from '../../../src/http/contract/money.ts'
import { settleMatter } from '../api/money.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { formatMoney } from './money.ts'
import { useCommand } from './use-command.ts'

interface AssignMoneySheetProps {
  entry: LedgerEntry
  onClose: () => void
  onDone: (() => void) | undefined
}

/** For which order money is that names none. */
export function AssignMoneySheet({ entry, onClose, onDone }: AssignMoneySheetProps) {
  const draft = useDraft<string>(`assign-money.${entry.id}`)
  const { busy, fault, setFault, run } = useCommand(null)
  const text = draft.value ?? ''
  const amount = formatMoney(entry.amountMinor, entry.currency)

  async function assign(): Promise<void> {
    const match = /^#?(\d{1,12})$/.exec(text.trim())
    if (!match) return setFault({ message: 'Enter the number of the order.', field: undefined })
    const orderNumber = Number(match[1])
    const isDone = await run({
      what: [entry.id, orderNumber],
      ask: (key) => settleMatter(entry.id, { decision: 'apply', orderNumber }, key),
      done: `${amount} counts for #${orderNumber}.`,
    })
    if (!isDone) return
    draft.drop()
    onClose()
    onDone?.()
  }

  return (
    <Sheet title={`For which order is ${amount}?`} onClose={onClose}>
      <Field
        label="Number of the order"
        keys="numeric"
        value={text}
        error={fault?.message}
        hint={entry.reference && `The payment is called ${entry.reference}.`}
        maxLength={13}
        onInput={(value) => {
          setFault(undefined)
          draft.keep(value)
        }}
        onEnter={() => void assign()}
      />
      <Button kind="main" icon="check" busy={busy} onPress={() => void assign()}>
        Count it for this order
      </Button>
    </Sheet>
  )
}
