import { describe, expect, it } from 'vitest'
import { quietUntil } from './quiet-hours.ts'

const NIGHT = { from: '22:00', to: '07:00' }

function quiet({ from, to }: { from: string; to: string }, timezone: string) {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  return { from: minutes(from), to: minutes(to), timezone }
}

/** When it is quiet until, as UTC; "loud" when it is not quiet at all. */
function until(hours: { from: string; to: string }, timezone: string, at: string): string {
  const end = quietUntil(quiet(hours, timezone), Date.parse(at))
  return end === undefined ? 'loud' : new Date(end).toISOString().replace(':00.000Z', 'Z')
}

describe('quiet hours', () => {
  it.each([
    // within a day
    ['13:00', '15:00', 'UTC', '2026-01-05T12:59:59.999Z', 'loud'],
    ['13:00', '15:00', 'UTC', '2026-01-05T13:00:00.000Z', '2026-01-05T15:00Z'],
    ['13:00', '15:00', 'UTC', '2026-01-05T14:59:59.999Z', '2026-01-05T15:00Z'],
    ['13:00', '15:00', 'UTC', '2026-01-05T15:00:00.000Z', 'loud'],
    // over midnight
    ['22:00', '07:00', 'UTC', '2026-01-05T21:59:59.999Z', 'loud'],
    ['22:00', '07:00', 'UTC', '2026-01-05T22:00:00.000Z', '2026-01-06T07:00Z'],
    ['22:00', '07:00', 'UTC', '2026-01-06T00:00:00.000Z', '2026-01-06T07:00Z'],
    ['22:00', '07:00', 'UTC', '2026-01-06T06:59:59.999Z', '2026-01-06T07:00Z'],
    ['22:00', '07:00', 'UTC', '2026-01-06T07:00:00.000Z', 'loud'],
    ['22:00', '00:00', 'UTC', '2026-01-05T23:30:00.000Z', '2026-01-06T00:00Z'],
    ['22:00', '00:00', 'UTC', '2026-01-06T00:00:00.000Z', 'loud'],
    ['00:00', '23:59', 'UTC', '2026-01-05T12:00:00.000Z', '2026-01-05T23:59Z'],
    // none at all
    ['07:00', '07:00', 'UTC', '2026-01-05T07:00:00.000Z', 'loud'],
    ['00:00', '00:00', 'UTC', '2026-01-05T12:00:00.000Z', 'loud'],
    // other time zones: half hours, and a date that is another one there
    ['22:00', '07:00', 'Asia/Kolkata', '2026-01-05T16:29:00.000Z', 'loud'],
    ['22:00', '07:00', 'Asia/Kolkata', '2026-01-05T16:30:00.000Z', '2026-01-06T01:30Z'],
    ['22:00', '07:00', 'Pacific/Auckland', '2026-01-05T09:00:00.000Z', '2026-01-05T18:00Z'],
    ['22:00', '07:00', 'America/New_York', '2026-01-05T21:30:00.000Z', 'loud'],
    ['22:00', '07:00', 'America/New_York', '2026-01-06T03:00:00.000Z', '2026-01-06T12:00Z'],
  ])('from %s to %s in %s, at %s: %s', (from, to, zone, at, expected) => {
    expect(until({ from, to }, zone, at)).toBe(expected)
  })

  it('are none where none are set', () => {
    expect(quietUntil(null, 0)).toBeUndefined()
  })
})

describe('a night in which the clocks change', () => {
  it.each([
    // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
    ['22:00', '07:00', 'Europe/Berlin', '2026-03-28T21:00:00.000Z', '2026-03-29T05:00Z'],
    ['22:00', '07:00', 'Europe/Berlin', '2026-03-29T00:59:00.000Z', '2026-03-29T05:00Z'],
    ['22:00', '07:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z', '2026-03-29T05:00Z'],
    ['22:00', '07:00', 'Europe/Berlin', '2026-03-29T05:00:00.000Z', 'loud'],
    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC.
    ['22:00', '07:00', 'Europe/Berlin', '2026-10-24T20:00:00.000Z', '2026-10-25T06:00Z'],
    ['22:00', '07:00', 'Europe/Berlin', '2026-10-25T00:30:00.000Z', '2026-10-25T06:00Z'],
    ['22:00', '07:00', 'Europe/Berlin', '2026-10-25T01:30:00.000Z', '2026-10-25T06:00Z'],
    ['22:00', '07:00', 'Europe/Berlin', '2026-10-25T06:00:00.000Z', 'loud'],
    // New York, 8 March 2026: 02:00 becomes 03:00 at 07:00 UTC.
    ['22:00', '07:00', 'America/New_York', '2026-03-08T03:00:00.000Z', '2026-03-08T11:00Z'],
    ['22:00', '07:00', 'America/New_York', '2026-03-08T10:59:59.999Z', '2026-03-08T11:00Z'],
    // New York, 1 November 2026: 02:00 becomes 01:00 at 06:00 UTC.
    ['22:00', '07:00', 'America/New_York', '2026-11-01T02:00:00.000Z', '2026-11-01T12:00Z'],
    ['22:00', '07:00', 'America/New_York', '2026-11-01T06:30:00.000Z', '2026-11-01T12:00Z'],
    // An end that the clocks leap over comes as late as it would have without the leap.
    ['22:00', '02:30', 'Europe/Berlin', '2026-03-28T22:00:00.000Z', '2026-03-29T01:30Z'],
    ['22:00', '02:30', 'Europe/Berlin', '2026-03-29T00:45:00.000Z', '2026-03-29T01:30Z'],
    // One that comes twice is the first one.
    ['22:00', '02:30', 'Europe/Berlin', '2026-10-24T21:00:00.000Z', '2026-10-25T00:30Z'],
  ])('from %s to %s in %s, at %s: until %s', (from, to, zone, at, expected) => {
    expect(until({ from, to }, zone, at)).toBe(expected)
  })

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/St_Johns'])(
    'the whole year in %s: the end is ahead, the clocks show it, and just before it is quiet',
    (zone) => {
      const start = Date.UTC(2026, 0, 1)
      for (let at = start; at < Date.UTC(2027, 0, 1); at += 37 * 60_000) {
        const end = quietUntil(quiet(NIGHT, zone), at)
        if (end === undefined) continue
        expect(end - at).toBeGreaterThan(0)
        expect(end - at).toBeLessThanOrEqual(10 * 3_600_000)
        expect(quietUntil(quiet(NIGHT, zone), end)).toBeUndefined()
        expect(quietUntil(quiet(NIGHT, zone), end - 1)).toBe(end)
        const shown = new Date(end).toLocaleTimeString('en-GB', { timeZone: zone })
        expect(shown).toBe('07:00:00')
      }
    },
  )
})
