import { useState } from 'preact/hooks'
import type { PaymentProof } from '../../../src/http/contract/money.ts'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { Icon } from '../parts/icon.tsx'
import { Ago } from '../parts/when.tsx'
import { ProofSheet } from './proof-sheet.tsx'
import { proofState } from './proof-state.ts'
import { StateLine } from './state-line.tsx'
import { useProofFile } from './use-proof-file.ts'
import './proof-line.css'

/** A receipt the customer has sent; pressing it opens it large, with the decision beside it. */
export function ProofLine({ proof, order }: { proof: PaymentProof; order: OrderDetail }) {
  const [open, setOpen] = useState(false)
  return (
    <li data-proof={proof.id} data-state={proof.state}>
      <button type="button" class="line proof" onClick={() => setOpen(true)}>
        <Thumbnail proof={proof} number={order.number} />
        <span class="line-words proof-words">
          <span>Sent as a receipt{proof.kind === 'pdf' && ', PDF'}</span>
          <StateLine state={proofState(proof, order.currency)} />
          <Ago at={proof.sentAt} />
        </span>
        <Icon name="next" />
      </button>
      {open && <ProofSheet proof={proof} order={order} onClose={() => setOpen(false)} />}
    </li>
  )
}

function Thumbnail({ proof, number }: { proof: PaymentProof; number: number }) {
  const { url } = useProofFile(number, proof.id, proof.kind === 'photo')
  if (url) return <img class="picture" src={url} alt="" width={56} height={56} />
  return (
    <span class="picture picture-none">
      <Icon name={proof.kind === 'pdf' ? 'note' : 'photo'} />
    </span>
  )
}
