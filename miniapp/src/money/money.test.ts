import { expect, test } from 'vitest'
import { formatMoney, parseMoney, plainMoney } from './money.ts'

test('money is written and read without losing a cent', () => {
  expect(formatMoney(5420, 'EUR')).toBe('€54.20')
  expect(formatMoney(500, 'JPY')).toBe('¥500')
  expect(plainMoney(5420, 'EUR')).toBe('54.20')
  expect(parseMoney('54,2', 'EUR')).toBe(5420)
  expect(parseMoney(' 0.29 ', 'EUR')).toBe(29)
  expect(parseMoney('500', 'JPY')).toBe(500)
})

test('what is no amount is not guessed at', () => {
  for (const text of ['', 'free', '-1', '1.234', '1e3', '12.'])
    expect(parseMoney(text, 'EUR')).toBeUndefined()
})
