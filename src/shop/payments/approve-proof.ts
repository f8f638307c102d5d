import type { Reader } from '../../db/database.ts'
import { findEntry } from '../../db/ledger.ts'
import { decideProof, findProof, type PaymentProofRow } from '../../db/payment-proofs.ts'
import { findPerson } from '../../db/people.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { findOrderFor } from '../orders/take-step.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { applyCharge } from './apply-charge.ts'
import { checkAmount } from './check-amount.ts'
import { requireDesk } from './require-desk.ts'
import { storeCharge } from './store-charge.ts'

export interface ApproveProof {
  orderId: number
  proofId: number
  /** What has arrived, in minor units of the order's currency. */
  amountMinor: number
  actor: Actor
}

/**
 * Says that the money of a receipt has arrived: the amount goes into the ledger and counts for the order, or waits for a
 * decision when it does not fit. Throws a ShopError: not_found, forbidden, or conflict when somebody has decided before.
 */
export function approveProof(work: Work, { orderId, proofId, amountMinor, actor }: ApproveProof): void {
  requireDesk(actor)
  checkAmount(amountMinor)
  const order = findOrderFor(work, actor, orderId)
  const proof = findProofOf(work.tx, orderId, proofId)
  if (proof.state === 'approved' && proof.decided_by === actor.id && amountOf(work, proof) === amountMinor)
    return
  checkWaiting(work.tx, proof)
  const chargeId = storeCharge(work, {
    provider: 'transfer',
    reference: `proof:${proofId}`,
    orderId,
    personId: order.person_id,
    amountMinor,
    currency: order.currency,
    orderMinor: amountMinor,
    at: work.now,
    raw: JSON.stringify({ proof: proofId, approvedBy: actor.name }),
  })
  const decision = { state: 'approved', chargeId, reason: null, decidedBy: actor.id, now: work.now } as const
  if (!decideProof(work.tx, { id: proof.id, ...decision })) throw decidedBefore(work.tx, proof)
  recordEvent(work, { type: 'proof_approved', orderId, actor, data: { proofId, chargeId, amountMinor } })
  applyCharge(work, chargeId, actor)
}

/** A receipt of this order. Throws a ShopError not_found. */
export function findProofOf(db: Reader, orderId: number, proofId: number): PaymentProofRow {
  const proof = findProof(db, proofId)
  if (proof?.order_id === orderId) return proof
  throw new ShopError('not_found', `Order #${orderId} has no such receipt.`)
}

/** Throws a ShopError conflict that says who has decided, if somebody has. */
export function checkWaiting(db: Reader, proof: PaymentProofRow): void {
  if (proof.state !== 'waiting') throw decidedBefore(db, proof)
}

function amountOf({ tx }: Work, { charge_id: chargeId }: PaymentProofRow): number | undefined {
  return chargeId === null ? undefined : findEntry(tx, chargeId)?.amount_minor
}

function decidedBefore(db: Reader, proof: PaymentProofRow): ShopError {
  const who = proof.decided_by === null ? undefined : findPerson(db, proof.decided_by)
  return new ShopError('conflict', `${who?.name ?? 'Somebody'} has ${proof.state} this receipt already.`)
}
