import { expect, test } from 'vitest'
import type { ShownSettings } from '../../../src/http/contract/settings.ts'
import { draftOf, faultAt, newMethod, settingsOf } from './settings-draft.ts'

const SETTINGS: ShownSettings = {
  name: 'Tea & Co',
  deliveryMethods: [{ id: 1, name: 'Courier', priceMinor: 490, needsAddress: true, active: true }],
  payments: [{ kind: 'bank_transfer', active: true, instructions: 'IBAN …', available: true, why: null }],
  hundredStarsMinor: 130,
}

test('settings that nobody touched come out as they went in', () => {
  expect(settingsOf(draftOf(SETTINGS, 'EUR'), 'EUR')).toEqual({
    settings: { ...SETTINGS, payments: [{ kind: 'bank_transfer', active: true, instructions: 'IBAN …' }] },
  })
})

test('every fault is named at its field, all at once', () => {
  const draft = draftOf(SETTINGS, 'EUR')
  const wrong = { ...draft, name: ' ', methods: [{ ...newMethod(), price: 'free' }] }
  expect(settingsOf(wrong, 'EUR')).toEqual({
    faults: {
      name: 'Give the shop a name.',
      'method.0.name': 'Give it a name.',
      'method.0.price': 'An amount like 4.90, or 0 for free',
    },
  })
})

test('a shop that cannot deliver or be paid is refused', () => {
  const draft = draftOf(SETTINGS, 'EUR')
  const closed = {
    ...draft,
    methods: draft.methods.map((method) => ({ ...method, active: false })),
    payments: draft.payments.map((payment) => ({ ...payment, active: false })),
  }
  expect(settingsOf(closed, 'EUR')).toEqual({
    faults: {
      methods: 'Keep at least one way of delivery on.',
      payments: 'Keep at least one way to pay on.',
    },
  })
})

test('Stars count for an amount, or for nothing yet', () => {
  const draft = draftOf(SETTINGS, 'EUR')
  expect(draft.hundredStars).toBe('1.30')
  expect(settingsOf({ ...draft, hundredStars: ' ' }, 'EUR')).toMatchObject({
    settings: { hundredStarsMinor: null },
  })
  for (const wrong of ['0', 'lots']) {
    expect(settingsOf({ ...draft, hundredStars: wrong }, 'EUR')).toEqual({
      faults: { stars: 'An amount like 1.30' },
    })
  }
})

test("the server's field names find their place", () => {
  expect(faultAt('deliveryMethods.2.priceMinor')).toBe('method.2.price')
  expect(faultAt('payments.0.instructions')).toBe('payments')
  expect(faultAt('name')).toBe('name')
  expect(faultAt(undefined)).toBe('form')
})

test('an example is one that the currency has', () => {
  const draft = { ...draftOf(SETTINGS, 'JPY'), hundredStars: '1.5' }
  const wrong = { ...draft, methods: [{ ...newMethod(), name: 'Courier', price: '4.90' }] }
  expect(settingsOf(wrong, 'JPY')).toEqual({
    faults: { 'method.0.price': 'An amount like 490, or 0 for free', stars: 'An amount like 130' },
  })
})
