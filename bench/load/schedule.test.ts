import { expect, test } from 'vitest'
import { TEN_TIMES_THE_PLAN } from './options.ts'
import { planArrivals } from './schedule.ts'

const OPTIONS = { ...TEN_TIMES_THE_PLAN, seed: 7 }

test('the same seed brings the same people at the same moments; another one brings others', () => {
  expect(planArrivals(OPTIONS, 10_000)).toEqual(planArrivals(OPTIONS, 10_000))
  expect(planArrivals({ ...OPTIONS, seed: 8 }, 10_000)).not.toEqual(planArrivals(OPTIONS, 10_000))
})

test('as many come as were asked for, within the time, and nobody twice', () => {
  const arrivals = planArrivals(OPTIONS, 10_000)
  expect(arrivals.filter(({ wish }) => wish)).toHaveLength(500)
  expect(new Set(arrivals.map(({ customer }) => customer)).size).toBe(arrivals.length)
  expect(arrivals.map(({ at }) => at)).toEqual(arrivals.map(({ at }) => at).toSorted((a, b) => a - b))
  expect(arrivals.at(-1)?.at).toBeLessThan(600_000)
  expect(() => planArrivals(OPTIONS, 700)).toThrow('too few')
})
