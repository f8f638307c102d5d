const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long ago, as short as a list needs it: "now", "5 min", "3 h", "2 d", then the date. */
export function relativeTime(at: number, now: number, timezone: string): string {
  const age = now - at
  if (age < MINUTE) return 'now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`
  if (age < DAY) return `${Math.floor(age / HOUR)} h`
  if (age < 7 * DAY) return `${Math.floor(age / DAY)} d`
  return dateFormat(timezone, { day: 'numeric', month: 'short' }).format(at)
}

/** The same within a sentence: "just now", "5 min ago", "on 22 Nov". */
export function agoTime(at: number, now: number, timezone: string): string {
  const short = relativeTime(at, now, timezone)
  if (short === 'now') return 'just now'
  return now - at < 7 * DAY ? `${short} ago` : `on ${short}`
}

/** The exact moment in the shop's time: "21 Nov 2026, 14:02". */
export function exactTime(at: number, timezone: string): string {
  return dateFormat(timezone, { dateStyle: 'medium', timeStyle: 'short' }).format(at)
}

/** The day of a moment in the shop's time: "22 Nov 2026". */
export function exactDay(at: number, timezone: string): string {
  return dateFormat(timezone, { dateStyle: 'medium' }).format(at)
}

/** Hours and minutes today, with the day before them on other days: "14:02", "21 Nov 14:02". */
export function clockTime(at: number, now: number, timezone: string): string {
  const time = dateFormat(timezone, { hour: '2-digit', minute: '2-digit' }).format(at)
  const day = dateFormat(timezone, { day: 'numeric', month: 'short' })
  return day.format(at) === day.format(now) ? time : `${day.format(at)} ${time}`
}

/** What is left until `at`: "3 s", "20 min"; "0 s" once it is past. */
export function timeLeft(at: number, now: number): string {
  const left = Math.max(0, at - now)
  if (left < 2 * MINUTE) return `${Math.ceil(left / 1000)} s`
  if (left < 2 * HOUR) return `${Math.round(left / MINUTE)} min`
  return `${Math.round(left / HOUR)} h`
}

const formats = new Map<string, Intl.DateTimeFormat>()

function dateFormat(timezone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = timezone + JSON.stringify(options)
  let format = formats.get(key)
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: timezone, ...options })
    formats.set(key, format)
  }
  return format
}
