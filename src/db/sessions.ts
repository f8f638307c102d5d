import type { Reader, Tx } from './database.ts'
import type { SessionKind } from './schema.ts'
import { sql, statement } from './statement.ts'

const insertSession = statement<{
  tokenHash: string
  personId: number
  userAgent: string
  kind: SessionKind
  now: number
  expiresAt: number
}>()((p) =>
  sql.insertInto('sessions').values({
    token_hash: p.tokenHash,
    person_id: p.personId,
    user_agent: p.userAgent,
    kind: p.kind,
    created_at: p.now,
    expires_at: p.expiresAt,
    seen_at: p.now,
  }),
)

// The role is read with the session, so that a removed member is out at the next request.
const staffOfSession = statement<{ tokenHash: string; now: number }>()((p) =>
  sql
    .selectFrom('sessions')
    .innerJoin('staff', 'staff.person_id', 'sessions.person_id')
    .innerJoin('people', 'people.id', 'sessions.person_id')
    .where('token_hash', '=', p.tokenHash)
    .where('expires_at', '>', p.now)
    .where('staff.active', '=', 1)
    .select([
      'people.id',
      'people.name',
      'people.language',
      'staff.role',
      'sessions.kind',
      'sessions.expires_at',
      'sessions.seen_at',
    ]),
)

const updateSeen = statement<{ tokenHash: string; now: number; expiresAt: number }>()((p) =>
  sql
    .updateTable('sessions')
    .set({ seen_at: p.now, expires_at: p.expiresAt })
    .where('token_hash', '=', p.tokenHash),
)

const deleteSession = statement<{ tokenHash: string }>()((p) =>
  sql.deleteFrom('sessions').where('token_hash', '=', p.tokenHash),
)

const deleteOfPerson = statement<{ personId: number }>()((p) =>
  sql.deleteFrom('sessions').where('person_id', '=', p.personId),
)

const deleteExpired = statement<{ now: number; limit: number }>()((p) =>
  sql
    .deleteFrom('sessions')
    .where(
      'token_hash',
      'in',
      sql.selectFrom('sessions').select('token_hash').where('expires_at', '<=', p.now).limit(p.limit),
    ),
)

export function addSession(tx: Tx, session: Parameters<typeof insertSession>[0]): void {
  tx.run(insertSession(session))
}

/** The active staff member signed in under this token, or undefined. */
export function findSessionStaff(db: Reader, tokenHash: string, now: number) {
  return db.first(staffOfSession({ tokenHash, now }))
}

export function setSessionSeen(tx: Tx, seen: Parameters<typeof updateSeen>[0]): void {
  tx.run(updateSeen(seen))
}

export function removeSession(tx: Tx, tokenHash: string): void {
  tx.run(deleteSession({ tokenHash }))
}

export function removeSessionsOfPerson(tx: Tx, personId: number): void {
  tx.run(deleteOfPerson({ personId }))
}

/** Removes sessions that have expired, at most `limit`. Returns how many went. */
export function removeExpiredSessions(tx: Tx, now: number, limit: number): number {
  return tx.run(deleteExpired({ now, limit })).changes
}
