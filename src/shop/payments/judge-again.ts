import { changeEntry, listEntriesOfOrder } from '../../db/ledger.ts'
import { findOrder, setNeedsReview } from '../../db/orders.ts'
import type { Work } from '../work.ts'
import { announceMoneyMatter, MONEY_WAITS } from './announce-money-matter.ts'
import { countCharge, isInParts, payerOf } from './apply-charge.ts'
import { moneyOf } from './order-money.ts'
import { judgeCharge } from './payment-state.ts'
import { markLeft } from './refundable.ts'

/**
 * Judges the money that waits for a decision once more, because its order is not what it was: what fits now counts, and
 * what does not waits for the reason that holds now. Nobody is told of that twice.
 */
export function judgeAgain(work: Work, orderId: number): void {
  for (const charge of listEntriesOfOrder(work.tx, orderId)) {
    const order = findOrder(work.tx, orderId)
    if (!order || charge.kind !== 'charge' || charge.state !== 'open' || charge.trouble === null) continue
    const adds = isInParts(charge)
    const { applies, trouble } = judgeCharge({ orderMinor: charge.order_minor, adds }, moneyOf(order))
    changeEntry(work.tx, charge, { state: applies ? 'applied' : 'open', trouble, now: work.now })
    if (!applies) continue
    countCharge(work, order, charge, payerOf(work, charge))
    if (trouble) announceMoneyMatter(work, { ...charge, state: 'applied', trouble })
  }
  markWaiting(work, orderId)
}

/** Marks the order for its money exactly while that waits for a decision; another mark stays. */
function markWaiting(work: Work, orderId: number): void {
  const order = findOrder(work.tx, orderId)
  if (!order) return
  const reason = markLeft(work.tx, { ...order, needs_review: order.needs_review ?? MONEY_WAITS })
  if (reason !== order.needs_review) setNeedsReview(work.tx, { id: orderId, reason, now: work.now })
}
