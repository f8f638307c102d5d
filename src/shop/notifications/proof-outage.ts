import type { Reader } from '../../db/database.ts'
import { findFirstTry, listNewestTries, type TryRow } from '../../db/proof-outage.ts'
import type { Channel } from '../../db/schema.ts'

/** One failed try may be a hiccup. */
const LEAST_TRIES = 2
const NEWEST_TRIES = 300
/** What waits is tried every 10 minutes at least: after an hour without a try nobody knows. */
const KNOWN_FOR_MS = 3_600_000

export interface Outage {
  channel: Channel
  /** When the first of the tries that all failed was made. */
  since: number
  /** What the channel answered last. */
  answer: string
}

/** The channels on which every one of the newest tries failed. */
export function findOutages(db: Reader, now: number): Outage[] {
  const tries = listNewestTries(db, NEWEST_TRIES)
  const channels = [...new Set(tries.map(({ channel }) => channel))]
  return channels.flatMap((channel) => {
    const own = tries.filter((one) => one.channel === channel)
    const end = own.findIndex(({ outcome }) => outcome !== 'retry')
    const run = end < 0 ? own : own.slice(0, end)
    const [last] = run
    if (!last || run.length < LEAST_TRIES || now - last.at > KNOWN_FOR_MS) return []
    return [{ channel, since: startOf(db, run, { isWhole: end >= 0 }), answer: last.answer }]
  })
}

/** Of a long outage the first tries are out of sight: the oldest notice knows when it was tried first. */
function startOf(db: Reader, run: TryRow[], { isWhole }: { isWhole: boolean }): number {
  const seen = Math.min(...run.map(({ at }) => at))
  if (isWhole) return seen
  const oldest = Math.min(...run.map(({ notice_id }) => notice_id))
  return Math.min(seen, findFirstTry(db, oldest) ?? seen)
}
