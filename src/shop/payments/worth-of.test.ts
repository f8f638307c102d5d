import { expect, test } from 'vitest'
import { worthOf } from './worth-of.ts'

const inFull = (minor: number) => ({ amount_minor: minor, currency: 'IDR', order_minor: minor })

test('what was asked for is worth exactly that, however large', () => {
  for (const minor of [1, 1999, 200_103_346, 999_999_999_989]) {
    expect(worthOf(inFull(minor), { amountMinor: minor, currency: 'IDR' })).toBe(minor)
  }
  const stars = { amount_minor: 90_000_001, currency: 'XTR', order_minor: 999_999_999_989 }
  expect(worthOf(stars, { amountMinor: 90_000_001, currency: 'XTR' })).toBe(999_999_999_989)
})

test('a share is rounded down, and another currency is worth nothing', () => {
  const stars = { amount_minor: 1000, currency: 'XTR', order_minor: 1300 }
  expect(worthOf(stars, { amountMinor: 333, currency: 'XTR' })).toBe(432)
  expect(worthOf(stars, { amountMinor: 1000, currency: 'EUR' })).toBe(0)
})
