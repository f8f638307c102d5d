import { expect, it } from 'vitest'
import { localDay, minuteOfDay, startOfDay } from './local-day.ts'

const HOUR_MS = 3_600_000
const BERLIN = 'Europe/Berlin'

it('knows the time and the day where somebody is', () => {
  const at = Date.parse('2026-07-01T22:30:00Z')
  expect([minuteOfDay('UTC', at), minuteOfDay(BERLIN, at)]).toEqual([1350, 30])
  expect([localDay('UTC', at), localDay(BERLIN, at)]).toEqual(['2026-07-01', '2026-07-02'])
})

it.each([
  ['an ordinary day', '2026-07-01T10:00:00.500Z', '2026-06-30T22:00:00.000Z'],
  ['midnight itself', '2026-06-30T22:00:00.000Z', '2026-06-30T22:00:00.000Z'],
  ['the day that is an hour short', '2026-03-29T20:00:00Z', '2026-03-28T23:00:00.000Z'],
  ['the day that is an hour long', '2026-10-25T20:00:00Z', '2026-10-24T22:00:00.000Z'],
])('finds where %s began', (_name, at, began) => {
  expect(new Date(startOfDay(BERLIN, Date.parse(at))).toISOString()).toBe(began)
})

// On the Azores midnight comes twice a year, in Cairo a day begins at one.
it.each([BERLIN, 'Atlantic/Azores', 'Africa/Cairo'])(
  'finds one beginning for each day of a year in %s',
  (zone) => {
    const start = Date.parse('2026-01-01T00:00:00Z')
    const begins = new Map<string, Set<number>>()
    for (let hour = 0; hour < 365 * 24; hour += 1) {
      const at = start + hour * HOUR_MS
      const began = startOfDay(zone, at)
      expect(localDay(zone, began)).toBe(localDay(zone, at))
      expect(localDay(zone, began - 1)).not.toBe(localDay(zone, at))
      begins.set(localDay(zone, at), (begins.get(localDay(zone, at)) ?? new Set()).add(began))
    }
    expect([...begins].filter(([, days]) => days.size !== 1)).toEqual([])
  },
)
