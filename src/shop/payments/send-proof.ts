import { addProof, findProof, findSameProofBefore, listProofsOfOrder } from '../../db/payment-proofs.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planNotices } from '../notifications/plan.ts'
import { findOrderFor } from '../orders/take-step.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { takesReceipt } from './awaits-receipt.ts'
import type { ProofFile } from './proof-files.ts'

export interface SendProof extends ProofFile {
  orderId: number
  /** What Telegram calls the file, wherever it is sent. */
  uniqueId: string
  words?: string | undefined
  actor: Actor
}

/** More than anybody needs, and less than fills a disk. */
const MOST_WAITING = 10
const MAX_WORDS = 500

/**
 * Takes a customer's receipt of a bank transfer, whose file is kept already, and tells staff. Throws a ShopError:
 * not_found, or conflict when the order needs none.
 */
export function sendProof(work: Work, sent: SendProof): void {
  const { orderId, actor, file, kind, uniqueId } = sent
  const order = findOrderFor(work, actor, orderId)
  if (!takesReceipt(order, work.now))
    throw new ShopError('conflict', `Order #${orderId} needs no receipt any more.`)
  const waiting = listProofsOfOrder(work.tx, orderId).filter((proof) => proof.state === 'waiting')
  if (waiting.length >= MOST_WAITING)
    throw new ShopError(
      'conflict',
      `The shop has ${MOST_WAITING} receipts for order #${orderId} to look at already.`,
    )
  const words = cleanText(sent.words ?? '').slice(0, MAX_WORDS) || null
  const proofId = addProof(work.tx, { orderId, file, kind, uniqueId, words, now: work.now })
  const proof = findProof(work.tx, proofId)
  const sentBeforeFor = proof && findSameProofBefore(work.tx, proof)?.order_id
  const event = { type: 'payment_proof', actor }
  const data = { proofId, kind, ...(sentBeforeFor !== undefined && { sentBeforeFor }) }
  const id = recordEvent(work, { ...event, orderId, data })
  planNotices(work, { ...event, id }, order, work.now)
}
