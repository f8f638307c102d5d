import { expect, test } from 'vitest'
import { agoTime, clockTime, exactTime, relativeTime, timeLeft } from './relative-time.ts'

const NOW = Date.UTC(2026, 10, 22, 13, 2, 30)
const MINUTE = 60_000

test('relative times are short, and become dates after a week', () => {
  const ago = (ms: number) => relativeTime(NOW - ms, NOW, 'Europe/Berlin')
  expect(ago(-3000)).toBe('now')
  expect(ago(59_000)).toBe('now')
  expect(ago(5 * MINUTE + 1)).toBe('5 min')
  expect(ago(3 * 60 * MINUTE)).toBe('3 h')
  expect(ago(49 * 60 * MINUTE)).toBe('2 d')
  expect(ago(20 * 24 * 60 * MINUTE)).toBe('2 Nov')
})

test('in a sentence they say that they are past', () => {
  const ago = (ms: number) => agoTime(NOW - ms, NOW, 'Europe/Berlin')
  expect(ago(1000)).toBe('just now')
  expect(ago(6 * MINUTE)).toBe('6 min ago')
  expect(ago(20 * 24 * 60 * MINUTE)).toBe('on 2 Nov')
})

test("exact times are in the shop's zone, whatever the phone's", () => {
  expect(exactTime(NOW, 'Europe/Berlin')).toBe('22 Nov 2026, 14:02')
  expect(clockTime(NOW - MINUTE, NOW, 'Europe/Berlin')).toBe('14:01')
  expect(clockTime(NOW - 24 * 60 * MINUTE, NOW, 'Europe/Berlin')).toBe('21 Nov 14:02')
})

test('what is left is counted up to the next second and never below none', () => {
  expect(timeLeft(NOW + 2100, NOW)).toBe('3 s')
  expect(timeLeft(NOW - 5, NOW)).toBe('0 s')
  expect(timeLeft(NOW + 20 * MINUTE, NOW)).toBe('20 min')
  expect(timeLeft(NOW + 5 * 60 * MINUTE, NOW)).toBe('5 h')
})
