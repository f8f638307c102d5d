import { expect, test } from 'vitest'
import { formatMoney, parseMoney, parsePercent, percentOf, plainMoney } from './money.ts'

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

test('reads percentages as people type them, and writes them back', () => {
  expect(['21', '5.5 %', '5,55', '100'].map(parsePercent)).toEqual([2100, 550, 555, 10_000])
  expect(['', '1.234', '-5', 'ten'].map(parsePercent)).toEqual([undefined, undefined, undefined, undefined])
  expect([2100, 550, 555].map(percentOf)).toEqual(['21 %', '5.5 %', '5.55 %'])
})

test('what may mean a thousand is not read as one', () => {
  expect(['1,000', '1.000', '1,00'].map((text) => parseMoney(text, 'EUR'))).toEqual([
    undefined,
    undefined,
    100,
  ])
  expect(['1.000', '1,5', '1,000'].map((text) => parseMoney(text, 'KWD'))).toEqual([1000, 1500, undefined])
})

test('Stars are whole', () => {
  expect(formatMoney(2500, 'XTR')).toBe('⭐ 2,500')
  expect(parseMoney('1.5', 'XTR')).toBeUndefined()
})

test('coins are counted as bitcoin is', () => {
  expect([formatMoney(42_000, 'BTC'), formatMoney(42_000, 'SATS')]).toEqual([
    '0.00042\u00a0BTC',
    '42,000\u00a0SATS',
  ])
})
