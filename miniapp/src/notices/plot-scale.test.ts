import { expect, test } from 'vitest'
import { duration, percent } from './moments.ts'
import { delayScale, labelled, roundTop } from './plot-scale.ts'

test('delays from a blink to days stay on the plot', () => {
  for (const most of [0, 80, 9_000, 70_000, 40 * 60_000, 30 * 3_600_000, 20 * 24 * 3_600_000]) {
    const { y, ticks } = delayScale(most)
    expect(y(0)).toBe(0)
    expect(y(most)).toBeLessThanOrEqual(1)
    expect(y(5_000)).toBeGreaterThan(0)
    expect(ticks.length).toBeGreaterThan(2)
    expect(Math.max(...ticks.map((tick) => tick.y))).toBeLessThanOrEqual(1)
  }
})

test('bars end at a round number', () => {
  expect([0, 1, 3, 14, 96, 101, 240, 5000].map(roundTop)).toEqual([1, 1, 3, 15, 100, 150, 300, 5000])
})

test('a few slots are named, the first and the last among them', () => {
  expect(labelled(24)).toEqual([0, 8, 15, 23])
  expect(labelled(2)).toEqual([0, 1])
})

test('numbers are as short as they may be, and no share is rounded up to its target', () => {
  expect([85, 1_440, 9_960, 61_000, 180_000, 7_200_000].map(duration)).toEqual([
    '85 ms',
    '1.4 s',
    '10 s',
    '61 s',
    '3 min',
    '2 h',
  ])
  expect([1, 0.9799, 0.98, 0.2956].map(percent)).toEqual(['100 %', '97.9 %', '98 %', '29.5 %'])
})
