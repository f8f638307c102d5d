import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { approveProof, rejectProof } from '../api/money.ts'
import { Button } from '../parts/button.tsx'
import { useDraft } from '../parts/draft.ts'
import { Field } from '../parts/field.tsx'
import { AmountField, readAmount } from './amount-field.tsx'
import { formatMoney, plainMoney } from './money.ts'
import { amountButton, Surplus } from './surplus.tsx'
import { useCommand } from './use-command.ts'

const REASONS = [
  'The money has not arrived on our account.',
  'The amount does not match.',
  'The picture cannot be read.',
  'It is for another payment.',
]

interface ApproveFormProps {
  order: OrderDetail
  proofId: number
  onReject: () => void
  onClose: () => void
}

/** How much has arrived by this receipt. */
export function ApproveForm({ order, proofId, onReject, onClose }: ApproveFormProps) {
  const { number, currency } = order
  const { dueMinor } = order.money
  const draft = useDraft<string>(`approve.${proofId}`)
  const { busy, fault, setFault, run } = useCommand(number)
  const amount = draft.value ?? (dueMinor > 0 ? plainMoney(dueMinor, currency) : '')
  const read = readAmount(amount, currency)
  const asked = { read, dueMinor, currency }

  async function approve(): Promise<void> {
    if (typeof read !== 'number') return setFault({ message: read.fault, field: 'amountMinor' })
    const isDone = await run({
      what: ['approve', read],
      ask: (key) => approveProof({ number, proofId }, read, key),
      done: `${formatMoney(read, currency)} approved for #${number}.`,
    })
    if (!isDone) return
    draft.drop()
    onClose()
  }

  return (
    <>
      <AmountField
        label="Amount that arrived"
        value={amount}
        currency={currency}
        error={fault?.message}
        all={{ word: 'All that is due:', minor: dueMinor }}
        onInput={(value) => {
          setFault(undefined)
          draft.keep(value)
        }}
      />
      <Surplus {...asked} />
      <div class="proof-choices">
        <Button disabled={busy} onPress={onReject}>
          Reject
        </Button>
        <Button kind="main" icon="check" busy={busy} onPress={() => void approve()}>
          {amountButton('Approve', asked)}
        </Button>
      </div>
    </>
  )
}

interface RejectFormProps {
  number: number
  proofId: number
  onBack: () => void
  onClose: () => void
}

/** Why a receipt is not accepted, so that the customer can put it right. */
export function RejectForm({ number, proofId, onBack, onClose }: RejectFormProps) {
  const draft = useDraft<string>(`reject.${proofId}`)
  const { busy, fault, setFault, run } = useCommand(number)
  const reason = draft.value ?? ''

  function write(value: string): void {
    setFault(undefined)
    draft.keep(value)
  }

  async function reject(): Promise<void> {
    if (!reason.trim()) {
      return setFault({ message: 'Say why, so that the customer can put it right.', field: 'reason' })
    }
    const isDone = await run({
      what: ['reject', reason.trim()],
      ask: (key) => rejectProof({ number, proofId }, reason.trim(), key),
      done: 'Rejected. The customer is told why.',
    })
    if (!isDone) return
    draft.drop()
    onClose()
  }

  return (
    <>
      <Field
        label="Reason (the customer reads it)"
        value={reason}
        error={fault?.message}
        maxLength={300}
        rows={2}
        onInput={write}
      />
      <div class="proof-reasons">
        {REASONS.map((one) => (
          <button
            key={one}
            type="button"
            class="amount-all small"
            aria-pressed={reason === one}
            onClick={() => write(one)}
          >
            {one}
          </button>
        ))}
      </div>
      <div class="proof-choices">
        <Button disabled={busy} onPress={onBack}>
          Back
        </Button>
        <Button kind="danger" icon="close" busy={busy} onPress={() => void reject()}>
          Reject the receipt
        </Button>
      </div>
    </>
  )
}
