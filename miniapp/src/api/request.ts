import { signal } from '@preact/signals'
import { currentToken, renewSession } from '../session/session.ts'
import { type Call, isOffline, Refusal, send } from './http.ts'

/** A request in the signed-in person's name; a session that has ended is renewed once. Throws a Refusal. */
export function request<T>(path: string, call: Call = {}): Promise<T> {
  return withSession((token) => send<T>(path, { ...call, token }))
}

/** Asks with the session's token, and once more with a new one when that session has ended. Throws a Refusal. */
export async function withSession<T>(ask: (token: string | undefined) => Promise<T>): Promise<T> {
  try {
    return await ask(currentToken())
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401 || !(await renewSession())) throw error
    return await ask(currentToken())
  }
}

/** A shop that restarts is back sooner. */
const PATIENCE_MS = 15_000
const PAUSES_MS = [400, 1200]
const LONG_PAUSE_MS = 2000

/** What a proxy says in place of a shop that is down, and a shop that is too busy. */
const NO_ANSWER = [0, 502, 503, 504]

/** How many commands are being sent again. */
export const trying = signal(0)

/** The keys of commands that nobody answered: given once more, each is still the same command. */
const unanswered = new Map<string, string>()

/**
 * A command that is applied once however often it is sent: while no answer comes, it is sent again with the same key,
 * for as long as a restart of the shop may take. Throws a Refusal.
 */
export async function command<T>(path: string, call: Call): Promise<T> {
  const what = JSON.stringify([path, call.body])
  const idempotencyKey = call.idempotencyKey ?? unanswered.get(what) ?? crypto.randomUUID()
  unanswered.set(what, idempotencyKey)
  try {
    const answer = await insist(() => request<T>(path, { ...call, idempotencyKey }))
    unanswered.delete(what)
    return answer
  } catch (error) {
    if (!isUnanswered(error)) unanswered.delete(what)
    throw error
  }
}

async function insist<T>(ask: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS
  let failed = 0
  try {
    for (;;) {
      try {
        return await ask()
      } catch (error) {
        if (!isUnanswered(error) || isOffline()) throw error
        if (performance.now() > until) throw silent()
      }
      failed += 1
      if (failed === 1) trying.value += 1
      await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[failed - 1] ?? LONG_PAUSE_MS))
    }
  } finally {
    if (failed > 0) trying.value -= 1
  }
}

function isUnanswered(error: unknown): boolean {
  return error instanceof Refusal && NO_ANSWER.includes(error.status)
}

function silent(): Refusal {
  const message = 'The shop does not answer. What you entered is kept: please try again in a moment.'
  return new Refusal(0, { code: 'busy', message })
}

/** What to tell the person about a failure. */
export function sentenceOf(error: unknown): string {
  return error instanceof Refusal ? error.message : 'Something went wrong. Please try again.'
}
