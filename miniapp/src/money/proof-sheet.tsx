import { useState } from 'preact/hooks'
import type { PaymentProof } from '../../../src/http/contract/money.ts'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { Icon } from '../parts/icon.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { currentToken } from '../session/session.ts'
import { me } from '../session/shop.ts'
import { ApproveForm, RejectForm } from './proof-forms.tsx'
import { proofState } from './proof-state.ts'
import { StateLine } from './state-line.tsx'
import { useProofFile } from './use-proof-file.ts'
import { Warning } from './warning.tsx'

interface ProofSheetProps {
  proof: PaymentProof
  order: OrderDetail
  onClose: () => void
}

/** A receipt, large, and what is decided about it. */
export function ProofSheet({ proof, order, onClose }: ProofSheetProps) {
  const [rejecting, setRejecting] = useState(false)
  const mayDecide = me().role !== 'packer' && proof.state === 'waiting'
  return (
    <Sheet title={`Receipt for #${order.number}`} onClose={onClose}>
      <File proof={proof} number={order.number} />
      {proof.words && <p class="wrap">“{proof.words}”</p>}
      {proof.sentBeforeFor !== null && <SentBefore at={proof.sentBeforeFor} number={order.number} />}
      {!mayDecide && <StateLine state={proofState(proof, order.currency)} />}
      {proof.reason && <p class="wrap">Reason: {proof.reason}</p>}
      {mayDecide &&
        (rejecting ? (
          <RejectForm
            number={order.number}
            proofId={proof.id}
            onBack={() => setRejecting(false)}
            onClose={onClose}
          />
        ) : (
          <ApproveForm
            order={order}
            proofId={proof.id}
            onReject={() => setRejecting(true)}
            onClose={onClose}
          />
        ))}
    </Sheet>
  )
}

function File({ proof, number }: { proof: PaymentProof; number: number }) {
  const { url, problem } = useProofFile(number, proof.id)
  if (problem) {
    return (
      <div class="proof-file">
        <p class="hint" role="alert">
          {problem}
        </p>
      </div>
    )
  }
  if (proof.kind === 'photo') return <Photo url={url} number={number} />
  return (
    <>
      <div class="proof-file">
        {url ? (
          <a class="proof-pdf" href={url} target="_blank" rel="noreferrer">
            <Icon name="note" />
            Open the PDF
          </a>
        ) : (
          <p>The PDF is on its way…</p>
        )}
      </div>
      {/* On phones Telegram opens no second page with a file in it. */}
      {currentToken() !== undefined && (
        <p class="small hint">If nothing opens here, press “See the receipt” under the bot's message.</p>
      )}
    </>
  )
}

/** A press shows it as wide as the sheet, to read what is small. */
function Photo({ url, number }: { url: string | undefined; number: number }) {
  const [large, setLarge] = useState(false)
  return (
    <button
      type="button"
      class={large ? 'proof-file proof-large' : 'proof-file'}
      aria-pressed={large}
      onClick={() => setLarge(!large)}
    >
      {url && <img src={url} alt={`The receipt for order #${number}`} />}
    </button>
  )
}

function SentBefore({ at, number }: { at: number; number: number }) {
  return (
    <Warning>
      {at === number
        ? 'This very receipt was sent for this order before.'
        : `This very receipt was sent before, for order #${at}. It may be used twice.`}
    </Warning>
  )
}
