import { expect, test } from 'vitest'
import type { TaxRateBody } from '../../../src/http/contract/money.ts'
import { draftOf, faultAt, newRate, ratesOf } from './tax-draft.ts'

const RATES: TaxRateBody[] = [
  { id: 1, name: 'VAT', basisPoints: 2100, included: true, usual: true, active: true },
  { id: 2, name: 'Food', basisPoints: 550, included: true, usual: false, active: false },
]

test('rates that nobody touched come out as they went in', () => {
  expect(ratesOf(draftOf(RATES))).toEqual({ rates: RATES })
})

test('only the first rate is the usual one by itself', () => {
  expect(newRate([]).usual).toBe(true)
  expect(newRate(draftOf(RATES)).usual).toBe(false)
})

test('every fault is named at its field', () => {
  const typed = [...draftOf(RATES), { ...newRate([]), percent: '101' }]
  expect(ratesOf(typed)).toEqual({
    faults: { 'rate.2.name': 'Give it a name.', 'rate.2.percent': 'A percentage like 21' },
  })
  expect(faultAt('rates.2.basisPoints')).toBe('rate.2.percent')
  expect(faultAt('2.name')).toBe('rate.2.name')
  expect(faultAt(undefined)).toBe('form')
})
