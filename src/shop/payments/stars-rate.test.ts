import { describe, expect, it } from 'vitest'
import { givenShop } from '../../../tests/given.ts'
import { readStarsRate, saveStarsRate, starsFor } from './stars-rate.ts'

describe('the rate of Stars', () => {
  it('makes whole Stars of an amount, never too few', () => {
    expect(starsFor(1300, 130)).toBe(1000)
    expect(starsFor(1301, 130)).toBe(1001)
    expect(starsFor(1, 130)).toBe(1)
    expect(starsFor(1, 1000)).toBe(1)
    for (let minor = 1; minor < 5_000; minor += 7) {
      const stars = starsFor(minor, 137)
      expect(stars * 137).toBeGreaterThanOrEqual(minor * 100)
      expect((stars - 1) * 137).toBeLessThan(minor * 100)
    }
  })

  it('is unset until the owner says it, and can be taken back', () => {
    const shop = givenShop()
    expect(readStarsRate(shop.db)).toBeNull()
    shop.db.write((tx) => saveStarsRate(tx, 130))
    expect(readStarsRate(shop.db)).toBe(130)
    shop.db.write((tx) => saveStarsRate(tx, null))
    expect(readStarsRate(shop.db)).toBeNull()
  })
})
