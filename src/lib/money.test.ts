import { describe, expect, it } from 'vitest'
import { currencyExponent, formatMoney, parseMoney } from './money.ts'

describe('money', () => {
  it('knows how many decimals a currency has', () => {
    expect(['EUR', 'JPY', 'KWD'].map(currencyExponent)).toEqual([2, 0, 3])
  })

  it('is written as people write it', () => {
    expect(formatMoney(5420, 'EUR')).toBe('€54.20')
    expect(formatMoney(5420, 'JPY')).toBe('¥5,420')
    expect(formatMoney(0, 'EUR')).toBe('€0.00')
  })

  it('is read exactly, and only from amounts', () => {
    expect(parseMoney('54.2', 'EUR')).toBe(5420)
    expect(parseMoney('54,20', 'EUR')).toBe(5420)
    expect(parseMoney('1.10', 'EUR')).toBe(110)
    expect(parseMoney('5.0', 'JPY')).toBe(5)
    const wrong = ['', '-1', '1,000', '1.234', '1e3', 'five', '1 000', '5.5.5', '0x10']
    expect(wrong.map((text) => parseMoney(text, 'EUR'))).toEqual(wrong.map(() => undefined))
  })
})
