import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Role, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

/** A link that makes whoever opens it a member of staff, once; only its hash is kept. */
export type InvitationRow = Selectable<Tables['invitations']>

const insert = statement<{
  linkHash: string
  role: Role
  invitedBy: number
  now: number
  expiresAt: number
}>()((p) =>
  sql.insertInto('invitations').values({
    link_hash: p.linkHash,
    role: p.role,
    invited_by: p.invitedBy,
    created_at: p.now,
    expires_at: p.expiresAt,
  }),
)

const byLink = statement<{ linkHash: string }>()((p) =>
  sql.selectFrom('invitations').selectAll().where('link_hash', '=', p.linkHash),
)

const open = statement<{ now: number; limit: number }>()((p) =>
  sql
    .selectFrom('invitations')
    .innerJoin('people', 'people.id', 'invitations.invited_by')
    .selectAll('invitations')
    .select('people.name as inviter')
    .where('accepted_by', 'is', null)
    .where('expires_at', '>', p.now)
    .orderBy('invitations.created_at')
    .limit(p.limit),
)

const accept = statement<{ linkHash: string; personId: number; now: number }>()((p) =>
  sql
    .updateTable('invitations')
    .set({ accepted_by: p.personId })
    .where('link_hash', '=', p.linkHash)
    .where('accepted_by', 'is', null)
    .where('expires_at', '>', p.now),
)

const remove = statement<{ linkHash: string }>()((p) =>
  sql.deleteFrom('invitations').where('link_hash', '=', p.linkHash).where('accepted_by', 'is', null),
)

const removeOld = statement<{ before: number }>()((p) =>
  sql.deleteFrom('invitations').where('expires_at', '<', p.before),
)

export function addInvitation(tx: Tx, invitation: Parameters<typeof insert>[0]): void {
  tx.run(insert(invitation))
}

export function findInvitationByLink(db: Reader, linkHash: string): InvitationRow | undefined {
  return db.first(byLink({ linkHash }))
}

/** Invitations that can still be accepted, oldest first, with who made them. */
export function listOpenInvitations(
  db: Reader,
  now: number,
  limit: number,
): (InvitationRow & { inviter: string })[] {
  return db.all(open({ now, limit }))
}

/** Uses an invitation up. Returns false when it was used before, or is too old. */
export function takeInvitation(tx: Tx, taken: { linkHash: string; personId: number; now: number }): boolean {
  return tx.run(accept(taken)).changes === 1
}

/** Takes an open invitation back. Returns false when there is none. */
export function removeInvitation(tx: Tx, linkHash: string): boolean {
  return tx.run(remove({ linkHash })).changes === 1
}

export function removeInvitationsBefore(tx: Tx, before: number): void {
  tx.run(removeOld({ before }))
}
