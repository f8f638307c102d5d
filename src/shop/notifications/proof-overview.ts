import type { Reader } from '../../db/database.ts'
import { type FailureRow, listFailures } from '../../db/proof.ts'
import {
  countDeadNotices,
  countWaitingNotices,
  listTallies,
  listTroubles,
  type TallyRow,
} from '../../db/proof-numbers.ts'
import type { Channel } from '../../db/schema.ts'
import type { Shop } from '../work.ts'
import { type ChannelNumbers, deliveryRate, numbersOf, percentile, TARGETS } from './proof-numbers.ts'
import { findOutages, type Outage } from './proof-outage.ts'
import { type Period, slotsOf } from './proof-slots.ts'

const CHANNELS: readonly Channel[] = ['telegram', 'push', 'mail']
const HOUR_MS = 3_600_000
const TROUBLE_HOURS = 7 * 24
const MOST_FAILURES = 20
/** One notice may fail many times in a row. */
const LOOK_BACK = 200

export type ProofOverview = ReturnType<typeof readOverview>

/** How well the shop reaches people: what became of all notices of a period, and what is in the way now. */
export function readOverview({ db, clock, settings }: Shop, period: Period) {
  const now = clock.now()
  const slots = slotsOf(period, now, settings.timezone)
  const plotted = slots.map((slot) => ({ ...slot, tallies: listTallies(db, slot) }))
  const tallies = plotted.flatMap((slot) => slot.tallies)
  const outages = findOutages(db, now)
  return {
    period,
    from: (slots[0]?.from ?? 0) * HOUR_MS,
    now,
    channels: CHANNELS.map((channel) => ({
      channel,
      configured: channel === 'telegram' || settings.channels[channel],
      ...failing(outages, channel),
      waiting: countWaitingNotices(db, channel),
      ...judged(numbersOf(tallies, channel), channel),
    })),
    slots: plotted.map(slotNumbers),
    troubles: CHANNELS.flatMap((channel) => newestTrouble(db, channel, now)),
    failures: newestFailures(db),
    dead: countDeadNotices(db),
  }
}

function failing(outages: Outage[], channel: Channel) {
  const outage = outages.find((one) => one.channel === channel)
  return { failingSince: outage?.since ?? null, failingAnswer: outage?.answer ?? null }
}

function judged(numbers: ChannelNumbers, channel: Channel) {
  const { sent, dead, unreachable, delays } = numbers
  const target = TARGETS[channel]
  const rate = deliveryRate(numbers)
  const p95Ms = percentile(delays, 0.95)
  return {
    sent,
    dead,
    unreachable,
    rate,
    p50Ms: percentile(delays, 0.5),
    p95Ms,
    p99Ms: percentile(delays, 0.99),
    target,
    met: {
      rate: rate === null ? null : rate >= target.rate,
      p95: p95Ms === null ? null : p95Ms <= target.p95Ms,
    },
  }
}

function slotNumbers({ from, to, tallies }: { from: number; to: number; tallies: TallyRow[] }) {
  const numbers = CHANNELS.map((channel) => ({ channel, ...numbersOf(tallies, channel) }))
  const sum = (of: 'sent' | 'dead' | 'unreachable') => numbers.reduce((all, one) => all + one[of], 0)
  return {
    from: from * HOUR_MS,
    to: to * HOUR_MS,
    sent: sum('sent'),
    dead: sum('dead'),
    unreachable: sum('unreachable'),
    p95Ms: Object.fromEntries(
      numbers.map(({ channel, delays }) => [channel, percentile(delays, 0.95)]),
    ) as Record<Channel, number | null>,
  }
}

/** It is over once the channel has sent something in a later hour: a trouble that lasts is told again each hour. */
function newestTrouble(db: Reader, channel: Channel, now: number) {
  const hour = Math.floor(now / HOUR_MS)
  const [newest] = listTroubles(db, { channel, sinceHour: hour - TROUBLE_HOURS, limit: 1 })
  if (!newest) return []
  const { reason } = JSON.parse(newest.data) as { reason: string }
  const since = listTallies(db, { from: Math.floor(newest.at / HOUR_MS) + 1, to: hour + 1 })
  return [{ id: newest.id, channel, at: newest.at, reason, isOver: numbersOf(since, channel).sent > 0 }]
}

/** The newest failed try of each notice. */
function newestFailures(db: Reader): FailureRow[] {
  const newest = new Map<number, FailureRow>()
  for (const row of listFailures(db, LOOK_BACK)) {
    if (!newest.has(row.notice_id)) newest.set(row.notice_id, row)
  }
  return [...newest.values()].slice(0, MOST_FAILURES)
}
