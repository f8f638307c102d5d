import { setImmediate as breathe } from 'node:timers/promises'
import {
  countOverdueNotices,
  countUntold,
  listStepSpans,
  listUpdateSpans,
  listWaitingOrders,
  listWaitingUpdates,
  type PromisedStep,
  type Span,
} from '../../db/promised.ts'
import { listTallies } from '../../db/proof-numbers.ts'
import type { Stage } from '../../db/schema.ts'
import type { Metrics } from '../../lib/metrics.ts'
import { numbersOf, percentile } from '../notifications/proof-numbers.ts'
import type { Shop } from '../work.ts'
import { shareWithin } from './share-within.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS
/** So many of the newest are looked at: enough for a share of 95 in 100, and milliseconds at any size. */
const NEWEST = 1_000
const OLDEST = 500
const MOST_COUNTED = 10_000
/** A notice may be tried again for this long before somebody counts as not told. */
const TOLD_WITHIN_MS = 15 * 60_000
/** Of durations, what 95 of 100 stay within is compared with the limit. */
const SHARE = 0.95

export const TARGET_NAMES = [
  'order_processing_seconds',
  'notice_coverage_ratio',
  'admin_response_seconds',
  'bot_answer_seconds',
  'api_answer_seconds',
  'push_delivery_seconds',
] as const
export type TargetName = (typeof TARGET_NAMES)[number]

/** Seconds that 95 of 100 must stay within; of notice coverage, the least share. */
export const TARGET_LIMITS: Record<TargetName, number> = {
  order_processing_seconds: 24 * 3_600,
  notice_coverage_ratio: 1,
  admin_response_seconds: 3_600,
  bot_answer_seconds: 2,
  api_answer_seconds: 0.2,
  push_delivery_seconds: 5,
}

/** Over which time it is measured: seven days, one, or since the process began. */
export type TargetSpan = 'week' | 'day' | 'start'

export interface Target {
  name: TargetName
  /** In seconds, or a share of 1; null when there is nothing to measure it by. */
  value: number | null
  limit: number
  isMet: boolean | null
  /** How many it is computed from. */
  count: number
  span: TargetSpan
}

interface Measured {
  value: number | null
  count: number
  span: TargetSpan
}

/**
 * What the shop reaches of what it promises, from its own rows. Reads a bounded number of them by index. What has not
 * ended and is late already counts with the time it has taken so far, so that what is left lying is no success. Others have
 * their turn between two of them.
 */
export async function readTargets(shop: Shop, metrics: Metrics): Promise<Target[]> {
  const targets: Target[] = []
  for (const name of TARGET_NAMES) {
    targets.push(judge(name, await MEASURES[name](shop, metrics)))
    await breathe()
  }
  return targets
}

const MEASURES: Record<TargetName, (shop: Shop, metrics: Metrics) => Measured | Promise<Measured>> = {
  order_processing_seconds: (shop) => measureStep(shop, 'dispatched', ['placed', 'accepted', 'packing']),
  notice_coverage_ratio: measureCoverage,
  admin_response_seconds: (shop) => measureStep(shop, 'accepted', ['placed']),
  bot_answer_seconds: measureBot,
  api_answer_seconds: (_shop, metrics) => measureApi(metrics),
  push_delivery_seconds: measurePush,
}

function judge(name: TargetName, { value, count, span }: Measured): Target {
  const limit = TARGET_LIMITS[name]
  const isMet = value === null ? null : name === 'notice_coverage_ratio' ? value >= limit : value <= limit
  return { name, value, limit, isMet, count, span }
}

/** From the moment an order could be worked on until the step, of the steps of seven days. */
function measureStep({ db, clock }: Shop, type: PromisedStep, stages: Stage[]): Measured {
  const now = clock.now()
  const limit = type === 'accepted' ? 'admin_response_seconds' : 'order_processing_seconds'
  const done = listStepSpans(db, { type, from: now - WEEK_MS, limit: NEWEST })
  const late = stages
    .flatMap((stage) => listWaitingOrders(db, { stage, limit: OLDEST }))
    .filter((since) => now - since > TARGET_LIMITS[limit] * 1000)
  return { ...timesOf(done, late, now), span: 'week' }
}

/** From the arrival of an update until it was answered, of the updates of a day. */
function measureBot({ db, clock }: Shop): Measured {
  const now = clock.now()
  const done = listUpdateSpans(db, { from: now - DAY_MS, limit: NEWEST })
  const late = listWaitingUpdates(db, OLDEST).filter(
    (since) => now - since > TARGET_LIMITS.bot_answer_seconds * 1000,
  )
  return { ...timesOf(done, late, now), span: 'day' }
}

function timesOf(done: Span[], lateSince: number[], now: number): Omit<Measured, 'span'> {
  const times = [...done.map(({ since, until }) => until - since), ...lateSince.map((since) => now - since)]
  times.sort((a, b) => a - b)
  const at = times[Math.max(Math.ceil(times.length * SHARE) - 1, 0)]
  return { value: at === undefined ? null : at / 1000, count: times.length }
}

/**
 * Of all notices of a day that were to reach somebody: the share whose fate is known. An event whose customer has no
 * notice at all counts as one that is missing.
 */
function measureCoverage({ db, clock }: Shop): Measured {
  const now = clock.now()
  const ended = listTallies(db, hoursUntil(now)).reduce((sum, { count }) => sum + count, 0)
  const overdue = countOverdueNotices(db, { before: now - TOLD_WITHIN_MS, limit: MOST_COUNTED })
  const untold = countUntold(db, { from: now - DAY_MS, limit: NEWEST })
  const count = ended + overdue + untold
  return { value: count === 0 ? null : ended / count, count, span: 'day' }
}

/** From the moment a push was due until its service took it, of the pushes of a day. */
function measurePush({ db, clock }: Shop): Measured {
  const { sent, delays } = numbersOf(listTallies(db, hoursUntil(clock.now())), 'push')
  const ms = percentile(delays, SHARE)
  return { value: ms === null ? null : ms / 1000, count: sent, span: 'day' }
}

/** How long requests of the panel took, of all since the process began: they leave no rows. */
async function measureApi({ requestSeconds }: Metrics): Promise<Measured> {
  const { values } = await requestSeconds.get()
  return { ...shareWithin(values, SHARE), span: 'start' }
}

function hoursUntil(now: number): { from: number; to: number } {
  const to = Math.floor(now / HOUR_MS) + 1
  return { from: to - 24, to }
}
