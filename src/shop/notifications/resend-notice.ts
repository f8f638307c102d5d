import { findNotice, reviveNotice } from '../../db/notices.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

/** Puts a dead letter of an order back into the outbox. Throws a ShopError: not_found, or conflict when it is not dead. */
export function resendNotice(work: Work, command: { noticeId: number; orderId: number; actor: Actor }): void {
  const notice = findNotice(work.tx, command.noticeId)
  if (notice?.order_id !== command.orderId) throw new ShopError('not_found', 'There is no such notice.')
  if (!reviveNotice(work.tx, { id: notice.id, now: work.now })) {
    throw new ShopError('conflict', 'This notice is not waiting to be sent again.')
  }
  recordEvent(work, {
    type: 'notice_resent',
    orderId: command.orderId,
    actor: command.actor,
    data: { kind: notice.kind },
  })
}
