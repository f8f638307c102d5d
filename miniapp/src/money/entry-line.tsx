import { useState } from 'preact/hooks'
import type { LedgerEntry } from '../../../src/http/contract/money.ts'
import { voidPayment } from '../api/money.ts'
import { Button } from '../parts/button.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { EntryWords } from './entry-words.tsx'
import { formatMoney } from './money.ts'
import { ReasonSheet } from './reason-sheet.tsx'
import { DEEDS, type Deed } from './refund-deeds.ts'
import { type Fault, useCommand } from './use-command.ts'
import './entry-line.css'

interface EntryLineProps {
  entry: LedgerEntry
  /** On a page about many orders the line says for which it is. */
  showOrder?: boolean
  onChanged?: () => void
}

/** One row of the ledger: what came or went, how it stands, and what can be done about it. */
export function EntryLine({ entry, showOrder = false, onChanged }: EntryLineProps) {
  const { busy, fault, run } = useCommand(entry.orderNumber)
  const [voiding, setVoiding] = useState(false)
  const [asking, setAsking] = useState<Deed>()
  const deeds = DEEDS.filter(({ action }) => entry.actions.includes(action))
  const amount = formatMoney(entry.amountMinor, entry.currency)
  const isVoidable = entry.actions.includes('void')

  async function press(deed: Deed): Promise<void> {
    const what = [entry.id, deed.action]
    if (!(await run({ what, ask: (key) => deed.ask(entry.id, key), done: deed.done }))) return
    setAsking(undefined)
    onChanged?.()
  }

  return (
    <li class="entry" data-entry={entry.id} data-kind={entry.kind} data-state={entry.state}>
      <EntryWords entry={entry} showOrder={showOrder} />
      {(deeds.length > 0 || isVoidable) && (
        <div class="entry-deeds">
          {deeds.map((deed) => (
            <Button
              key={deed.action}
              icon={deed.icon}
              busy={busy}
              onPress={() => (deed.about ? setAsking(deed) : void press(deed))}
            >
              {deed.word}
            </Button>
          ))}
          {isVoidable && (
            <button type="button" class="entry-mistake small" onClick={() => setVoiding(true)}>
              Entered by mistake?
            </button>
          )}
        </div>
      )}
      {fault && !asking && <Refused fault={fault} />}
      {asking?.about && (
        <Sheet title={`${amount} given back?`} onClose={() => setAsking(undefined)}>
          <p class="wrap">{asking.about(amount)}</p>
          {fault && <Refused fault={fault} />}
          <Button kind="main" icon={asking.icon} busy={busy} onPress={() => void press(asking)}>
            Yes, {amount} is given back
          </Button>
        </Sheet>
      )}
      {voiding && entry.orderNumber !== null && (
        <VoidSheet entry={entry} number={entry.orderNumber} onClose={() => setVoiding(false)} />
      )}
    </li>
  )
}

function Refused({ fault }: { fault: Fault }) {
  return (
    <p class="field-error small" role="alert">
      {fault.message}
    </p>
  )
}

function VoidSheet({ entry, number, onClose }: { entry: LedgerEntry; number: number; onClose: () => void }) {
  const amount = formatMoney(entry.amountMinor, entry.currency)
  return (
    <ReasonSheet
      number={number}
      title={`${amount} entered by mistake`}
      about={`${amount} no longer counts for #${number}. The line stays here, marked as a mistake, and the customer is told.`}
      label="What was wrong (only staff read it)"
      placeholder="For example: it was for another order"
      draftKey={`void.${entry.id}`}
      button={{ word: `Take ${amount} out of the books`, icon: 'close' }}
      needed="Say what was wrong, so that the books can be understood later."
      ask={(reason, key) => voidPayment(entry.id, reason, key)}
      done={`${amount} does not count any more.`}
      onClose={onClose}
    />
  )
}
