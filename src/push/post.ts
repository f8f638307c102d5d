import { Agent, request } from 'undici'
import type { Clock } from '../lib/clock.ts'
import { timeLimit } from '../lib/time-limit.ts'

const TIMEOUT_MS = 8_000
const MAX_TEXT = 4_000

export interface PushRequest {
  url: URL
  headers: Record<string, string>
  body: Buffer
}

/** What a push service said: a status, or undefined when there was no answer. */
export interface PushAnswer {
  status: number | undefined
  /** The Retry-After header. */
  retryAfter?: string | undefined
  /** The beginning of what it said, or what happened instead of an answer. */
  text: string
}

// The time limit is ours, by the clock. undici follows no redirects: they could lead anywhere.
const dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })

/** Sends to a push service over a kept connection. Never throws; ends within 8 s by the clock. */
export async function post({ url, headers, body }: PushRequest, clock: Clock): Promise<PushAnswer> {
  const { signal, end } = timeLimit(clock, TIMEOUT_MS)
  try {
    const answer = await request(url, { method: 'POST', headers, body, signal, dispatcher })
    const retryAfter = [answer.headers['retry-after']].flat()[0]
    return { status: answer.statusCode, retryAfter, text: await readStart(answer.body) }
  } catch (error) {
    return { status: undefined, text: signal.aborted ? signal.reason.message : connectionFault(error) }
  } finally {
    end()
  }
}

function connectionFault(error: unknown): string {
  return `the connection failed (${(error as { code?: string }).code ?? 'unknown reason'})`
}

/** What came of the text before it was too much or broke off: the status alone says enough. */
async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true })
      if (text.length > MAX_TEXT) break
    }
  } catch {
    return text
  }
  return text
}
