import { expect, test } from 'vitest'
import type { Books } from '../../../src/http/contract/money.ts'
import { plotDays, sumByWay } from './day-sums.ts'

type Day = Books['days'][number]

function day(more: Partial<Day>): Day {
  return {
    day: '2026-11-22',
    provider: 'transfer',
    currency: 'EUR',
    chargedMinor: 1000,
    refundedMinor: 0,
    charges: 1,
    refunds: 0,
    ...more,
  }
}

const DAYS = [
  day({}),
  day({ provider: 'cash', chargedMinor: 500, refundedMinor: 200, refunds: 1 }),
  day({ day: '2026-11-20', chargedMinor: 300 }),
  day({ provider: 'stars', currency: 'XTR', chargedMinor: 70 }),
]

test('sums each way the money took, and never adds up two currencies', () => {
  expect(sumByWay(DAYS)).toEqual([
    { provider: 'transfer', currency: 'EUR', chargedMinor: 1300, refundedMinor: 0, charges: 2, refunds: 0 },
    { provider: 'cash', currency: 'EUR', chargedMinor: 500, refundedMinor: 200, charges: 1, refunds: 1 },
    { provider: 'stars', currency: 'XTR', chargedMinor: 70, refundedMinor: 0, charges: 1, refunds: 0 },
  ])
})

test('days on which nothing happened have their place in the plot', () => {
  expect(plotDays(DAYS, { today: '2026-11-22', count: 3, currency: 'EUR' })).toEqual([
    { day: '2026-11-20', came: { transfer: 300 }, went: 0 },
    { day: '2026-11-21', came: {}, went: 0 },
    { day: '2026-11-22', came: { transfer: 1000, cash: 500 }, went: 200 },
  ])
})
