import { useState } from 'preact/hooks'
import type { LedgerEntry } from '../../../src/http/contract/money.ts'
import { settleMatter } from '../api/money.ts'
import { Button } from '../parts/button.tsx'
import { Ago } from '../parts/when.tsx'
import { AssignMoneySheet } from './assign-money-sheet.tsx'
import { Banner, OrderLink } from './banner.tsx'
import { PROVIDERS, troubleOf } from './ledger-words.ts'
import { amountOf, CHOICES, type MatterChoice } from './matter-choices.ts'
import { formatMoney } from './money.ts'
import { ReasonSheet } from './reason-sheet.tsx'

interface MatterBannerProps {
  entry: LedgerEntry
  /** On a page about many orders it says for which it is. */
  showOrder?: boolean
  onChanged?: () => void
}

/** Money that fits nowhere by itself, and what can be done with it. */
export function MatterBanner({ entry, showOrder = false, onChanged }: MatterBannerProps) {
  const [open, setOpen] = useState<MatterChoice>()
  const sheet = { entry, onClose: () => setOpen(undefined), onDone: onChanged }
  const isNowhere = open?.action === 'apply' && entry.orderNumber === null
  return (
    <>
      <Banner
        amount={amountOf(entry)}
        why={troubleOf(entry) ?? 'It waits for a decision.'}
        about={
          <>
            {showOrder && entry.orderNumber !== null && (
              <>
                <OrderLink number={entry.orderNumber} customerName={entry.customerName} />
                {' · '}
              </>
            )}
            {wayOf(entry)} · <Ago at={entry.at} />
          </>
        }
        data={entry.id}
      >
        {CHOICES.filter(({ action }) => entry.actions.includes(action)).map((choice) => (
          <Button key={choice.action} icon={choice.icon} onPress={() => setOpen(choice)}>
            {choice.word(entry)}
          </Button>
        ))}
      </Banner>
      {isNowhere ? <AssignMoneySheet {...sheet} /> : open && <ChoiceSheet {...sheet} choice={open} />}
    </>
  )
}

// "Bitcoin", or "Bitcoin, €30.00" where only a part of it is to be decided about.
function wayOf({ provider, undecided, amountMinor, currency }: LedgerEntry): string {
  const isPart = undecided && undecided.amountMinor !== amountMinor
  return isPart ? `${PROVIDERS[provider]}, ${formatMoney(amountMinor, currency)}` : PROVIDERS[provider]
}

interface ChoiceSheetProps {
  entry: LedgerEntry
  choice: MatterChoice
  onClose: () => void
  onDone: (() => void) | undefined
}

function ChoiceSheet({ entry, choice, onClose, onDone }: ChoiceSheetProps) {
  const { decision, icon } = choice
  return (
    <ReasonSheet
      number={entry.orderNumber}
      title={`${amountOf(entry)} from ${entry.customerName ?? 'somebody'}`}
      about={choice.about(entry)}
      label="Note (only staff read it)"
      placeholder="Why this was decided"
      draftKey={`matter.${entry.id}`}
      button={{ word: choice.word(entry), icon, kind: decision === 'apply' ? 'main' : 'danger' }}
      ask={(words, key) => settleMatter(entry.id, { decision, ...(words && { words }) }, key)}
      done={choice.done}
      onClose={onClose}
      onDone={onDone}
    />
  )
}
