import { describe, expect, it } from 'vitest'
import { allocateRefund, type Source } from './allocate-refund.ts'

const part = (chargeId: number, leftMinor: number): Source => ({ chargeId, leftMinor, wholeOnly: false })
const whole = (chargeId: number, leftMinor: number): Source => ({ chargeId, leftMinor, wholeOnly: true })
const shares = (amount: number, ...sources: Source[]) =>
  allocateRefund(amount, sources)?.map(({ chargeId, minor }) => [chargeId, minor])

describe('an amount that goes back is spread over the charges', () => {
  it.each([
    ['all of one', 3000, [part(1, 3000)], [[1, 3000]]],
    ['a part of one', 1, [part(1, 3000)], [[1, 1]]],
    [
      'the oldest first',
      2500,
      [part(1, 2000), part(2, 3000)],
      [
        [1, 2000],
        [2, 500],
      ],
    ],
    ['no empty share', 2000, [part(1, 2000), part(2, 3000)], [[1, 2000]]],
    [
      'everything',
      5000,
      [part(1, 2000), part(2, 3000)],
      [
        [1, 2000],
        [2, 3000],
      ],
    ],
    ['a whole one whole', 1300, [whole(1, 1300)], [[1, 1300]]],
    ['around a whole one that is too much', 500, [whole(1, 1300), part(2, 500)], [[2, 500]]],
    ['a younger whole one, where only that fits', 1300, [part(1, 200), whole(2, 1300)], [[2, 1300]]],
    [
      'a whole one and a part of another',
      1400,
      [part(1, 200), whole(2, 1300)],
      [
        [1, 100],
        [2, 1300],
      ],
    ],
    [
      'two whole ones',
      2000,
      [whole(1, 1300), whole(2, 700), part(3, 100)],
      [
        [1, 1300],
        [2, 700],
      ],
    ],
    ['the one of two whole ones that fits', 700, [whole(1, 1300), whole(2, 700)], [[2, 700]]],
  ] as const)('%s', (_name, amount, sources, expected) => {
    expect(shares(amount, ...sources)).toEqual(expected)
  })

  it.each([
    ['more than there is', 3001, [part(1, 3000)]],
    ['part of what only goes back whole', 500, [whole(1, 1300)]],
    ['what lies between', 1250, [whole(1, 1300), part(2, 1200)]],
    ['from nothing', 1, []],
  ] as const)('not: %s', (_name, amount, sources) => {
    expect(shares(amount, ...sources)).toBeUndefined()
  })

  it('gives back exactly the amount, never more of a charge than it has', () => {
    for (let seed = 1; seed < 400; seed++) {
      const number = (most: number, salt: number) => ((seed * 7919 + salt * 104_729) % most) + 1
      const sources = [1, 2, 3, 4].map((id) => ({
        chargeId: id,
        leftMinor: number(50, id),
        wholeOnly: number(3, id + 9) === 1,
      }))
      const amount = number(220, 31)
      const found = allocateRefund(amount, sources)
      if (!found) continue
      expect(found.reduce((sum, share) => sum + share.minor, 0)).toBe(amount)
      for (const { chargeId, minor } of found) {
        const source = sources.find((one) => one.chargeId === chargeId)
        expect(minor).toBeLessThanOrEqual(source?.leftMinor ?? 0)
        if (source?.wholeOnly) expect(minor).toBe(source.leftMinor)
      }
    }
  })
})
