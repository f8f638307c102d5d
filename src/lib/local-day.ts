const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440
const clocks = new Map<string, Intl.DateTimeFormat>()

/** Minutes since midnight on the clocks of this time zone, 0 to 1439. */
export function minuteOfDay(timezone: string, at: number): number {
  const { hour, minute } = partsOf(timezone, at)
  return Number(hour) * 60 + Number(minute)
}

/** The date on the calendars of this time zone, as in "2026-11-22". */
export function localDay(timezone: string, at: number): string {
  const { year, month, day } = partsOf(timezone, at)
  return `${year}-${month}-${day}`
}

/** When the day that holds `at` began in this time zone, ms since 1970. */
export function startOfDay(timezone: string, at: number): number {
  const midnight = clockTimeNear(timezone, at - (minuteOfDay(timezone, at) * MINUTE_MS + (at % MINUTE_MS)), 0)
  // Where clocks are put back at one in the morning, midnight comes twice.
  const isSecond = localDay(timezone, midnight - 1) === localDay(timezone, at)
  return isSecond ? startOfDay(timezone, midnight - 1) : midnight
}

/**
 * The moment nearest to `guess` at which the clocks of this time zone show `minute`: a day on which they change is an
 * hour longer or shorter than its minutes say.
 */
export function clockTimeNear(timezone: string, guess: number, minute: number): number {
  const off = (minute - minuteOfDay(timezone, guess) + DAY_MINUTES) % DAY_MINUTES
  return guess + (off > DAY_MINUTES / 2 ? off - DAY_MINUTES : off) * MINUTE_MS
}

function partsOf(timezone: string, at: number): Record<string, string> {
  let clock = clocks.get(timezone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-CA', {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZone: timezone,
    })
    clocks.set(timezone, clock)
  }
  return Object.fromEntries(clock.formatToParts(at).map((part) => [part.type, part.value]))
}
