import { findFormerRole, findPerson, saveStaff } from '../../db/people.ts'
import { redrawStaffMessages } from '../../db/staff-notices.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { LANES } from '../notifications/plan.ts'
import { telegramOf } from '../notifications/route.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { MOST_REDRAWN } from './dismiss-staff.ts'
import { requireOwner } from './require-owner.ts'

/** Takes back that a person was removed; they sign in anew. Throws a ShopError: forbidden or not_found. */
export function restoreStaff(work: Work, { personId, actor }: { personId: number; actor: Actor }): void {
  requireOwner(actor)
  const { tx, now } = work
  const role = findFormerRole(tx, personId)
  if (!role) throw new ShopError('not_found', 'This person was not removed from the staff.')
  saveStaff(tx, { personId, role, now })
  redrawStaffMessages(tx, { recipient: telegramOf(personId), limit: MOST_REDRAWN, lane: LANES.bulk, now })
  recordEvent(work, {
    type: 'staff_added',
    orderId: null,
    actor,
    data: { personId, name: findPerson(tx, personId)?.name, role },
  })
}
