import { describe, expect, test } from 'vitest'
import type { OrderSummary } from '../../../src/http/contract/order.ts'
import { appendPage, mergeChange, type OrderPages } from './merge-change.ts'

const ALL = { stage: undefined, search: '' }

function order(number: number, more: Partial<OrderSummary> = {}): OrderSummary {
  return {
    number,
    stage: 'placed',
    fulfilment: 'placed',
    payment: 'paid',
    version: 1,
    needsReview: null,
    unansweredSince: null,
    currency: 'EUR',
    totalMinor: 100,
    itemCount: 1,
    customerName: 'Ana',
    deliveryMethod: 'Courier',
    handover: 'delivery',
    paymentMethod: 'bank_transfer',
    placedAt: 0,
    updatedAt: 0,
    assignedTo: null,
    ...more,
  }
}

function pages(numbers: number[], next: number | null = null): OrderPages {
  return { orders: numbers.map((number) => order(number)), next }
}

function numbers(result: OrderPages): number[] {
  return result.orders.map((one) => one.number)
}

describe('a list with the oldest first', () => {
  const oldest = { stage: 'placed', search: '', oldestFirst: true } as const

  test('takes a new order in at its end, once everything is loaded', () => {
    expect(numbers(mergeChange(pages([2, 3]), order(4), oldest))).toEqual([2, 3, 4])
    expect(numbers(mergeChange(pages([2, 3], 3), order(4), oldest))).toEqual([2, 3])
  })

  test('takes one that comes back in where it was, and lets go of one that moves on', () => {
    expect(numbers(mergeChange(pages([2, 4], 4), order(3), oldest))).toEqual([2, 3, 4])
    expect(numbers(mergeChange(pages([2, 4], 4), order(2, { stage: 'accepted' }), oldest))).toEqual([4])
  })
})

describe('a list of those that wait for an answer', () => {
  const waiting = { stage: undefined, search: '', unanswered: true }
  const shown = { orders: [order(7, { unansweredSince: 10 }), order(2, { unansweredSince: 30 })], next: null }

  test('takes one in by how long it waits, and lets go of one that is answered', () => {
    expect(numbers(mergeChange(shown, order(9, { unansweredSince: 20 }), waiting))).toEqual([7, 9, 2])
    expect(numbers(mergeChange(shown, order(1, { unansweredSince: 40 }), waiting))).toEqual([7, 2, 1])
    expect(numbers(mergeChange(shown, order(7), waiting))).toEqual([2])
    expect(numbers(mergeChange(shown, order(8), waiting))).toEqual([7, 2])
  })
})

describe('a list and the news', () => {
  test('a new order goes on top', () => {
    expect(numbers(mergeChange(pages([3, 2]), order(4), ALL))).toEqual([4, 3, 2])
  })

  test('a changed one keeps its place and shows its new state', () => {
    const result = mergeChange(pages([3, 2, 1]), order(2, { stage: 'accepted', version: 2 }), ALL)
    expect(numbers(result)).toEqual([3, 2, 1])
    expect(result.orders[1]?.stage).toBe('accepted')
  })

  test('an order leaves the list of a stage it has left, and enters that of its new one', () => {
    const moved = order(2, { stage: 'accepted', version: 2 })
    expect(numbers(mergeChange(pages([3, 2]), moved, { stage: 'placed', search: '' }))).toEqual([3])
    const accepted = {
      orders: [order(5, { stage: 'accepted' }), order(1, { stage: 'accepted' })],
      next: null,
    }
    expect(numbers(mergeChange(accepted, moved, { stage: 'accepted', search: '' }))).toEqual([5, 2, 1])
  })

  test('news older than what is shown is no news', () => {
    const shown = { orders: [order(2, { stage: 'packing', version: 3 })], next: null }
    expect(mergeChange(shown, order(2, { version: 2 }), ALL)).toBe(shown)
  })

  test('an order below the loaded part waits for its page', () => {
    expect(numbers(mergeChange(pages([9, 8], 8), order(4), ALL))).toEqual([9, 8])
    expect(numbers(mergeChange(pages([9, 8], null), order(4), ALL))).toEqual([9, 8, 4])
  })

  test('a search keeps what it has found up to date and takes in nothing else', () => {
    const scope = { stage: undefined, search: 'ana' }
    expect(numbers(mergeChange(pages([3]), order(4), scope))).toEqual([3])
    expect(mergeChange(pages([3]), order(3, { version: 2 }), scope).orders[0]?.version).toBe(2)
  })

  test('a page never brings an order twice', () => {
    expect(numbers(appendPage(pages([5, 4, 3], 3), pages([3, 2], null)))).toEqual([5, 4, 3, 2])
  })
})
