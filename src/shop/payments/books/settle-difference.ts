import { findDifference, settleOpenDifference } from '../../../db/books.ts'
import { ShopError } from '../../../lib/shop-error.ts'
import { recordEvent } from '../../record-event.ts'
import type { Actor, Work } from '../../work.ts'

/** A person has looked at a difference of the books and says that it is fine. It is not brought up again. */
export function settleDifference(work: Work, { id, actor }: { id: number; actor: Actor }): void {
  if (actor.id === null) throw new ShopError('forbidden', 'Only a person can settle a difference.')
  const difference = findDifference(work.tx, id)
  if (!difference) throw new ShopError('not_found', 'There is no such difference.')
  if (!settleOpenDifference(work.tx, { id, by: actor.id, now: work.now })) {
    throw new ShopError('conflict', 'This difference is settled already, or has gone away by itself.')
  }
  const data = { words: difference.words }
  recordEvent(work, { type: 'difference_settled', orderId: difference.order_id, actor, data })
}
