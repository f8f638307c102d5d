import { expect, test } from 'vitest'
import { payStateOf } from './pay-state.ts'

type Paid = Parameters<typeof payStateOf>[0]

function words(more: Partial<Omit<Paid, 'money'>>, money: Partial<Paid['money']> = {}): string {
  const order: Paid = {
    payment: 'pending',
    fulfilment: 'placed',
    currency: 'EUR',
    totalMinor: 5420,
    paymentMethod: 'bank_transfer',
    handover: 'delivery',
    ...more,
    money: {
      chargedMinor: 0,
      refundedMinor: 0,
      waivedMinor: 0,
      dueMinor: 5420,
      refundableMinor: 0,
      undecidedMinor: 0,
      entries: [],
      requests: [],
      proofs: [],
      receiptUrl: null,
      mayRecord: false,
      mayWaive: false,
      mayRefund: false,
      ...money,
    },
  }
  return payStateOf(order).word
}

test('says how much of an order is paid, as long as it is not all', () => {
  expect(words({})).toBe('Not paid yet')
  expect(words({}, { chargedMinor: 2000 })).toBe('Part paid €20.00 of €54.20')
  expect(words({}, { chargedMinor: 2000, waivedMinor: 420 })).toBe('Part paid €20.00 of €50.00')
  expect(words({ payment: 'paid' }, { chargedMinor: 5420 })).toBe('Paid')
})

test('says what was given back, in part and in whole', () => {
  const money = { chargedMinor: 5420, refundedMinor: 420 }
  expect(words({ payment: 'partly_refunded' }, money)).toBe('€4.20 of €54.20 given back')
  expect(words({ payment: 'refunded' }, { ...money, refundedMinor: 5420 })).toBe('All given back')
})

test('goods that were handed over without their money are not overlooked', () => {
  expect(words({ payment: 'due_on_delivery' })).toBe('To be paid on delivery')
  expect(words({ payment: 'due_on_delivery', handover: 'pickup' })).toBe('To be paid at pickup')
  expect(words({ payment: 'due_on_delivery', fulfilment: 'delivered' })).toBe('Not collected yet')
})

test('a cancelled order waits for no money', () => {
  expect(words({ fulfilment: 'cancelled' })).toBe('Nothing was paid')
  expect(words({ fulfilment: 'cancelled', payment: 'expired' })).toBe('Not paid in time')
})

test('an order whose money all goes back is not called paid', () => {
  const refund = { kind: 'refund', state: 'offered', orderMinor: 5420 } as Paid['money']['entries'][number]
  const money = { chargedMinor: 5420, entries: [refund] }
  expect(words({ payment: 'paid', fulfilment: 'cancelled' }, money)).toBe('€54.20 to be given back')
  const part = { ...money, entries: [{ ...refund, orderMinor: 420 }] }
  expect(words({ payment: 'paid' }, part)).toBe('Paid, €4.20 to be given back')
})
