import type { Clock } from '../../src/lib/clock.ts'
import { tooManyRequests } from './refusal.ts'
import type { ChatState } from './state.ts'

/** Telegram publishes about these figures; the size of the burst in a private chat is our guess. */
export interface FloodLimits {
  /** Sends and edits a second, all chats together. */
  overall: number
  /** How many in a row one private chat bears before it falls to one a second. */
  privateBurst: number
  /** Sends and edits a minute in one group. */
  groupPerMinute: number
}

const telegramLimits: FloodLimits = { overall: 30, privateBurst: 10, groupPerMinute: 20 }

export interface FloodGate {
  /** Counts `count` sends or edits to the chat. Throws 429 with the seconds to wait. */
  spend(chat: ChatState, count?: number): void
  /** How often 429 was given because of the limits (injected ones are not counted). */
  violations(): number
  limits: FloodLimits | undefined
}

interface Bucket {
  tokens: number
  at: number
}

export function createFloodGate(clock: Clock, flood: boolean | Partial<FloodLimits>): FloodGate {
  const limits = flood === false ? undefined : { ...telegramLimits, ...(flood === true ? {} : flood) }
  const overall: Bucket = { tokens: limits?.overall ?? 0, at: clock.now() }
  const chats = new Map<number, Bucket>()
  let violations = 0

  function shortage(bucket: Bucket, size: number, perSecond: number, count: number): number {
    const now = clock.now()
    bucket.tokens = Math.min(size, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    // An album larger than the whole allowance must still be possible at some time.
    const missing = Math.min(count, size) - bucket.tokens
    return missing > 1e-9 ? Math.max(1, Math.ceil(missing / perSecond)) : 0
  }

  function spend(chat: ChatState, count = 1): void {
    if (!limits) return
    const [size, rate] = chat.person
      ? [limits.privateBurst, 1]
      : [limits.groupPerMinute, limits.groupPerMinute / 60]
    const own = chats.get(chat.id) ?? { tokens: size, at: clock.now() }
    chats.set(chat.id, own)
    const wait = Math.max(
      shortage(overall, limits.overall, limits.overall, count),
      shortage(own, size, rate, count),
    )
    if (wait > 0) {
      violations += 1
      throw tooManyRequests(wait)
    }
    overall.tokens -= count
    own.tokens -= count
  }

  return { spend, violations: () => violations, limits }
}
