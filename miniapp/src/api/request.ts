import { currentToken, renewSession } from '../session/session.ts'
import { type Call, Refusal, send } from './http.ts'

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

const RETRY_AFTER_MS = [400, 1200]

/**
 * A command that is applied once however often it is sent: when no answer comes, it is sent again with the same key.
 * Throws a Refusal.
 */
export async function command<T>(path: string, call: Call): Promise<T> {
  const idempotencyKey = call.idempotencyKey ?? crypto.randomUUID()
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await request<T>(path, { ...call, idempotencyKey })
    } catch (error) {
      if (!(error instanceof Refusal) || (error.status !== 0 && error.status !== 503)) throw error
      await new Promise((resolve) => setTimeout(resolve, wait))
    }
  }
  return await request<T>(path, { ...call, idempotencyKey })
}

/** What to tell the person about a failure. */
export function sentenceOf(error: unknown): string {
  return error instanceof Refusal ? error.message : 'Something went wrong. Please try again.'
}
