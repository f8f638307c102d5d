import { clockTimeNear, minuteOfDay } from '../../lib/local-day.ts'

/** Hours in which a person wants no noise: minutes since midnight in their time zone; `from` after `to` spans midnight. */
export interface QuietHours {
  from: number
  to: number
  timezone: string
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

/** When the quiet hours that hold at `at` end (ms since 1970), or undefined when none hold. */
export function quietUntil(quiet: QuietHours | null, at: number): number | undefined {
  if (!quiet || quiet.from === quiet.to) return undefined
  const { from, to, timezone } = quiet
  const minute = minuteOfDay(timezone, at)
  const isQuiet = from < to ? minute >= from && minute < to : minute >= from || minute < to
  if (!isQuiet) return undefined
  const minutesLeft = (to - minute + DAY_MINUTES) % DAY_MINUTES
  const guess = at - (at % MINUTE_MS) + minutesLeft * MINUTE_MS
  const end = clockTimeNear(timezone, guess, to)
  // An end that the clocks leap over in spring comes as late as it would have without the leap.
  return minuteOfDay(timezone, end) === to ? end : guess
}
