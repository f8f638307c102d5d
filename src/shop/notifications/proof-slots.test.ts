import { expect, it } from 'vitest'
import { type Period, slotsOf } from './proof-slots.ts'

const HOUR_MS = 3_600_000

/** When each slot begins, as the clocks of the zone show it. */
function begins(period: Period, now: number, timeZone: string): string[] {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return slotsOf(period, now, timeZone).map(({ from }) => format.format(from * HOUR_MS))
}

it('has an hour of a day, six hours of a week, a day of a month, up to now', () => {
  const now = Date.UTC(2026, 10, 22, 14, 20)
  expect(begins('day', now, 'UTC')).toHaveLength(24)
  expect(begins('day', now, 'UTC').at(-1)).toBe('22/11/2026, 14:00')
  const week = begins('week', now, 'Europe/Berlin')
  expect(week).toHaveLength(28)
  expect(week.slice(-3)).toEqual(['22/11/2026, 00:00', '22/11/2026, 06:00', '22/11/2026, 12:00'])
  const month = begins('month', now, 'America/New_York')
  expect(month).toHaveLength(30)
  expect(month.at(0)).toBe('24/10/2026, 00:00')
  expect(month.at(-1)).toBe('22/11/2026, 00:00')
})

it('leaves no hour out and counts none twice, also when the clocks change', () => {
  for (const timezone of [
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
  ]) {
    for (const now of [Date.UTC(2026, 9, 26, 3), Date.UTC(2026, 3, 2, 1, 59), Date.UTC(2026, 10, 2)]) {
      for (const period of ['day', 'week', 'month'] as const) {
        const slots = slotsOf(period, now, timezone)
        expect(slots.at(-1)?.to).toBe(Math.floor(now / HOUR_MS) + 1)
        slots.forEach((slot, i) => {
          expect(slot.to).toBeGreaterThan(slot.from)
          if (i > 0) expect(slot.from).toBe(slots[i - 1]?.to)
        })
      }
    }
  }
})

it('gives a day of 25 hours all of its hours', () => {
  const days = slotsOf('month', Date.UTC(2026, 9, 30, 12), 'Europe/Berlin')
  expect(days.map(({ from, to }) => to - from)).toContain(25)
})
