import { findEntry } from '../../db/ledger.ts'
import { newKey } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Work } from '../work.ts'
import { announceRefundByHand } from './announce-money-matter.ts'
import { changeRefund, findRefundFor, type RefundCommand } from './change-refund.ts'
import { leftOfCharge } from './refundable.ts'

/** Has the provider asked once more for a refund that failed. Throws a ShopError: not_found, forbidden, or conflict. */
export function retryRefund(work: Work, command: RefundCommand): void {
  const refund = findRefundFor(work, command, 'retry_refund', 'refund_retried')
  if (!refund) return
  checkLeft(work, refund)
  const { actor, requestKey } = command
  const change = { state: 'wanted', checkAt: work.now, attempts: 0, now: work.now } as const
  changeRefund(work, refund, change, { type: 'refund_retried', actor, requestKey })
}

/** Leaves it to the people of the shop to pay a refund. Throws a ShopError: not_found, forbidden, or conflict. */
export function refundByHand(work: Work, command: RefundCommand): void {
  const refund = findRefundFor(work, command, 'refund_by_hand', 'refund_by_hand')
  if (!refund) return
  if (refund.state === 'failed') checkLeft(work, refund)
  const { actor, requestKey } = command
  // Paid by hand, it is not the provider's any more: whoever claims it there all the same is found by the daily check.
  const own = refund.state === 'offered' && { reference: `refund:${newKey()}`, link: null }
  const change = { state: 'by_hand', checkAt: null, ...own, now: work.now } as const
  changeRefund(work, refund, change, { type: 'refund_by_hand', actor, requestKey })
  announceRefundByHand(work, { id: refund.id, orderId: refund.order_id }, work.now)
}

/** A refund that failed is no longer counted: the money may have been given back another way since. */
function checkLeft(work: Work, refund: { charge_id: number | null; amount_minor: number }): void {
  const charge = refund.charge_id === null ? undefined : findEntry(work.tx, refund.charge_id)
  if (charge && leftOfCharge(work.tx, charge).amountMinor >= refund.amount_minor) return
  throw new ShopError('conflict', 'This money has been given back another way meanwhile. Call this one off.')
}
