import type { Reader } from '../../db/database.ts'
import { endDevice, listDevices, listDevicesOfSession } from '../../db/devices.ts'
import { findPersonByTelegramId, findStaff } from '../../db/people.ts'
import type { Role, SessionKind } from '../../db/schema.ts'
import {
  addSession,
  findSessionStaff,
  removeSession,
  removeSessionsOfPerson,
  setSessionSeen,
} from '../../db/sessions.ts'
import { hashToken, newToken } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { greetPerson, type TelegramUser } from '../customers/greet-person.ts'
import type { Actor, Work } from '../work.ts'

const HOUR_MS = 3_600_000
const TOUCHED_EVERY_MS = 5 * 60_000
const MAX_USER_AGENT = 200
/** Telegram vouches again at every start of the Mini App; a browser is signed in for as long as it is used. */
const LASTS_MS: Record<SessionKind, number> = { telegram: 12 * HOUR_MS, browser: 30 * 24 * HOUR_MS }

/** A signed-in member of staff. */
export interface StaffSession {
  id: number
  name: string
  language: string
  role: Role
  kind: SessionKind
  expiresAt: number
  /** Its last use is noted every five minutes, and a browser's 30 days begin anew with it. */
  isTouchDue: boolean
}

export interface NewSession {
  personId: number
  kind: SessionKind
  userAgent: string
}

/** Signs in a person whom Telegram vouched for. Throws a ShopError forbidden for anybody who is not staff. */
export function startSession(
  work: Work,
  user: TelegramUser,
  userAgent: string,
): { token: string; session: StaffSession } {
  const known = findPersonByTelegramId(work.tx, user.id)
  if (!known || !findStaff(work.tx, known.id))
    throw new ShopError('forbidden', 'This is for the staff of the shop. Ask the owner to add you.')
  const person = greetPerson(work, user, 'unknown')
  return openSession(work, { personId: person.id, kind: 'telegram', userAgent })
}

/** Opens a session for a person who has proved who they are. Throws a ShopError unauthorized unless they are staff. */
export function openSession(
  work: Work,
  { personId, kind, userAgent }: NewSession,
): { token: string; session: StaffSession } {
  const token = newToken()
  addSession(work.tx, {
    tokenHash: hashToken(token),
    personId,
    kind,
    userAgent: userAgent.slice(0, MAX_USER_AGENT),
    now: work.now,
    expiresAt: work.now + LASTS_MS[kind],
  })
  return { token, session: requireSession(work.tx, token, work.now) }
}

/** Who is signed in under this token, read afresh with their role, or undefined. */
export function findSession(db: Reader, token: string, now: number): StaffSession | undefined {
  const row = findSessionStaff(db, hashToken(token), now)
  if (!row) return undefined
  const { id, name, language, role, kind } = row
  const isTouchDue = now - row.seen_at >= TOUCHED_EVERY_MS
  return { id, name, language, role, kind, expiresAt: row.expires_at, isTouchDue }
}

/** As findSession. Throws a ShopError unauthorized. */
export function requireSession(db: Reader, token: string | undefined, now: number): StaffSession {
  const session = token === undefined ? undefined : findSession(db, token, now)
  if (!session) throw new ShopError('unauthorized', 'You are signed out. Please sign in again.')
  return session
}

/** Notes that a session is used. */
export function touchSession(work: Work, token: string, session: StaffSession): void {
  const expiresAt = session.kind === 'browser' ? work.now + LASTS_MS.browser : session.expiresAt
  setSessionSeen(work.tx, { tokenHash: hashToken(token), now: work.now, expiresAt })
}

/** Whether the session still holds and its person is still staff. */
export function isSignedIn(db: Reader, token: string, now: number): boolean {
  return findSessionStaff(db, hashToken(token), now) !== undefined
}

/** Signs out, and sends no more web push to this browser. */
export function endSession(work: Work, token: string): void {
  const tokenHash = hashToken(token)
  for (const { id } of listDevicesOfSession(work.tx, tokenHash))
    endDevice(work.tx, { id, reason: 'signed out', now: work.now })
  removeSession(work.tx, tokenHash)
}

/** Signs a person out everywhere, as when they lose their role. */
export function revokeSessions(work: Work, personId: number): void {
  for (const { id } of listDevices(work.tx, personId))
    endDevice(work.tx, { id, reason: 'no longer staff', now: work.now })
  removeSessionsOfPerson(work.tx, personId)
}

/** The session's member of staff as the one who acts, from the panel. */
export function actorOf(session: StaffSession): Actor {
  return { kind: 'staff', id: session.id, name: session.name, source: 'panel', role: session.role }
}
