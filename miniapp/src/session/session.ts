import { signal } from '@preact/signals'
import type { Me, SignedIn } from '../../../src/http/contract/session.ts'
import { Refusal, send } from '../api/http.ts'
import type { Launch } from '../telegram/launch.ts'

export type SessionState =
  | { is: 'starting' }
  | { is: 'in'; me: Me }
  /** Opened in a browser, without Telegram. */
  | { is: 'outside' }
  /** Telegram's word is too old, or not Telegram's. */
  | { is: 'stale' }
  /** Not a member of staff. */
  | { is: 'refused'; message: string }
  | { is: 'broken'; message: string }
  | { is: 'out' }

export const session = signal<SessionState>({ is: 'starting' })

const STORED = 'shop.session'
let initData = ''
let token: string | undefined
let renewing: Promise<boolean> | undefined

/** Signs in with what Telegram handed over, or goes on with this tab's session. */
export async function startSession(launch: Launch | undefined): Promise<void> {
  initData = launch?.initData ?? ''
  if (!initData) {
    session.value = { is: 'outside' }
    return
  }
  session.value = { is: 'starting' }
  token = readStored()
  try {
    const me = token ? await resume(token) : undefined
    if (me) session.value = { is: 'in', me }
    else await renewSession()
  } catch (error) {
    session.value = { is: 'broken', message: messageOf(error) }
  }
}

export function currentToken(): string | undefined {
  return token
}

/** Exchanges the launch data for a new session, once for everybody who asks meanwhile. False when there is none to be had. */
export function renewSession(): Promise<boolean> {
  renewing ??= exchange().finally(() => {
    renewing = undefined
  })
  return renewing
}

export async function signOut(): Promise<void> {
  const leaving = token
  forget()
  initData = ''
  session.value = { is: 'out' }
  // The session dies of age if this does not arrive.
  await send('/session', { method: 'DELETE', token: leaving }).catch(() => {})
}

/** Lets the panel show the shop's new name. */
export function renameShop(name: string): void {
  const now = session.peek()
  if (now.is === 'in') session.value = { is: 'in', me: { ...now.me, shop: { ...now.me.shop, name } } }
}

async function resume(stored: string): Promise<Me | undefined> {
  try {
    return await send<Me>('/me', { token: stored })
  } catch (error) {
    if (error instanceof Refusal && (error.status === 401 || error.status === 403)) return undefined
    throw error
  }
}

async function exchange(): Promise<boolean> {
  if (!initData) return false
  forget()
  try {
    const signedIn = await send<SignedIn>('/session', { method: 'POST', body: { initData } })
    token = signedIn.token
    store(signedIn.token)
    session.value = { is: 'in', me: signedIn.me }
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    // Without an answer the old screen stays: the next call tries again.
    if (error.status === 0 && session.peek().is === 'in') throw error
    session.value = refusedState(error)
    return false
  }
}

function refusedState(error: Refusal): SessionState {
  if (error.status === 403) return { is: 'refused', message: error.message }
  if (error.status === 401 || error.status === 400) return { is: 'stale' }
  return { is: 'broken', message: error.message }
}

function messageOf(error: unknown): string {
  return error instanceof Refusal ? error.message : 'Something went wrong. Please try again.'
}

// A stored session belongs to one launch: the next person opening the panel in this tab must not inherit it.
function launchKey(): string {
  return new URLSearchParams(initData).get('hash') ?? ''
}

function readStored(): string | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as { token?: string; launch?: string }
    return stored.launch === launchKey() ? stored.token : undefined
  } catch {
    return undefined
  }
}

function store(value: string): void {
  try {
    sessionStorage.setItem(STORED, JSON.stringify({ token: value, launch: launchKey() }))
  } catch {
    // Storage switched off: a reload signs in again.
  }
}

function forget(): void {
  token = undefined
  try {
    sessionStorage.removeItem(STORED)
  } catch {
    // See store.
  }
}
