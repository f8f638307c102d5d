import type { Books } from '../../../src/http/contract/money.ts'

type BookDay = Books['days'][number]

/** What came and went by one way in all the days together. */
export interface WaySum {
  provider: BookDay['provider']
  currency: string
  chargedMinor: number
  refundedMinor: number
  charges: number
  refunds: number
}

/** The days that the plot shows, oldest first, with each way's sums. */
export interface PlotDay {
  day: string
  came: Partial<Record<BookDay['provider'], number>>
  went: number
}

/** Sums by the way the money took, the one with the most payments first. */
export function sumByWay(days: readonly BookDay[]): WaySum[] {
  const ways = new Map<string, WaySum>()
  for (const { provider, currency, chargedMinor, refundedMinor, charges, refunds } of days) {
    const key = `${provider} ${currency}`
    const sum = ways.get(key) ?? {
      provider,
      currency,
      chargedMinor: 0,
      refundedMinor: 0,
      charges: 0,
      refunds: 0,
    }
    ways.set(key, {
      ...sum,
      chargedMinor: sum.chargedMinor + chargedMinor,
      refundedMinor: sum.refundedMinor + refundedMinor,
      charges: sum.charges + charges,
      refunds: sum.refunds + refunds,
    })
  }
  return [...ways.values()].sort((a, b) => b.charges - a.charges)
}

/** The last `count` days up to `today`, with those on which nothing happened; only what came in `currency`. */
export function plotDays(
  days: readonly BookDay[],
  { today, count, currency }: { today: string; count: number; currency: string },
): PlotDay[] {
  const last = Date.parse(`${today}T00:00:00Z`)
  return Array.from({ length: count }, (_, i) => {
    const day = new Date(last - (count - 1 - i) * 24 * 3_600_000).toISOString().slice(0, 10)
    const here = days.filter((one) => one.day === day && one.currency === currency)
    return {
      day,
      came: Object.fromEntries(here.map(({ provider, chargedMinor }) => [provider, chargedMinor])),
      went: here.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0),
    }
  })
}
