import type { SignInState } from '../../../src/http/contract/sign-in.ts'
import { stopPush } from '../alerts/subscription.ts'
import { Refusal, send } from '../api/http.ts'
import { setShopClock } from '../time/shop-clock.ts'
import type { SessionKind, SessionState } from './session.ts'

/** Signed in by a cookie that no script can read: the shop is asked how things stand. */
export const browserSession: SessionKind = {
  start: look,
  renew: look,
  async leave() {
    await send('/session', { method: 'DELETE' }).catch(passIfSignedOut)
    // The shop has forgotten this browser already; the next person to use it must not be rung for, either.
    await stopPush().catch(() => {})
    return { is: 'outside', after: 'left' }
  },
  token: () => undefined,
}

/** Gets a link and a number to sign in with. Throws a Refusal. */
export async function beginInBrowser(): Promise<SessionState> {
  return stateOf(await send<SignInState>('/sign-ins', { method: 'POST' }))
}

async function look(): Promise<SessionState> {
  return stateOf(await send<SignInState>('/sign-ins/current'))
}

function stateOf(answer: SignInState): SessionState {
  switch (answer.state) {
    case 'approved':
      return { is: 'in', me: answer.me }
    case 'waiting':
      setShopClock(answer.now)
      return { is: 'waiting', link: answer.link, number: answer.number, expiresAt: answer.expiresAt }
    case 'none':
      return { is: 'outside' }
    default:
      return { is: 'outside', after: answer.state }
  }
}

function passIfSignedOut(error: unknown): void {
  if (!(error instanceof Refusal) || error.status !== 401) throw error
}
