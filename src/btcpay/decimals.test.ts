import { describe, expect, it } from 'vitest'
import { seeded } from '../../tests/faults/random.ts'
import { toDecimal } from '../lib/money.ts'
import { convert, fromDecimal } from './decimals.ts'

describe('amounts for BTCPay Server', () => {
  it('have as many decimals as the currency', () => {
    expect(toDecimal(5420, 'EUR')).toBe('54.20')
    expect(toDecimal(5, 'EUR')).toBe('0.05')
    expect(toDecimal(5420, 'JPY')).toBe('5420')
    expect(toDecimal(5, 'KWD')).toBe('0.005')
  })

  it('come back as what they were, for any amount and any number of decimals', () => {
    const { between, pick } = seeded(20_261_122)
    for (let run = 0; run < 5_000; run += 1) {
      const minor = between(0, 10 ** between(1, 15))
      const currency = pick(['EUR', 'JPY', 'KWD', 'CLF'])
      const decimal = toDecimal(minor, currency)
      expect(decimal).toMatch(/^\d+(\.\d+)?$/)
      expect(fromDecimal(decimal, currency)).toBe(minor)
      expect(fromDecimal(`${decimal}${decimal.includes('.') ? '' : '.'}999`, currency)).toBe(minor)
    }
  })

  it('are never more than what came', () => {
    expect(fromDecimal('54.209', 'EUR')).toBe(5420)
    expect(fromDecimal('-1', 'EUR')).toBe(0)
  })

  it('are exact where floating point is not', () => {
    const payments = ['0.00000001', '0.1', '0.2'].map((value) => ({ value, fee: '0', rate: '100000' }))
    expect(convert(payments, 'KWD')).toBe(30_000_001)
    expect(convert([{ value: '0.00084201', fee: '0.00000001', rate: '64392.23' }], 'EUR')).toBe(5421)
    expect(convert([{ value: '0.1', fee: '0.2', rate: '1' }], 'EUR')).toBe(0)
  })
})
