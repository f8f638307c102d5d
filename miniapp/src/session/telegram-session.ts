import type { Me, SignedIn } from '../../../src/http/contract/session.ts'
import { Refusal, send } from '../api/http.ts'
import type { SessionKind, SessionState } from './session.ts'

const STORED = 'shop.session'

/** Signed in by Telegram's word, exchanged for a token that this tab keeps. */
export function telegramSession(initData: string): SessionKind {
  // A stored session belongs to one launch: the next person opening the panel in this tab must not inherit it.
  const launch = new URLSearchParams(initData).get('hash') ?? ''
  let token: string | undefined
  let left = false

  async function start(): Promise<SessionState> {
    token = readStored(launch)
    const me = token ? await resume(token) : undefined
    return me ? { is: 'in', me } : await exchange()
  }

  async function exchange(): Promise<SessionState> {
    if (left) return { is: 'out' }
    token = undefined
    store(undefined)
    try {
      const signedIn = await send<SignedIn>('/session', { method: 'POST', body: { initData } })
      token = signedIn.token
      store({ token, launch })
      return { is: 'in', me: signedIn.me }
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 0) throw error
      return refusedState(error)
    }
  }

  async function leave(): Promise<SessionState> {
    const leaving = token
    token = undefined
    left = true
    store(undefined)
    // The session dies of age if this does not arrive.
    await send('/session', { method: 'DELETE', token: leaving }).catch(() => {})
    return { is: 'out' }
  }

  return { start, renew: exchange, leave, token: () => token }
}

async function resume(token: string): Promise<Me | undefined> {
  try {
    return await send<Me>('/me', { token })
  } catch (error) {
    if (error instanceof Refusal && (error.status === 401 || error.status === 403)) return undefined
    throw error
  }
}

function refusedState(error: Refusal): SessionState {
  if (error.status === 403) return { is: 'refused', message: error.message }
  if (error.status === 401 || error.status === 400) return { is: 'stale' }
  return { is: 'broken', message: error.message }
}

function readStored(launch: string): string | undefined {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORED) ?? '{}') as { token?: string; launch?: string }
    return stored.launch === launch ? stored.token : undefined
  } catch {
    return undefined
  }
}

// Where storage is switched off, a reload signs in again.
function store(value: { token: string; launch: string } | undefined): void {
  try {
    if (value) sessionStorage.setItem(STORED, JSON.stringify(value))
    else sessionStorage.removeItem(STORED)
  } catch {
    // See above.
  }
}
