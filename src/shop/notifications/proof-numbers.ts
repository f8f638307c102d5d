import type { TallyRow } from '../../db/proof-numbers.ts'
import type { Channel, TallyOutcome } from '../../db/schema.ts'
import { delayOf } from './settle.ts'

/** How many notices took how long, by bucket. */
export type Delays = ReadonlyMap<number, number>

/** What became of the notices of a channel in some span of time. */
export interface ChannelNumbers {
  sent: number
  dead: number
  /** Not counted as failed: no message can reach who blocked the bot, or a browser that ended its subscription. */
  unreachable: number
  delays: Delays
}

/** What is promised: this share of messages arrives, and 95 of 100 within this time. */
export const TARGETS: Record<Channel, { rate: number; p95Ms: number }> = {
  telegram: { rate: 0.98, p95Ms: 5_000 },
  push: { rate: 0.95, p95Ms: 5_000 },
  mail: { rate: 0.95, p95Ms: 5_000 },
}

export function numbersOf(tallies: readonly TallyRow[], channel: Channel): ChannelNumbers {
  const own = tallies.filter((tally) => tally.channel === channel)
  const count = (outcome: TallyOutcome) =>
    own.reduce((sum, tally) => (tally.outcome === outcome ? sum + tally.count : sum), 0)
  const delays = new Map<number, number>()
  for (const { outcome, bucket, count } of own) {
    if (outcome === 'sent') delays.set(bucket, (delays.get(bucket) ?? 0) + count)
  }
  return { sent: count('sent'), dead: count('dead'), unreachable: count('unreachable'), delays }
}

/** The share of what could arrive that did arrive, null when nothing was sent. */
export function deliveryRate({ sent, dead }: Pick<ChannelNumbers, 'sent' | 'dead'>): number | null {
  return sent + dead === 0 ? null : sent / (sent + dead)
}

/**
 * The time within which this share of the messages left, in ms; null when there was none. Delays are kept in buckets
 * 9 % wide and the middle is told, so it is right to ±4.5 %.
 */
export function percentile(delays: Delays, share: number): number | null {
  const total = [...delays.values()].reduce((sum, count) => sum + count, 0)
  let rank = Math.max(Math.ceil(total * share), 1)
  for (const [bucket, count] of [...delays].sort(([a], [b]) => a - b)) {
    rank -= count
    if (rank <= 0) return delayOf(bucket)
  }
  return null
}
