import { expect, test } from 'vitest'
import { dayOf, endOfDay, startOfDay } from './shop-days.ts'

test("days begin and end by the shop's clock", () => {
  expect(startOfDay('2026-11-22', 'UTC')).toBe(Date.UTC(2026, 10, 22))
  expect(startOfDay('2026-11-22', 'Europe/Berlin')).toBe(Date.UTC(2026, 10, 21, 23))
  expect(endOfDay('2026-11-22', 'Asia/Kolkata')).toBe(Date.UTC(2026, 10, 22, 18, 30))
  expect(dayOf(Date.UTC(2026, 10, 21, 23), 'Europe/Berlin')).toBe('2026-11-22')
})

test('days on which the clock is changed are shorter or longer', () => {
  const length = (day: string) =>
    ((endOfDay(day, 'Europe/Berlin') ?? 0) - (startOfDay(day, 'Europe/Berlin') ?? 0)) / 3_600_000
  expect([length('2026-03-29'), length('2026-10-25'), length('2026-10-26')]).toEqual([23, 25, 24])
})

test('what is no day is none', () => {
  expect(['', '22.11.2026', '2026-13-01'].map((day) => startOfDay(day, 'UTC'))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
