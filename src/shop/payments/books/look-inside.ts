import {
  type FoundDifference,
  listOrdersAfter,
  listProofsAfter,
  listRefundedAfter,
  listStaleCharges,
  listUnclaimed,
} from '../../../db/books.ts'
import type { Reader } from '../../../db/database.ts'
import { findEntry, type LedgerRow, listMoneyMatters } from '../../../db/ledger.ts'
import type { PaymentProofRow } from '../../../db/payment-proofs.ts'
import { formatMoney } from '../../../lib/money.ts'
import { aboutEntry, amountOf, INSIDE } from './difference.ts'
import { lookAtOrder } from './look-at-order.ts'
import { pagesOf } from './pages.ts'

const DAY_MS = 86_400_000
const APPLY_MS = 5 * 60_000
const DECIDE_MS = DAY_MS
const PAY_BACK_MS = 3 * DAY_MS
/** More than this many of a kind are one trouble, not that many. */
const MOST = 1_000

/** What does not fit, and how many rows were looked at. */
export interface Findings {
  found: FoundDifference[]
  rows: number
}

/** Compares every order, charge, refund and receipt of the shop with the others, a page at a time. */
export function* lookInside(db: Reader, { now }: { now: number }): Generator<Findings, void, void> {
  yield { found: lookAtWaiting(db, now), rows: 0 }
  const orders = pagesOf({
    start: 0,
    read: (after, limit) => listOrdersAfter(db, { after, limit }),
    positionOf: ({ id }) => id,
  })
  yield* findingsIn(orders, (order) => lookAtOrder(db, order, now))
  const refunded = pagesOf({
    start: 0,
    read: (after, limit) => listRefundedAfter(db, { after, limit }),
    positionOf: ({ chargeId }) => chargeId,
  })
  yield* findingsIn(refunded, (row) => lookAtRefunds(db, row))
  const proofs = pagesOf({
    start: 0,
    read: (after, limit) => listProofsAfter(db, { after, limit }),
    positionOf: ({ id }) => id,
  })
  yield* findingsIn(proofs, lookAtProof)
}

function* findingsIn<R>(
  pages: Iterable<R[]>,
  look: (row: R) => FoundDifference[],
): Generator<Findings, void, void> {
  for (const rows of pages) yield { found: rows.flatMap(look), rows: rows.length }
}

/** Money that somebody or something should have moved on by now. */
function lookAtWaiting(db: Reader, now: number): FoundDifference[] {
  const stuck = listStaleCharges(db, now - APPLY_MS, MOST).map((entry) =>
    aboutEntry(entry, { kind: 'not_applied', words: `${amountOf(entry)} came in and was never looked at.` }),
  )
  const unclaimed = listUnclaimed(db, now - PAY_BACK_MS, MOST).map((entry) => {
    const words = `${amountOf(entry)} (${orderIn(entry)}) was offered to the customer more than three days ago, and nobody has claimed it. End the offer at the provider to give it back another way.`
    return aboutEntry(entry, { kind: 'refund_unclaimed', words })
  })
  return [...stuck, ...unclaimed, ...listMoneyMatters(db, MOST).flatMap((entry) => lookAtMatter(entry, now))]
}

function orderIn(entry: LedgerRow): string {
  return entry.order_id === null ? 'nobody knows for which order' : `for order #${entry.order_id}`
}

function lookAtMatter(entry: LedgerRow, now: number): FoundDifference[] {
  const about = orderIn(entry)
  const waits = now - entry.updated_at
  if (entry.kind === 'charge' && waits > DECIDE_MS) {
    const words = `${amountOf(entry)} came in (${about}) and has waited for a decision for more than a day.`
    return [aboutEntry(entry, { kind: 'money_without_order', words })]
  }
  if (entry.kind === 'refund' && waits > PAY_BACK_MS) {
    const words = `${amountOf(entry)} (${about}) was to be given back more than three days ago.`
    return [aboutEntry(entry, { kind: 'refund_waits', words })]
  }
  return []
}

function lookAtRefunds(
  db: Reader,
  { chargeId, amount }: { chargeId: number; amount: number },
): FoundDifference[] {
  const charge = findEntry(db, chargeId)
  if (!charge || amount <= charge.amount_minor) return []
  const words = `${formatMoney(amount, charge.currency)} is given back of a charge of ${amountOf(charge)}.`
  return [aboutEntry(charge, { kind: 'refund_above', words })]
}

function lookAtProof(proof: PaymentProofRow): FoundDifference[] {
  if (proof.state !== 'approved' || proof.charge_id !== null) return []
  const kind = 'proof_without_charge'
  const words = `A receipt for order #${proof.order_id} was approved, but no money was written down for it.`
  const key = `${INSIDE}:${kind}:${proof.id}`
  return [{ key, kind, words, orderId: proof.order_id, ledgerId: null, provider: 'transfer' }]
}
