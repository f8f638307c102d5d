import { signal } from '@preact/signals'
import type { Me } from '../../../src/http/contract/session.ts'
import { Refusal } from '../api/http.ts'
import { say } from '../parts/snack.ts'
import type { Launch } from '../telegram/launch.ts'
import { beginInBrowser, browserSession } from './browser-session.ts'
import { telegramSession } from './telegram-session.ts'

export type SessionState =
  | { is: 'starting' }
  | { is: 'in'; me: Me }
  /** In a browser without Telegram, signed out. */
  | { is: 'outside'; after?: 'refused' | 'expired' | 'left' }
  /** Until the number is picked in the chat behind the link. `expiresAt` is in the shop's time. */
  | { is: 'waiting'; link: string; number: number; expiresAt: number }
  /** Telegram's word is too old, or not Telegram's. */
  | { is: 'stale' }
  /** Not a member of staff. */
  | { is: 'refused'; message: string }
  | { is: 'broken'; message: string }
  | { is: 'out' }

/** The two ways to be signed in: Telegram's word for a bearer token, or a browser's cookie. */
export interface SessionKind {
  /** How things stand at the start of the panel. Throws a Refusal when the shop cannot be reached. */
  start: () => Promise<SessionState>
  /** The same, once the shop says that the session has ended. */
  renew: () => Promise<SessionState>
  /** Ends the session; returns what is there then. Throws a Refusal when it goes on. */
  leave: () => Promise<SessionState>
  token: () => string | undefined
}

export const session = signal<SessionState>({ is: 'starting' })

let kind: SessionKind = browserSession
let renewing: Promise<boolean> | undefined

/** Signs in with what Telegram handed over, or goes on with the session that this tab or browser has. */
export async function startSession(launch: Launch | undefined): Promise<void> {
  kind = launch?.initData ? telegramSession(launch.initData) : browserSession
  session.value = { is: 'starting' }
  try {
    session.value = await kind.start()
  } catch (error) {
    session.value = { is: 'broken', message: messageOf(error) }
  }
}

export function currentToken(): string | undefined {
  return kind.token()
}

/**
 * Looks for a new session, once for everybody who asks meanwhile. False when there is none to be had; throws a Refusal
 * when there is no answer, and the old screen stays: the next call tries again.
 */
export function renewSession(): Promise<boolean> {
  renewing ??= renew().finally(() => {
    renewing = undefined
  })
  return renewing
}

async function renew(): Promise<boolean> {
  const before = session.peek()
  const now = await kind.renew()
  // Who has signed out meanwhile stays signed out, and reads so.
  if (session.peek() === before) session.value = now
  return session.value.is === 'in'
}

/** Begins to sign in this browser. Throws a Refusal. */
export async function beginSignIn(): Promise<void> {
  session.value = await beginInBrowser()
}

/** Looks whether the number has been picked. */
export async function checkSignIn(): Promise<void> {
  const before = session.peek()
  const now = await browserSession.start().catch(() => before)
  if (session.peek() === before && !(now.is === 'waiting' && before.is === 'waiting')) session.value = now
}

/** Signs out, or says why that is not possible now. */
export async function signOut(): Promise<void> {
  try {
    session.value = await kind.leave()
  } catch (error) {
    say(messageOf(error))
  }
}

/** Lets the panel show the shop's new name. */
export function renameShop(name: string): void {
  const now = session.peek()
  if (now.is === 'in') session.value = { is: 'in', me: { ...now.me, shop: { ...now.me.shop, name } } }
}

function messageOf(error: unknown): string {
  return error instanceof Refusal ? error.message : 'Something went wrong. Please try again.'
}
