import { setNeedsReview } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { refreshOrderCards } from '../notifications/plan.ts'
import { MONEY_WAITS } from '../payments/announce-money-matter.ts'
import { markLeft } from '../payments/refundable.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { findOrderFor } from './take-step.ts'

const MAX_WORDS = 300

/**
 * Takes off the mark that an order needs a look, and keeps what it was and what was done about it. Throws a ShopError:
 * not_found, forbidden, invalid, or conflict when there is no mark, or money
 * waits for a decision of its own.
 */
export function clearReview(
  work: Work,
  { orderId, actor, words = '' }: { orderId: number; actor: Actor; words?: string | undefined },
): void {
  const order = findOrderFor(work, actor, orderId)
  if (actor.role !== 'owner' && actor.role !== 'manager')
    throw new ShopError('forbidden', 'Only owners and managers can say that this is done.')
  if (!order.needs_review) throw new ShopError('conflict', `Order #${orderId} needs no look any more.`)
  // Money that waits, too, was behind the mark.
  const reason = markLeft(work.tx, { ...order, needs_review: MONEY_WAITS })
  if (order.needs_review === reason) throw new ShopError('conflict', 'Say first what becomes of the money.')
  const said = cleanText(words)
  if (said.length > MAX_WORDS)
    throw new ShopError('invalid', `Please use at most ${MAX_WORDS} characters.`, { field: 'words' })
  setNeedsReview(work.tx, { id: orderId, reason, now: work.now })
  const data = { was: order.needs_review, ...(said && { words: said }) }
  recordEvent(work, { type: 'review_cleared', orderId, actor, data })
  refreshOrderCards(work, orderId, work.now)
}
