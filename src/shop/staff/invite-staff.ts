import { addInvitation, removeInvitationsBefore } from '../../db/invitations.ts'
import type { Role } from '../../db/schema.ts'
import { hashToken, newToken } from '../../lib/ids.ts'
import type { Actor, Work } from '../work.ts'
import { requireOwner } from './require-owner.ts'

const LASTS_MS = 48 * 3_600_000
/** So long a link still says that it is over. */
const REMEMBERED_MS = 30 * 24 * 3_600_000

/**
 * Makes a link by which one person becomes staff; `key` is what it carries, and is known only to who gets it.
 * Throws a ShopError forbidden for anybody but owners.
 */
export function inviteStaff(
  work: Work,
  { role, actor }: { role: Role; actor: Actor },
): { key: string; expiresAt: number } {
  const invitedBy = requireOwner(actor)
  removeInvitationsBefore(work.tx, work.now - REMEMBERED_MS)
  const key = newToken()
  const expiresAt = work.now + LASTS_MS
  addInvitation(work.tx, { linkHash: hashToken(key), role, invitedBy, now: work.now, expiresAt })
  return { key, expiresAt }
}
