import { expect, test } from 'vitest'
import type { DiscountCode } from '../api/prices.ts'
import { codeOf, type DiscountDraft, draftOf, NEW_CODE } from './discount-draft.ts'
import { limitsOf, runningState, worthOf } from './discount-words.ts'

const PLACE = { currency: 'EUR', timezone: 'Europe/Berlin' }
const NOW = Date.UTC(2026, 10, 22, 12)
const DAY = 24 * 3_600_000

const TEA10: DiscountCode = {
  id: 7,
  code: 'TEA10',
  kind: 'percent',
  value: 1000,
  startsAt: Date.UTC(2026, 10, 19, 23),
  endsAt: Date.UTC(2026, 10, 30, 23),
  minimumMinor: 2000,
  perCustomer: 1,
  totalUses: 50,
  active: true,
  used: 12,
}

test('a code that nobody touched comes out as it went in', () => {
  const { used: _, ...code } = TEA10
  expect(codeOf(draftOf(TEA10, PLACE), TEA10.id, PLACE)).toEqual({ code })
})

test('the last day counts as a whole', () => {
  expect(draftOf(TEA10, PLACE)).toMatchObject({ from: '2026-11-20', until: '2026-11-30' })
})

test('every fault is named at its field, all at once', () => {
  const typed: DiscountDraft = {
    ...NEW_CODE,
    code: 'a b',
    value: '120',
    from: '2026-11-22',
    until: '2026-11-21',
    minimum: 'much',
    perCustomer: '0',
    total: '1.5',
  }
  const read = codeOf(typed, null, PLACE)
  expect(Object.keys('faults' in read ? read.faults : {})).toEqual([
    'code',
    'value',
    'until',
    'minimum',
    'perCustomer',
    'total',
  ])
})

test('an example of an amount is one that the currency has', () => {
  const typed: DiscountDraft = { ...NEW_CODE, code: 'TEA', kind: 'amount', value: '5.50', minimum: 'much' }
  expect(codeOf(typed, null, { ...PLACE, currency: 'JPY' })).toEqual({
    faults: { value: 'An amount like 500', minimum: 'An amount like 2000' },
  })
})

test('says in words how a code stands', () => {
  const word = (more: Partial<DiscountCode>) => runningState({ ...TEA10, ...more }, NOW, 'UTC').word
  expect(word({})).toBe('Running, used 12 of 50')
  expect(word({ totalUses: null })).toBe('Running, used 12×')
  expect(word({ used: 50 })).toBe('Used up, 50 of 50')
  expect(word({ endsAt: NOW })).toBe('Over')
  expect(word({ startsAt: NOW + DAY })).toBe('Starts 23 Nov 2026')
  expect(word({ active: false })).toBe('Switched off')
  expect(worthOf(TEA10, 'EUR')).toBe('10 % off')
  expect(limitsOf(TEA10, 'EUR', 'Europe/Berlin')).toBe(
    'until 30 Nov 2026 · from €20.00 · once for each customer',
  )
})
