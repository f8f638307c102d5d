import type { Reader } from '../../db/database.ts'
import { findInvitationByLink, takeInvitation } from '../../db/invitations.ts'
import { findPerson, findStaff, saveStaff } from '../../db/people.ts'
import type { Role } from '../../db/schema.ts'
import { hashToken } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planForStaff } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

/** An invitation as the person sees it who opened its link. */
export interface Invitation {
  /** `over`: too old, taken back, or its owner is no longer one. */
  state: 'open' | 'used' | 'over'
  role: Role
  inviter: string
}

/** The invitation behind a link; one that never was is over. */
export function findInvitation(db: Reader, key: string, now: number): Invitation {
  const row = findInvitationByLink(db, hashToken(key))
  if (!row) return { state: 'over', role: 'packer', inviter: '' }
  const inviter = findPerson(db, row.invited_by)?.name ?? ''
  const stands = row.expires_at > now && findStaff(db, row.invited_by)?.role === 'owner'
  const state = row.accepted_by !== null ? 'used' : stands ? 'open' : 'over'
  return { state, role: row.role, inviter }
}

/**
 * Makes a person staff by the link they were given, which is used up by it. Throws a ShopError conflict when it is over,
 * or the person is staff already: a link never changes somebody's role.
 */
export function joinStaff(work: Work, { key, actor }: { key: string; actor: Actor & { id: number } }): Role {
  const { tx, now } = work
  const { state, role, inviter } = findInvitation(tx, key, now)
  if (findStaff(tx, actor.id)) throw new ShopError('conflict', 'You belong to the staff already.')
  const taken = state === 'open' && takeInvitation(tx, { linkHash: hashToken(key), personId: actor.id, now })
  if (!taken) throw new ShopError('conflict', 'This invitation is over. Ask for a new one.')
  saveStaff(tx, { personId: actor.id, role, now })
  const event = { type: 'staff_added', actor }
  const id = recordEvent(work, {
    ...event,
    orderId: null,
    data: { personId: actor.id, name: actor.name, role, inviter },
  })
  // An owner who joins is not told of it.
  planForStaff(work, { ...event, id, actor: { ...actor, kind: 'staff', role } })
  return role
}
