import { findReview, saveReview } from '../../db/reviews.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planForStaff } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { findOrderFor } from './take-step.ts'

const MAX_WORDS = 1000

/** Keeps what a customer says about a delivered order of theirs; said again, it replaces the first. */
export function reviewOrder(
  work: Work,
  review: { actor: Actor & { id: number }; orderId: number; rating: number; words?: string | undefined },
): void {
  const order = findOrderFor(work, review.actor, review.orderId)
  if (order.fulfilment !== 'delivered')
    throw new ShopError('conflict', 'An order can be rated once it has arrived.')
  if (!Number.isInteger(review.rating) || review.rating < 1 || review.rating > 5) {
    throw new ShopError('invalid', 'Please choose one to five stars.')
  }
  const words = cleanText(review.words ?? '') || null
  if (words && words.length > MAX_WORDS)
    throw new ShopError('invalid', `Please use at most ${MAX_WORDS} characters.`)
  const before = findReview(work.tx, order.id)
  if (before?.rating === review.rating && (words ?? before.words) === before.words) return
  saveReview(work.tx, {
    orderId: order.id,
    personId: review.actor.id,
    rating: review.rating,
    words,
    now: work.now,
  })
  const event = { type: 'reviewed', actor: review.actor }
  const data = { rating: review.rating, ...(words && { words }) }
  const id = recordEvent(work, { ...event, orderId: order.id, data })
  planForStaff(work, { ...event, id }, { order })
}
