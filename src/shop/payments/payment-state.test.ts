import { describe, expect, it } from 'vitest'
import { dueOf, judgeCharge, type OrderMoney, paymentStateOf } from './payment-state.ts'

/** An order of €50.00 paid in advance, with nothing on it. */
const FIFTY: OrderMoney = {
  payment: 'pending',
  fulfilment: 'placed',
  totalMinor: 5000,
  chargedMinor: 0,
  refundedMinor: 0,
  waivedMinor: 0,
  onDelivery: false,
}

const state = (money: Partial<OrderMoney>) => paymentStateOf({ ...FIFTY, ...money })
const judge = (orderMinor: number, money: Partial<OrderMoney> = {}, adds = false) =>
  judgeCharge({ orderMinor, adds }, { ...FIFTY, ...money })

describe('the payment state follows from the ledger', () => {
  it.each([
    // charged, refunded, waived, state
    [0, 0, 0, 'pending'],
    [1, 0, 0, 'pending'],
    [4999, 0, 0, 'pending'],
    [5000, 0, 0, 'paid'],
    [5001, 0, 0, 'paid'],
    [10_000, 0, 0, 'paid'],
    [3000, 0, 1999, 'pending'],
    [3000, 0, 2000, 'paid'],
    [0, 0, 5000, 'paid'],
    [5000, 1, 0, 'partly_refunded'],
    [5000, 4999, 0, 'partly_refunded'],
    [5000, 5000, 0, 'refunded'],
    // What went back before all was there is owed again.
    [2000, 2000, 0, 'pending'],
    [2000, 500, 0, 'pending'],
    [3000, 3000, 2000, 'refunded'],
    // The surplus went back: a part of what came.
    [7000, 2000, 0, 'partly_refunded'],
  ] as const)(
    'charged %i, refunded %i, waived %i: %s',
    (chargedMinor, refundedMinor, waivedMinor, expected) => {
      const payment = refundedMinor > 0 ? 'paid' : 'pending'
      expect(state({ chargedMinor, refundedMinor, waivedMinor, payment })).toBe(expected)
    },
  )

  it.each([
    [0, 0, 'due_on_delivery'],
    [2000, 0, 'due_on_delivery'],
    [5000, 0, 'paid'],
    [5000, 500, 'partly_refunded'],
    [5000, 5000, 'refunded'],
  ] as const)('on delivery, charged %i, refunded %i: %s', (chargedMinor, refundedMinor, expected) => {
    const payment = refundedMinor > 0 ? 'paid' : 'due_on_delivery'
    expect(state({ payment, onDelivery: true, chargedMinor, refundedMinor })).toBe(expected)
  })

  it('remembers that a payment failed or the time was over, until the money is there', () => {
    expect(state({ payment: 'failed' })).toBe('failed')
    expect(state({ payment: 'expired', fulfilment: 'cancelled' })).toBe('expired')
    expect(state({ payment: 'failed', chargedMinor: 4000 })).toBe('failed')
    expect(state({ payment: 'failed', chargedMinor: 5000 })).toBe('paid')
    expect(state({ payment: 'expired', chargedMinor: 5000 })).toBe('paid')
  })

  it('goes back when money that was entered by mistake is taken out again', () => {
    expect(state({ payment: 'paid' })).toBe('pending')
    expect(state({ payment: 'paid', onDelivery: true })).toBe('due_on_delivery')
    expect(state({ payment: 'partly_refunded', chargedMinor: 5000 })).toBe('paid')
  })

  it('finds an order that costs nothing paid', () => {
    expect(state({ totalMinor: 0 })).toBe('paid')
  })

  it('never owes less than nothing', () => {
    const due = (chargedMinor: number, waivedMinor: number) =>
      dueOf({ totalMinor: 5000, chargedMinor, waivedMinor, refundedMinor: 0, payment: 'pending' })
    expect(due(0, 0)).toBe(5000)
    expect(due(1200, 300)).toBe(3500)
    expect(due(9000, 0)).toBe(0)
    expect(due(4000, 1001)).toBe(0)
  })

  it('owes again what went back before all was paid, and nothing after', () => {
    const due = (payment: OrderMoney['payment'], chargedMinor: number, refundedMinor: number) =>
      dueOf({ totalMinor: 5000, chargedMinor, refundedMinor, waivedMinor: 0, payment })
    expect(due('pending', 3000, 1000)).toBe(3000)
    expect(due('pending', 5000, 1000)).toBe(1000)
    expect(due('paid', 5000, 1000)).toBe(0)
    expect(due('partly_refunded', 5000, 1000)).toBe(0)
    expect(due('partly_refunded', 3000, 3000)).toBe(5000)
    expect(state({ chargedMinor: 5000, refundedMinor: 1000 })).toBe('pending')
    expect(state({ chargedMinor: 6000, refundedMinor: 1000 })).toBe('partly_refunded')
    expect(state({ chargedMinor: 3000, refundedMinor: 3000, payment: 'partly_refunded' })).toBe('pending')
  })
})

describe('a charge is judged', () => {
  const APPLIES = { applies: true, trouble: null }
  const waits = (trouble: string) => ({ applies: false, trouble })

  it.each([
    ['what is owed', 5000, {}, APPLIES],
    ['a cent too little', 4999, {}, waits('too_little')],
    ['a cent too much', 5001, {}, { applies: true, trouble: 'too_much' }],
    ['the rest', 2000, { chargedMinor: 3000 }, APPLIES],
    ['less than the rest', 1999, { chargedMinor: 3000 }, waits('too_little')],
    ['all of it again after a part', 5000, { chargedMinor: 3000 }, { applies: true, trouble: 'too_much' }],
    ['all of it twice', 5000, { chargedMinor: 5000, payment: 'paid' }, waits('paid_twice')],
    ['what the shop does without', 100, { waivedMinor: 5000, payment: 'paid' }, waits('paid_twice')],
    [
      'after it was given back',
      5000,
      { chargedMinor: 5000, refundedMinor: 5000, payment: 'refunded' },
      waits('paid_twice'),
    ],
    ['another currency', 0, {}, waits('wrong_currency')],
    ['another currency, after cancel', 0, { fulfilment: 'cancelled' }, waits('wrong_currency')],
    ['after a failed try', 5000, { payment: 'failed' }, APPLIES],
    ['on delivery', 5000, { payment: 'due_on_delivery', onDelivery: true }, APPLIES],
    ['while it is on its way', 5000, { fulfilment: 'dispatched', onDelivery: true }, APPLIES],
    ['after cancel', 5000, { fulfilment: 'cancelled' }, waits('after_cancel')],
    [
      'after cancel, paid before',
      5000,
      { fulfilment: 'cancelled', payment: 'paid', chargedMinor: 5000 },
      waits('after_cancel'),
    ],
    ['after expiry', 5000, { fulfilment: 'cancelled', payment: 'expired' }, waits('after_expiry')],
  ] as [string, number, Partial<OrderMoney>, object][])('%s', (_, orderMinor, money, verdict) => {
    expect(judge(orderMinor, money)).toEqual(verdict)
  })

  it('adds up what comes in parts or by hand', () => {
    expect(judge(1, {}, true)).toEqual(APPLIES)
    expect(judge(4999, {}, true)).toEqual(APPLIES)
    expect(judge(5001, {}, true)).toEqual({ applies: true, trouble: 'too_much' })
    expect(judge(1, { chargedMinor: 5000 }, true)).toEqual(waits('paid_twice'))
    expect(judge(1, { fulfilment: 'cancelled' }, true)).toEqual(waits('after_cancel'))
  })

  it('belongs to nobody without an order', () => {
    expect(judgeCharge({ orderMinor: 5000, adds: false }, undefined)).toEqual(waits('unknown_order'))
    expect(judgeCharge({ orderMinor: 0, adds: true }, undefined)).toEqual(waits('unknown_order'))
  })
})
