import { clockTimeNear, localDay, minuteOfDay, startOfDay } from '../lib/local-day.ts'
import type { Job } from './jobs.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/**
 * For which day a job would run now, as in "2026-11-29": null for one that is no daily job. Undefined while it is too
 * early for the day's run.
 */
export function dayDue(
  { daily }: Pick<Job, 'daily'>,
  now: number,
  timezone: string,
): string | null | undefined {
  if (daily === undefined) return null
  return minuteOfDay(timezone, now) < daily ? undefined : localDay(timezone, now)
}

/** When a daily job is due on the day that holds `at`, ms since 1970. */
export function dueToday(daily: number, at: number, timezone: string): number {
  return clockTimeNear(timezone, startOfDay(timezone, at) + daily * MINUTE_MS, daily)
}

/** When it is due on the day after. */
export function dueTomorrow(daily: number, at: number, timezone: string): number {
  // Noon is on the day that is meant, also when the clocks are changed.
  return dueToday(daily, startOfDay(timezone, at) + 1.5 * DAY_MS, timezone)
}
