import { randomInt } from 'node:crypto'
import type { Reader } from '../../db/database.ts'
import { findStaff } from '../../db/people.ts'
import {
  addSignIn,
  countSignIns,
  findSignInByBrowser,
  findSignInByLink,
  removeOldestSignIn,
  removeSignInOfBrowser,
  removeSignInsBefore,
  type SignInRow,
  setSignInAnswer,
  takeSignIn,
} from '../../db/sign-ins.ts'
import { hashToken, newToken } from '../../lib/ids.ts'
import type { Work } from '../work.ts'
import { openSession } from './sessions.ts'

// Outside Telegram a browser is signed in through the chat: it gets a link to the bot and shows a number; who opens the
// link is asked for that number, so that nobody signs in a stranger's browser by following a link.

const LASTS_MS = 5 * 60_000
/** So long a browser is still told that its sign-in ran out. */
const REMEMBERED_MS = 60 * 60_000
/** Strangers fill no table, and must begin this many before they push one of the staff's out. */
const MOST_AT_ONCE = 1_000
const MAX_USER_AGENT = 200

/** How a sign-in stands. */
export type SignInState = 'waiting' | 'approved' | 'refused' | 'over'

/** What a waiting browser shows. */
export interface WaitingSignIn {
  /** What the link to the bot carries. */
  key: string
  number: number
  expiresAt: number
}

/**
 * Begins to sign in a browser; `browser` is the secret of one it began before, which that replaces. When too many begin
 * at once, the oldest makes way.
 */
export function beginSignIn(
  work: Work,
  from: { browser: string | undefined; userAgent: string },
): WaitingSignIn & { browser: string } {
  const { tx, now } = work
  removeSignInsBefore(tx, now - REMEMBERED_MS)
  if (from.browser) removeSignInOfBrowser(tx, hashToken(from.browser))
  if (countSignIns(tx, now) >= MOST_AT_ONCE) removeOldestSignIn(tx, now)
  const browser = newToken()
  const key = keyOf(browser)
  const number = randomInt(10, 100)
  const expiresAt = now + LASTS_MS
  const userAgent = from.userAgent.slice(0, MAX_USER_AGENT)
  addSignIn(tx, {
    linkHash: hashToken(key),
    browserHash: hashToken(browser),
    number,
    userAgent,
    now,
    expiresAt,
  })
  return { browser, key, number, expiresAt }
}

/** How the sign-in stands that this browser began, with what to show while it waits. */
export function readSignIn(
  db: Reader,
  browser: string,
  now: number,
): { state: Exclude<SignInState, 'waiting'> } | ({ state: 'waiting' } & WaitingSignIn) {
  const row = findSignInByBrowser(db, hashToken(browser))
  const state = stateOf(row, now)
  if (!row || state !== 'waiting') return { state: state === 'waiting' ? 'over' : state }
  return { state, key: keyOf(browser), number: row.number, expiresAt: row.expires_at }
}

/** Exchanges an approved sign-in for a session, once; undefined when there is none, or its person is no longer staff. */
export function finishSignIn(work: Work, browser: string, userAgent: string) {
  const row = findSignInByBrowser(work.tx, hashToken(browser))
  if (!row?.person_id || !takeSignIn(work.tx, row.id, work.now)) return undefined
  if (!findStaff(work.tx, row.person_id)) return undefined
  return openSession(work, { personId: row.person_id, kind: 'browser', userAgent })
}

/** The sign-in behind a link: how it stands, which browser asks, and the numbers to choose from. */
export function findSignIn(db: Reader, key: string, now: number) {
  const row = findSignInByLink(db, hashToken(key))
  const choices = row ? choicesOf(row.number, key) : []
  const state: SignInState = row?.state === 'used' ? 'approved' : stateOf(row, now)
  return { state, userAgent: row?.user_agent ?? '', personId: row?.person_id, choices }
}

/** Takes a person's answer from the chat: the number they saw approves, any other and null refuse. */
export function answerSignIn(
  work: Work,
  given: { key: string; personId: number; number: number | null },
): void {
  const row = findSignInByLink(work.tx, hashToken(given.key))
  if (!row) return
  const state = row.number === given.number ? 'approved' : 'refused'
  setSignInAnswer(work.tx, { id: row.id, state, personId: given.personId, now: work.now })
}

function stateOf(row: SignInRow | undefined, now: number): SignInState {
  if (!row || row.state === 'used' || (row.state !== 'refused' && row.expires_at <= now)) return 'over'
  return row.state
}

// Made from the browser's secret, so that a reloaded page can show its link again although only hashes are stored.
function keyOf(browser: string): string {
  return hashToken(`link ${browser}`)
}

/** The number among two others. Always the same three, in the same order: asking twice must not give it away. */
function choicesOf(number: number, key: string): number[] {
  const seed = Buffer.from(hashToken(`choices ${key}`), 'base64url')
  const choices = new Set([number])
  for (let i = 0; choices.size < 3; i++) choices.add(10 + ((seed.readUInt16BE(i % 30) + i) % 90))
  return [...choices].sort((a, b) => a - b)
}
