const HOUR = 3_600_000
const DAY = 24 * HOUR

/** The day of a moment as a date field takes it, in the shop's time: "2026-11-22". */
export function dayOf(at: number, timezone: string): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(at)
}

/** When a day of the shop begins; undefined for what is no day. */
export function startOfDay(day: string, timezone: string): number | undefined {
  const utc = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(utc)) return undefined
  // No place is more than 14 hours away from UTC; the first quarter of an hour that has this date begins it.
  for (let at = utc - 14 * HOUR; at <= utc + 14 * HOUR; at += HOUR / 4) {
    if (dayOf(at, timezone) === day) return at
  }
  return undefined
}

/** When a day of the shop is over. */
export function endOfDay(day: string, timezone: string): number | undefined {
  const start = startOfDay(day, timezone)
  // Days are between 23 and 25 hours long.
  return start === undefined ? undefined : startOfDay(dayOf(start + DAY + 2 * HOUR, timezone), timezone)
}
