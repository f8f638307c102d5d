import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { refundOrder } from '../api/money.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { AmountField, readAmount } from './amount-field.tsx'
import { formatMoney, plainMoney } from './money.ts'
import { linesOf, type Pieces, RestockFields } from './restock-fields.tsx'
import { useCommand } from './use-command.ts'

interface Typed {
  amount: string
  reason: string
  pieces: Pieces
}

/** Goods that have left the shop can come back with a refund; those that have not are only reserved. */
const LEFT: OrderDetail['fulfilment'][] = ['dispatched', 'delivered']

/** How much is given back, why, and what comes back for it. */
export function RefundSheet({ order, onClose }: { order: OrderDetail; onClose: () => void }) {
  const { number, currency, version } = order
  const { refundableMinor } = order.money
  const draft = useDraft<Typed>(`refund.${number}`)
  const { busy, fault, setFault, run } = useCommand(number)
  const typed = draft.value ?? { amount: plainMoney(refundableMinor, currency), reason: '', pieces: {} }
  const read = readAmount(typed.amount, currency, refundableMinor)

  function change(next: Partial<Typed>): void {
    setFault(undefined)
    draft.keep({ ...typed, ...next })
  }

  async function refund(): Promise<void> {
    if (typeof read !== 'number') return setFault({ message: read.fault, field: 'amountMinor' })
    const reason = typed.reason.trim()
    const body = { amountMinor: read, version, restock: linesOf(typed.pieces), ...(reason && { reason }) }
    const isDone = await run({
      what: body,
      ask: (key) => refundOrder(number, body, key),
      done: `${formatMoney(read, currency)} is to be given back for #${number}.`,
    })
    if (!isDone) return
    draft.drop()
    onClose()
  }

  const isOther = fault?.field === 'reason' || fault?.field?.startsWith('restock')
  return (
    <Sheet title={`Give money back for #${number}`} onClose={onClose}>
      <AmountField
        label="Amount to give back"
        value={typed.amount}
        currency={currency}
        all={{ word: 'Everything:', minor: refundableMinor }}
        error={isOther ? undefined : fault?.message}
        hint={wayBack(order)}
        onInput={(amount) => change({ amount })}
      />
      <Field
        label="Reason (only staff read it)"
        value={typed.reason}
        error={fault?.field === 'reason' ? fault.message : undefined}
        placeholder="For example: one cup arrived broken"
        maxLength={300}
        rows={2}
        onInput={(reason) => change({ reason })}
      />
      {LEFT.includes(order.fulfilment) && (
        <RestockFields
          title="Back on the shelf"
          items={order.items}
          pieces={typed.pieces}
          onChange={(pieces) => change({ pieces })}
        />
      )}
      {isOther && fault?.field !== 'reason' && (
        <p class="field-error small" role="alert">
          {fault?.message}
        </p>
      )}
      {order.money.mayRefund && (
        <Button kind="main" icon="undo" busy={busy} onPress={() => void refund()}>
          {typeof read === 'number' ? `Give ${formatMoney(read, currency)} back` : 'Give back'}
        </Button>
      )}
    </Sheet>
  )
}

/** Which way the money goes back, by how it came. */
function wayBack({ money }: OrderDetail): string {
  const came = new Set(
    money.entries.flatMap((one) => (one.kind === 'charge' && one.state === 'applied' ? [one.provider] : [])),
  )
  const ways = [
    came.has('stars') && 'Stars go back by themselves, each payment as a whole.',
    came.has('btcpay') && 'For Bitcoin the customer gets a link to claim it.',
    (came.has('cash') || came.has('transfer')) && 'You hand it over or transfer it, then tick it off here.',
    came.has('telegram') && "Give it back at the card provider's page, then tick it off here.",
  ]
  return ways.filter(Boolean).join(' ')
}
