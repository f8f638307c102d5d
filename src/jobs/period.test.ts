import { expect, it } from 'vitest'
import { dayDue, dueToday, dueTomorrow } from './period.ts'

const FOUR = 4 * 60
const LISBON = 'Europe/Lisbon'
const utc = (text: string) => Date.parse(`${text}Z`)

it('a daily job is due from its minute to midnight, on the clocks of the shop', () => {
  const at = (text: string) => dayDue({ daily: FOUR }, utc(text), 'America/New_York')
  expect(at('2026-11-29T08:59:59')).toBeUndefined()
  expect(at('2026-11-29T09:00:00')).toBe('2026-11-29')
  expect(at('2026-11-30T04:59:00')).toBe('2026-11-29')
  expect(at('2026-11-30T05:00:00')).toBeUndefined()
  expect(dayDue({}, utc('2026-11-29T08:00:00'), 'UTC')).toBeNull()
})

it('knows when that is, also on the days on which clocks are changed', () => {
  // Summer time begins on 29 March at one, and ends on 25 October at two.
  expect(dueToday(FOUR, utc('2026-03-29T12:00:00'), LISBON)).toBe(utc('2026-03-29T03:00:00'))
  expect(dueTomorrow(FOUR, utc('2026-03-28T12:00:00'), LISBON)).toBe(utc('2026-03-29T03:00:00'))
  expect(dueTomorrow(FOUR, utc('2026-10-24T22:30:00'), LISBON)).toBe(utc('2026-10-25T04:00:00'))
  expect(dueTomorrow(FOUR, utc('2026-10-25T23:30:00'), LISBON)).toBe(utc('2026-10-26T04:00:00'))
})
