import { describe, expect, it } from 'vitest'
import { currencyExponent, formatMoney, parseMoney, readTypedMoney, toDecimal } from './money.ts'

describe('money', () => {
  it('knows how many decimals a currency has', () => {
    expect(['EUR', 'JPY', 'KWD'].map(currencyExponent)).toEqual([2, 0, 3])
  })

  it('is written as people write it', () => {
    expect(formatMoney(5420, 'EUR')).toBe('€54.20')
    expect(formatMoney(5420, 'JPY')).toBe('¥5,420')
    expect(formatMoney(0, 'EUR')).toBe('€0.00')
  })

  it('knows Stars, of which there are whole ones only', () => {
    expect(currencyExponent('XTR')).toBe(0)
    expect(formatMoney(1200, 'XTR')).toBe('⭐ 1,200')
  })

  it('is copied as a form takes it', () => {
    expect(toDecimal(1990, 'EUR')).toBe('19.90')
    expect(toDecimal(123_456_789, 'EUR')).toBe('1234567.89')
    expect(toDecimal(5420, 'JPY')).toBe('5420')
    expect(toDecimal(5420, 'KWD')).toBe('5.420')
  })

  it('is typed with its currency or without; a number of an order, or a debt, is none', () => {
    const typed = ['54.20', '€54,20', '54.2 €', '54,20 EUR', 'EUR 54.20', 'US$ 54.20', ' 54.20\u00a0zł ']
    expect(typed.map((text) => readTypedMoney(text, 'EUR'))).toEqual(typed.map(() => 5420))
    const wrong = [
      '#1042',
      '-5',
      '\u22125',
      '5-',
      '5\u2013',
      '+5',
      '5 or 6',
      '5%',
      '1 000',
      'about 5 or so',
      '€',
    ]
    expect(wrong.map((text) => readTypedMoney(text, 'EUR'))).toEqual(wrong.map(() => undefined))
  })

  it('knows coins, which are counted as bitcoin is', () => {
    expect(['BTC', 'USDT', 'SATS'].map(currencyExponent)).toEqual([8, 8, 0])
    expect(formatMoney(42_000, 'BTC')).toBe('0.00042\u00a0BTC')
    expect(formatMoney(42_000, 'SATS')).toBe('42,000\u00a0SATS')
    expect(toDecimal(42_000, 'BTC')).toBe('0.00042000')
  })

  it('is not read where a comma may mean a thousand, however many decimals the currency has', () => {
    expect(['1.000', '1,5', '1,50', '12.345'].map((text) => parseMoney(text, 'KWD'))).toEqual([
      1000, 1500, 1500, 12_345,
    ])
    expect(parseMoney('1,000', 'KWD')).toBeUndefined()
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
