import type { Reader } from '../../db/database.ts'
import { findPersonByTelegramId, findStaff } from '../../db/people.ts'
import type { Role } from '../../db/schema.ts'
import { addSession, findSessionStaff, removeSession } from '../../db/sessions.ts'
import { hashToken, newToken } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { greetPerson, type TelegramUser } from '../customers/greet-person.ts'
import type { Actor, Work } from '../work.ts'

const SESSION_MS = 12 * 60 * 60_000

/** A signed-in member of staff. */
export interface StaffSession {
  id: number
  name: string
  language: string
  role: Role
  expiresAt: number
}

/** Signs in a person whom Telegram vouched for. Throws a ShopError forbidden for anybody who is not staff. */
export function startSession(
  work: Work,
  user: TelegramUser,
  userAgent: string,
): { token: string; session: StaffSession } {
  const known = findPersonByTelegramId(work.tx, user.id)
  const member = known && findStaff(work.tx, known.id)
  if (!member)
    throw new ShopError('forbidden', 'This is for the staff of the shop. Ask the owner to add you.')
  const person = greetPerson(work, user, 'unknown')
  const token = newToken()
  const expiresAt = work.now + SESSION_MS
  addSession(work.tx, {
    tokenHash: hashToken(token),
    personId: person.id,
    userAgent: userAgent.slice(0, 200),
    now: work.now,
    expiresAt,
  })
  return {
    token,
    session: { id: person.id, name: person.name, language: person.language, role: member.role, expiresAt },
  }
}

/** Who is signed in under this token, read afresh with their role. Throws a ShopError unauthorized. */
export function requireSession(db: Reader, token: string | undefined, now: number): StaffSession {
  const row = token ? findSessionStaff(db, hashToken(token), now) : undefined
  if (!row) throw new ShopError('unauthorized', 'Please open the panel again from Telegram.')
  return { id: row.id, name: row.name, language: row.language, role: row.role, expiresAt: row.expires_at }
}

/** Whether the session still holds and its person is still staff. */
export function isSignedIn(db: Reader, token: string, now: number): boolean {
  return findSessionStaff(db, hashToken(token), now) !== undefined
}

export function endSession(work: Work, token: string): void {
  removeSession(work.tx, hashToken(token))
}

/** The session's member of staff as the one who acts, from the panel. */
export function actorOf(session: StaffSession): Actor {
  return { kind: 'staff', id: session.id, name: session.name, source: 'panel', role: session.role }
}
