import { extendPaymentTime } from '../../db/orders.ts'
import { decideProof } from '../../db/payment-proofs.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planNotices } from '../notifications/plan.ts'
import { findOrderFor } from '../orders/take-step.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { checkWaiting, findProofOf } from './approve-proof.ts'
import { windowOf } from './provider.ts'
import { requireDesk } from './require-desk.ts'

export interface RejectProof {
  orderId: number
  proofId: number
  /** Why, as the customer reads it. */
  reason: string
  actor: Actor
}

const MAX_REASON = 300

/**
 * Refuses a receipt. The customer is told why, and has the usual time to pay once more. Throws a ShopError: not_found,
 * forbidden, invalid, or conflict when somebody has decided before.
 */
export function rejectProof(work: Work, { orderId, proofId, reason, actor }: RejectProof): void {
  requireDesk(actor)
  const order = findOrderFor(work, actor, orderId)
  const proof = findProofOf(work.tx, orderId, proofId)
  const words = cleanText(reason)
  if (!words || words.length > MAX_REASON) throw badReason(words)
  if (proof.state === 'rejected' && proof.decided_by === actor.id && proof.reason === words) return
  checkWaiting(work.tx, proof)
  const decision = { state: 'rejected', chargeId: null, decidedBy: actor.id, now: work.now } as const
  decideProof(work.tx, { id: proof.id, reason: words, ...decision })
  const windowMs = windowOf(work.providers, order.payment_method)
  if (order.stage === 'unpaid') extendPaymentTime(work.tx, { id: orderId, expiresAt: work.now + windowMs })
  const event = { type: 'proof_rejected', actor }
  const id = recordEvent(work, { ...event, orderId, data: { proofId, reason: words } })
  planNotices(work, { ...event, id }, order, work.now)
}

function badReason(words: string): ShopError {
  const message = words
    ? `Please use at most ${MAX_REASON} characters.`
    : 'Say why, so that the customer can put it right.'
  return new ShopError('invalid', message, { field: 'reason' })
}
