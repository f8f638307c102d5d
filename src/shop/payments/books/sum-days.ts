import { sumSpan } from '../../../db/books.ts'
import type { Reader } from '../../../db/database.ts'
import type { LedgerProvider } from '../../../db/schema.ts'
import { localDay, startOfDay } from '../../../lib/local-day.ts'

/** What came in and went back on a day by one way of paying, in one currency. */
export interface BookDay {
  /** "2026-11-22", in the shop's time zone. */
  day: string
  provider: LedgerProvider
  currency: string
  chargedMinor: number
  refundedMinor: number
  charges: number
  refunds: number
}

/** The money of the newest `days` days, one day after the other, newest first. */
export function* sumDays(
  db: Reader,
  { now, timezone, days }: { now: number; timezone: string; days: number },
): Generator<BookDay[], void, void> {
  let to = now + 1
  for (let count = 0; count < days; count++) {
    const from = startOfDay(timezone, to - 1)
    yield daysOf(sumSpan(db, { from, to }), localDay(timezone, from))
    to = from
  }
}

function daysOf(sums: ReturnType<typeof sumSpan>, day: string): BookDay[] {
  const byWay = new Map<string, BookDay>()
  for (const { provider, currency, kind, amount, count } of sums) {
    const key = `${provider} ${currency}`
    const none = { day, provider, currency, chargedMinor: 0, refundedMinor: 0, charges: 0, refunds: 0 }
    const known = byWay.get(key) ?? none
    const counted =
      kind === 'charge' ? { chargedMinor: amount, charges: count } : { refundedMinor: amount, refunds: count }
    byWay.set(key, { ...known, ...counted })
  }
  return [...byWay.values()]
}
