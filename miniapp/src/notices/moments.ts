const formats = new Map<string, Intl.DateTimeFormat>()

/** A moment to the second: "14:02:31", with the day before it on other days. */
export function preciseTime(at: number, now: number, timezone: string): string {
  const time = format(timezone, { timeStyle: 'medium' }).format(at)
  const day = format(timezone, { day: 'numeric', month: 'short' })
  return day.format(at) === day.format(now) ? time : `${day.format(at)}, ${time}`
}

/** Where a stretch of a plot begins: "14:00" of a day, "Mon 22" of a week or month. */
export function slotName(at: number, period: 'day' | 'week' | 'month', timezone: string): string {
  if (period === 'day') return format(timezone, { timeStyle: 'short' }).format(at)
  if (period === 'week')
    return format(timezone, { weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at)
  return format(timezone, { day: 'numeric', month: 'short' }).format(at)
}

/** How long something took: "85 ms", "1.4 s", "3 min", "2 h". */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 9_950) return `${Number((ms / 1_000).toFixed(1))} s`
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`
  if (ms < 7_200_000) return `${Math.round(ms / 60_000)} min`
  return `${Math.round(ms / 3_600_000)} h`
}

/** The same in a shopkeeper's words, in seconds from the start: "0.2 s". */
export function seconds(ms: number): string {
  return ms < 9_950 ? `${Math.max(ms / 1_000, 0.1).toFixed(1)} s` : duration(ms)
}

/** A share of a whole, never rounded up over a target: "97.9 %". */
export function percent(share: number): string {
  const tenths = Math.floor(share * 1_000 + 1e-9) / 10
  return `${Number.isInteger(tenths) ? tenths : tenths.toFixed(1)} %`
}

function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = timeZone + JSON.stringify(options)
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, ...options })
  formats.set(key, made)
  return made
}
