import { shorten } from '../lib/shorten.ts'
import type { Outcome } from '../shop/notifications/channel.ts'
import type { PushAnswer } from './post.ts'

const MAX_REASON = 200
const WAIT_MS = { least: 1_000, usual: 60_000, most: 6 * 3_600_000 }

export interface AnswerContext {
  /** The push service's. */
  host: string
  now: number
  tookMs: number
}

/** What a push service's answer means for the notice and for the device. */
export function readAnswer(answer: PushAnswer, { host, now, tookMs }: AnswerContext): Outcome {
  const { status, retryAfter, text } = answer
  if (status === undefined) return { kind: 'retry', answer: text }
  // Accepted is not shown: only the browser can say that.
  if (status >= 200 && status < 300) return { kind: 'sent', answer: `${status} in ${tookMs} ms` }
  const said = `${status} ${reasonIn(text)}`.trim()
  switch (status) {
    case 404:
    case 410:
      return { kind: 'final', answer: said, ended: 'the browser has ended this subscription' }
    case 401:
    case 403:
      return { kind: 'retry', answer: said, trouble: troubleWith(host, said) }
    // 406 is how Windows says 429.
    case 406:
    case 429:
      return { kind: 'wait', ms: waitOf(retryAfter, now), answer: said }
    default:
      return { kind: status >= 500 ? 'retry' : 'final', answer: said }
  }
}

function troubleWith(host: string, said: string): string {
  return `${host} refuses this shop’s web push: ${said}. Check the VAPID settings and the clock of this machine.`
}

/** Retry-After holds seconds or a date. */
function waitOf(retryAfter: string | undefined, now: number): number {
  if (!retryAfter) return WAIT_MS.usual
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now
  return Number.isNaN(ms) ? WAIT_MS.usual : Math.min(Math.max(ms, WAIT_MS.least), WAIT_MS.most)
}

/** Apple gives a `reason`, Mozilla a `message`, Google an `error.message` or a page of HTML. */
function reasonIn(text: string): string {
  const words = wordsIn(text) ?? text.replace(/<[^>]*>/g, ' ')
  return shorten(words.replace(/\s+/g, ' ').trim(), MAX_REASON)
}

function wordsIn(text: string): string | undefined {
  try {
    const said = JSON.parse(text)
    return [said.reason, said.message, said.error?.message, said.error].find((one) => typeof one === 'string')
  } catch {
    return undefined
  }
}
