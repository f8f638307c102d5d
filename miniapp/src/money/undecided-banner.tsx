import { useState } from 'preact/hooks'
import { settleOrderMoney } from '../api/money.ts'
import { Button } from '../parts/button.tsx'
import { Banner, OrderLink } from './banner.tsx'
import { formatMoney } from './money.ts'
import { ReasonSheet } from './reason-sheet.tsx'

interface UndecidedBannerProps {
  number: number
  /** Said on a page about many orders. */
  customerName?: string
  amountMinor: number
  currency: string
  actions: ('refund' | 'keep')[]
  onChanged?: () => void
}

/** Money of an order that was cancelled with the question left open. */
export function UndecidedBanner(props: UndecidedBannerProps) {
  const { number, customerName, amountMinor, currency, actions, onChanged } = props
  const [open, setOpen] = useState<'refund' | 'keep'>()
  const amount = formatMoney(amountMinor, currency)
  return (
    <>
      <Banner
        amount={amount}
        why="The order is cancelled, and its money is still here."
        about={customerName !== undefined && <OrderLink number={number} customerName={customerName} />}
        data={`order-${number}`}
      >
        {actions.includes('refund') && (
          <Button icon="undo" onPress={() => setOpen('refund')}>
            Give it back
          </Button>
        )}
        {actions.includes('keep') && (
          <Button icon="coins" onPress={() => setOpen('keep')}>
            Keep it
          </Button>
        )}
      </Banner>
      {open && (
        <ReasonSheet
          number={number}
          title={`${amount} of #${number}`}
          {...wordsOf(open, amount)}
          draftKey={`undecided.${number}`}
          ask={(words, key) => settleOrderMoney(number, { decision: open, ...(words && { words }) }, key)}
          onClose={() => setOpen(undefined)}
          onDone={onChanged}
        />
      )}
    </>
  )
}

function wordsOf(decision: 'refund' | 'keep', amount: string) {
  if (decision === 'refund') {
    return {
      about: `The customer gets ${amount} back, and is told.`,
      label: 'Reason (only staff read it)',
      placeholder: 'For example: we are sorry that it took so long',
      button: { word: `Give ${amount} back`, icon: 'undo' as const },
      done: `${amount} is to be given back.`,
    }
  }
  return {
    about: `${amount} stays with the shop, and the customer is told.`,
    label: 'Note (only staff read it)',
    placeholder: 'Why it is kept',
    button: { word: `Keep ${amount}`, icon: 'coins' as const },
    done: `${amount} is kept.`,
  }
}
