import { setAnswered } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { refreshAnswerCards } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { findOrderFor } from './take-step.ts'

/** Says that what the customer wrote needs no answer. Throws a ShopError: not_found, or conflict when nothing waits for one. */
export function waiveAnswer(work: Work, { orderId, actor }: { orderId: number; actor: Actor }): void {
  findOrderFor(work, actor, orderId)
  if (!setAnswered(work.tx, orderId))
    throw new ShopError('conflict', `Nobody waits for an answer about order #${orderId} any more.`)
  recordEvent(work, { type: 'answer_waived', orderId, actor })
  refreshAnswerCards(work, orderId)
}
