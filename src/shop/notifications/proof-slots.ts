import { clockTimeNear, minuteOfDay } from '../../lib/local-day.ts'

export type Period = 'day' | 'week' | 'month'

/** A stretch of a plot, in whole hours since 1970: from `from` to before `to`. */
export interface Slot {
  from: number
  to: number
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const PLOTS: Record<Period, { slots: number; minutes: number }> = {
  day: { slots: 24, minutes: 60 },
  week: { slots: 28, minutes: 6 * 60 },
  month: { slots: 30, minutes: 24 * 60 },
}

/**
 * The slots of a period up to now, oldest first: each hour of a day, six hours of a week, or day of a month, as clocks in
 * the time zone show them. A day on which the clocks change has 23 or 25 hours.
 */
export function slotsOf(period: Period, now: number, timezone: string): Slot[] {
  const { slots, minutes } = PLOTS[period]
  const found: Slot[] = []
  let to = Math.floor(now / HOUR_MS) + 1
  while (found.length < slots) {
    const from = Math.floor(startOfSlot(to * HOUR_MS - 1, minutes, timezone) / HOUR_MS)
    found.push({ from, to })
    to = from
  }
  return found.reverse()
}

function startOfSlot(at: number, minutes: number, timezone: string): number {
  // Some zones are off by half an hour, and what is counted by the hour is not.
  if (minutes === 60) return at
  const into = minuteOfDay(timezone, at) % minutes
  const guess = at - (at % MINUTE_MS) - into * MINUTE_MS
  return clockTimeNear(timezone, guess, minuteOfDay(timezone, at) - into)
}
