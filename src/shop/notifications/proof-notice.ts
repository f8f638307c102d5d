import { findEntry } from '../../db/ledger.ts'
import { findProof, findSameProofBefore, type PaymentProofRow } from '../../db/payment-proofs.ts'
import { findPerson } from '../../db/people.ts'
import { moneyOf } from '../payments/order-money.ts'
import { dueOf } from '../payments/payment-state.ts'
import type { NoticeFacts } from './facts.ts'
import type { NoticeButton, NoticeMessage, ProofDecision } from './message.ts'
import { openPanel } from './staff-card.ts'
import { clockTime, money, paragraph } from './words.ts'

/** A customer's receipt: what it should pay, and what can be decided, or who has decided what. */
export function paymentProof(facts: NoticeFacts): NoticeMessage {
  const { order, say, db, data } = facts
  const proof = findProof(db, Number(data.proofId ?? 0))
  const before = proof && findSameProofBefore(db, proof)
  const html = paragraph(
    say('staff_payment_proof', {
      customer: order.customer_name,
      number: String(order.id),
      total: money(facts, order.total_minor),
    }),
    proof?.words && say('staff_quote', { words: proof.words }),
    before && say('staff_payment_proof-again', { number: String(before.order_id) }),
    proof && standing(facts, proof),
  )
  return { html, buttons: [...buttons(facts, proof), [openPanel(facts)]], silent: false }
}

function standing(facts: NoticeFacts, proof: PaymentProofRow): string {
  const { order, say, db } = facts
  if (proof.state === 'waiting')
    return say('staff_payment_proof-due', { due: money(facts, dueOf(moneyOf(order))) })
  const charge = proof.charge_id === null ? undefined : findEntry(db, proof.charge_id)
  return say(`staff_payment_proof-${proof.state}`, {
    who: proof.decided_by === null ? '' : (findPerson(db, proof.decided_by)?.name ?? ''),
    time: clockTime(facts, proof.decided_at ?? 0),
    amount: money(facts, charge?.order_minor ?? 0),
    reason: proof.reason ?? '',
  })
}

function buttons({ say, reader }: NoticeFacts, proof: PaymentProofRow | undefined): NoticeButton[][] {
  if (!proof) return []
  const decide = (decision: ProofDecision): NoticeButton => ({
    label: say(`button-proof-${decision}`),
    action: 'decide_proof',
    proofId: proof.id,
    decision,
  })
  const mayDecide = proof.state === 'waiting' && reader.role !== 'packer'
  return mayDecide ? [[decide('show')], [decide('approve'), decide('reject')]] : [[decide('show')]]
}
