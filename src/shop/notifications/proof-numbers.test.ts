import { expect, it } from 'vitest'
import type { TallyRow } from '../../db/proof-numbers.ts'
import { deliveryRate, numbersOf, percentile } from './proof-numbers.ts'
import { bucketOf } from './settle.ts'

function delaysOf(all: number[]): Map<number, number> {
  const delays = new Map<number, number>()
  for (const ms of all) delays.set(bucketOf(ms), (delays.get(bucketOf(ms)) ?? 0) + 1)
  return delays
}

it('tells a percentile of delays to ±4.5 %, whatever they are', () => {
  for (const ms of [1, 7, 30, 100, 999, 5_000, 61_234, 3_600_000]) {
    const told = percentile(delaysOf([ms]), 0.95) ?? Number.NaN
    expect(Math.abs(told + 1 - (ms + 1)) / (ms + 1)).toBeLessThan(0.045 + 0.5 / (ms + 1))
  }
})

it('counts the share of messages, not of buckets', () => {
  const delays = delaysOf([...Array<number>(94).fill(100), ...Array<number>(5).fill(2_000), 60_000])
  expect(percentile(delays, 0.5)).toBeCloseTo(100, -1)
  expect(percentile(delays, 0.94)).toBeCloseTo(100, -1)
  expect(percentile(delays, 0.95)).toBeGreaterThan(1_900)
  expect(percentile(delays, 0.99)).toBeLessThan(2_100)
  expect(percentile(delays, 1)).toBeGreaterThan(57_000)
  expect(percentile(new Map(), 0.95)).toBeNull()
})

it('leaves who cannot be reached out of the rate', () => {
  const tally = (outcome: TallyRow['outcome'], count: number, bucket = 0): TallyRow => {
    return { channel: 'push', outcome, bucket, count }
  }
  const tallies = [
    tally('sent', 90, 40),
    tally('sent', 5, 50),
    tally('dead', 5),
    tally('unreachable', 40),
    { ...tally('sent', 1_000), channel: 'mail' as const },
  ]
  const numbers = numbersOf(tallies, 'push')
  expect(numbers).toMatchObject({ sent: 95, dead: 5, unreachable: 40 })
  expect([...numbers.delays]).toEqual([
    [40, 90],
    [50, 5],
  ])
  expect(deliveryRate(numbers)).toBe(0.95)
  expect(deliveryRate({ sent: 0, dead: 0 })).toBeNull()
})
