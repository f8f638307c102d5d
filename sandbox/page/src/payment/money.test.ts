import { expect, test } from 'vitest'
import { formatAmount } from './money.ts'

test('amounts are shown in the currency’s own digits', () => {
  expect(formatAmount(1990, 'EUR')).toBe('€19.90')
  expect(formatAmount(500, 'JPY')).toBe('¥500')
  expect(formatAmount(50, 'XTR')).toBe('⭐ 50')
  expect(formatAmount(1990, '???')).toBe('19.9 ???')
})
