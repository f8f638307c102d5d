import type { PaymentProof } from '../../../src/http/contract/money.ts'
import type { State } from './ledger-words.ts'
import { formatMoney } from './money.ts'

/** What became of a receipt, with who decided. */
export function proofState(proof: PaymentProof, currency: string): State {
  const { state, amountMinor, decidedBy } = proof
  const by = decidedBy ? ` by ${decidedBy}` : ''
  if (state === 'waiting') return { tone: 'waits', icon: 'eye', word: 'Please look at it' }
  if (state === 'rejected') return { tone: 'over', icon: 'close', word: `Rejected${by}` }
  const amount = amountMinor === null ? '' : ` ${formatMoney(amountMinor, currency)}`
  return { tone: 'good', icon: 'check', word: `Approved${amount}${by}` }
}
