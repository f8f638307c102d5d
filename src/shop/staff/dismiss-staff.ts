import { findStaff, hasOtherOwner, removeStaff } from '../../db/people.ts'
import { dropStaffNotices, redrawStaffMessages } from '../../db/staff-notices.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { LANES } from '../notifications/plan.ts'
import { telegramOf } from '../notifications/route.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { requireOwner } from './require-owner.ts'
import { revokeSessions } from './sessions.ts'

/** How many of a person's newest messages are emptied, or filled again. */
export const MOST_REDRAWN = 1_000

/**
 * Takes a person's role: they are signed out everywhere, hear nothing more, and what they were sent is emptied of the
 * customers' data. Throws a ShopError: forbidden, not_found, or conflict for the last owner.
 */
export function dismissStaff(work: Work, { personId, actor }: { personId: number; actor: Actor }): void {
  requireOwner(actor)
  const { tx, now } = work
  const member = findStaff(tx, personId)
  if (!member) throw new ShopError('not_found', 'This person is not one of the staff.')
  if (!hasOtherOwner(tx, personId)) {
    throw new ShopError('conflict', `${member.name} is the only owner. Make somebody else an owner first.`)
  }
  removeStaff(tx, personId)
  revokeSessions(work, personId)
  dropStaffNotices(tx, { personId, reason: 'no longer staff', now })
  redrawStaffMessages(tx, { recipient: telegramOf(personId), limit: MOST_REDRAWN, lane: LANES.bulk, now })
  recordEvent(work, {
    type: 'staff_removed',
    orderId: null,
    actor,
    data: { personId, name: member.name, role: member.role },
  })
}
