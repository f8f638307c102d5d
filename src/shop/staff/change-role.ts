import { findStaff, hasOtherOwner, saveStaff } from '../../db/people.ts'
import type { Role } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { requireOwner } from './require-owner.ts'

/** Gives a member of staff another role. Throws a ShopError: forbidden, not_found, or conflict for the last owner. */
export function changeRole(
  work: Work,
  { personId, role, actor }: { personId: number; role: Role; actor: Actor },
): void {
  requireOwner(actor)
  const member = findStaff(work.tx, personId)
  if (!member) throw new ShopError('not_found', 'This person is not one of the staff.')
  if (member.role === role) return
  if (!hasOtherOwner(work.tx, personId)) {
    throw new ShopError('conflict', `${member.name} is the only owner. Make somebody else an owner first.`)
  }
  saveStaff(work.tx, { personId, role, now: work.now })
  recordEvent(work, {
    type: 'staff_role_changed',
    orderId: null,
    actor,
    data: { personId, name: member.name, from: member.role, to: role },
  })
}
