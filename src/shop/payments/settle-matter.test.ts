import { describe, expect, it } from 'vitest'
import { existing, givenOrder, givenStaff, step } from '../../../tests/given.ts'
import {
  cancel,
  entryOf,
  eventsOf,
  givenBank,
  givenBankShop,
  orderNow,
  pay,
  refundsOf,
  TOTAL,
} from '../../../tests/given-money.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { recountShop } from '../../db/seed-check.ts'
import { expireOrders } from '../orders/expire-orders.ts'
import type { Actor, Shop } from '../work.ts'
import { MONEY_WAITS } from './announce-money-matter.ts'
import { callOffRefund } from './call-off-refund.ts'
import { confirmRefund } from './confirm-refund.ts'
import { matterOptions } from './matter-options.ts'
import { moveDueRefunds } from './move-refunds.ts'
import { type SettleMatter, settleMatter } from './settle-matter.ts'
import { takeCharge } from './store-charge.ts'

function settle(shop: Shop, entryId: number, actor: Actor, more: Partial<SettleMatter> = {}): void {
  shop.write((work) => settleMatter(work, { entryId, decision: 'keep', actor, ...more }))
}

const options = (shop: Shop, entryId: number) =>
  matterOptions(shop.db, shop.providers, entryOf(shop, entryId))
const told = (shop: Shop, order: { id: number }, kind: string) =>
  listNoticesOfOrder(shop.db, order.id).filter((notice) => notice.kind === kind).length

type Given = ReturnType<typeof givenBankShop>

/** One of each trouble, with what can be decided about it. */
const MATTERS: { trouble: string; make: (given: Given) => number; options: string[] }[] = [
  {
    trouble: 'too_little',
    make: ({ shop, order }) => pay(shop, order, { amountMinor: 1000 }),
    options: ['apply', 'refund', 'keep'],
  },
  {
    trouble: 'too_much',
    make: ({ shop, order }) => pay(shop, order, { amountMinor: TOTAL + 700 }),
    options: ['refund', 'keep'],
  },
  {
    trouble: 'paid_twice',
    make: ({ shop, order }) => {
      pay(shop, order)
      return pay(shop, order)
    },
    options: ['refund', 'keep'],
  },
  {
    trouble: 'after_cancel',
    make: ({ shop, order, owner }) => {
      cancel(shop, owner, order)
      return pay(shop, order)
    },
    options: ['reopen', 'refund', 'keep'],
  },
  {
    trouble: 'after_expiry',
    make: ({ shop, order }) => {
      shop.clock.advance(48 * 3_600_000)
      expireOrders(shop)
      return pay(shop, order)
    },
    options: ['reopen', 'refund', 'keep'],
  },
  {
    trouble: 'wrong_currency',
    make: ({ shop, order }) => pay(shop, order, { currency: 'USD', orderMinor: 0 }),
    options: ['refund', 'keep'],
  },
  {
    trouble: 'unknown_order',
    make: ({ shop, order }) =>
      takeCharge(shop, {
        provider: 'btcpay',
        reference: 'stray',
        orderId: 999,
        personId: order.person_id,
        amountMinor: TOTAL,
        currency: 'EUR',
        orderMinor: TOTAL,
        at: 1,
        raw: '{}',
      }),
    options: ['apply', 'refund', 'keep'],
  },
]

describe.each(MATTERS)('money with trouble $trouble', ({ trouble, make, options: possible }) => {
  it('waits for a decision, and says which are possible', () => {
    const given = givenBankShop()
    const id = make(given)
    expect(entryOf(given.shop, id).trouble).toBe(trouble)
    expect(options(given.shop, id)).toEqual(possible)
  })

  it('kept, stays with the shop and waits no more', () => {
    const given = givenBankShop()
    const { shop, owner, order } = given
    const id = make(given)
    const before = orderNow(shop, order)
    settle(shop, id, owner, { words: 'They asked us to' })
    expect(entryOf(shop, id)).toMatchObject({
      state: trouble === 'too_much' ? 'applied' : 'kept',
      trouble: null,
    })
    expect(orderNow(shop, order)).toMatchObject({ charged_minor: before.charged_minor, needs_review: null })
    expect(() => settle(shop, id, owner)).toThrow('decided about this money already')
    expect(options(shop, id)).toEqual([])
    expect(recountShop(shop.db)).toEqual([])
  })

  it('given back, goes back once and never counts for the order', async () => {
    const given = givenBankShop()
    const { shop, owner, order, bank } = given
    const id = make(given)
    const before = orderNow(shop, order)
    settle(shop, id, owner, { decision: 'refund' })
    expect(() => settle(shop, id, owner, { decision: 'apply' })).toThrow('already')
    await moveDueRefunds(shop)
    const surplus = trouble === 'too_much'
    expect([...bank.paidOut.values()]).toEqual([surplus ? 700 : entryOf(shop, id).amount_minor])
    expect(entryOf(shop, id)).toMatchObject({ state: surplus ? 'applied' : 'returned', trouble: null })
    expect(orderNow(shop, order)).toMatchObject({
      charged_minor: before.charged_minor,
      refunded_minor: surplus ? 700 : 0,
      needs_review: null,
    })
    expect(recountShop(shop.db)).toEqual([])
  })

  it('is not for packers, nor for the customer', () => {
    const given = givenBankShop()
    const { shop, packer, order } = given
    const id = make(given)
    const ana: Actor = { kind: 'customer', id: order.person_id, name: 'Ana', source: 'chat' }
    for (const actor of [packer, ana])
      expect(() => settle(shop, id, actor)).toThrow('Only owners and managers')
    expect(entryOf(shop, id).trouble).toBe(trouble)
  })
})

describe('money that counts after all', () => {
  it('that was too little is a part; what is left is asked for', () => {
    const { shop, owner, order } = givenBankShop()
    const first = pay(shop, order, { amountMinor: 1000 })
    settle(shop, first, owner, { decision: 'apply' })
    expect(orderNow(shop, order)).toMatchObject({
      payment: 'pending',
      charged_minor: 1000,
      needs_review: null,
    })
    const second = pay(shop, order, { amountMinor: TOTAL - 1000 })
    expect(entryOf(shop, second)).toMatchObject({ state: 'applied', trouble: null })
    expect(orderNow(shop, order).payment).toBe('paid')
  })

  it.each(['after_cancel', 'after_expiry'])('%s reopens the order: goods, staff, escalation', (trouble) => {
    const given = givenBankShop()
    const { shop, owner, order } = given
    const id = existing(MATTERS.find((one) => one.trouble === trouble)).make(given)
    settle(shop, id, owner, { decision: 'apply' })
    expect(orderNow(shop, order)).toMatchObject({
      stage: 'placed',
      payment: 'paid',
      cancel_reason: null,
      needs_review: null,
    })
    expect(eventsOf(shop, order)).toContain('reopened')
    expect(told(shop, order, 'order_reopened')).toBe(1)
    expect(told(shop, order, 'staff_order')).toBeGreaterThan(1)
    expect(step(shop, owner, orderNow(shop, order), 'accept').fulfilment).toBe('accepted')
    expect(recountShop(shop.db)).toEqual([])
  })

  it('reopens nothing whose goods are sold, and says what they are', () => {
    const { shop, owner, order, variantId } = givenBankShop()
    cancel(shop, owner, order)
    const id = pay(shop, order)
    givenOrder(shop, { variantId, quantity: 9 })
    const before = orderNow(shop, order)
    expect(() => settle(shop, id, owner, { decision: 'apply' })).toThrow('Mug has been sold')
    expect(orderNow(shop, order)).toEqual(before)
    expect(entryOf(shop, id)).toMatchObject({ state: 'open', trouble: 'after_cancel' })
  })

  it('reopens with a part, which waits for the rest', () => {
    const { shop, owner, order } = givenBankShop()
    cancel(shop, owner, order)
    const id = pay(shop, order, { amountMinor: 1000 })
    settle(shop, id, owner, { decision: 'apply' })
    expect(orderNow(shop, order)).toMatchObject({ stage: 'unpaid', payment: 'pending', charged_minor: 1000 })
    expect(existing(orderNow(shop, order).expires_at)).toBeGreaterThan(shop.clock.now())
    expect(recountShop(shop.db)).toEqual([])
  })

  it('does not count money twice that was given back before', async () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    cancel(shop, owner, order, { money: 'refund' })
    shop.clock.advance(5_000)
    await moveDueRefunds(shop)
    const late = pay(shop, order, { amountMinor: 100 })
    expect(() => settle(shop, late, owner, { decision: 'apply' })).toThrow()
    expect(orderNow(shop, order).payment).toBe('refunded')
  })

  it('more than an order costs that was cancelled leaves a surplus to decide about', () => {
    const { shop, owner, order } = givenBankShop()
    cancel(shop, owner, order)
    const id = pay(shop, order, { amountMinor: TOTAL + 300 })
    settle(shop, id, owner, { decision: 'apply' })
    expect(entryOf(shop, id)).toMatchObject({ state: 'applied', trouble: 'too_much' })
    expect(orderNow(shop, order).needs_review).toBe(MONEY_WAITS)
  })

  it('without an order counts for the one that somebody names', () => {
    const given = givenBankShop()
    const { shop, owner, order } = given
    const id = existing(MATTERS.find((one) => one.trouble === 'unknown_order')).make(given)
    expect(() => settle(shop, id, owner, { decision: 'apply' })).toThrow('Enter the number')
    expect(() => settle(shop, id, owner, { decision: 'apply', orderId: 7 })).toThrow('no order #7')
    settle(shop, id, owner, { decision: 'apply', orderId: order.id })
    expect(orderNow(shop, order)).toMatchObject({ payment: 'paid', charged_minor: TOTAL })
    expect(recountShop(shop.db)).toEqual([])
  })

  it('cannot count where it does not fit', () => {
    for (const trouble of ['paid_twice', 'wrong_currency', 'too_much']) {
      const given = givenBankShop()
      const id = existing(MATTERS.find((one) => one.trouble === trouble)).make(given)
      expect(() => settle(given.shop, id, given.owner, { decision: 'apply' })).toThrow(
        'Give it back, or keep it',
      )
      expect(entryOf(given.shop, id).trouble).toBe(trouble)
    }
  })
})

describe('a decision', () => {
  it('of two at once is the first; the order is marked while another matter waits', () => {
    const { shop, owner, order } = givenBankShop()
    const max = givenStaff(shop, 'manager', 'Max')
    pay(shop, order)
    const [a, b] = [pay(shop, order), pay(shop, order)]
    settle(shop, a, owner)
    expect(() => settle(shop, a, max, { decision: 'refund' })).toThrow('already')
    expect(orderNow(shop, order).needs_review).toBe(MONEY_WAITS)
    settle(shop, b, max)
    expect(orderNow(shop, order).needs_review).toBeNull()
  })

  it('with one key is made once', () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    const id = pay(shop, order)
    for (let i = 0; i < 2; i++) settle(shop, id, owner, { decision: 'refund', requestKey: 'once' })
    expect(refundsOf(shop, order)).toHaveLength(1)
  })

  it('to give back that is called off waits for a decision again', () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    const id = pay(shop, order, { provider: 'transfer' })
    settle(shop, id, owner, { decision: 'refund' })
    const refund = existing(refundsOf(shop, order)[0])
    shop.write((work) => callOffRefund(work, { entryId: refund.id, actor: owner }))
    expect(entryOf(shop, id)).toMatchObject({ state: 'open', trouble: 'paid_twice' })
    expect(orderNow(shop, order).needs_review).toBe(MONEY_WAITS)
    settle(shop, id, owner, { decision: 'refund' })
    const again = existing(refundsOf(shop, order)[1])
    shop.write((work) => confirmRefund(work, { entryId: again.id, actor: owner }))
    expect(entryOf(shop, id).state).toBe('returned')
    expect(orderNow(shop, order)).toMatchObject({ payment: 'paid', refunded_minor: 0 })
    expect(recountShop(shop.db)).toEqual([])
  })

  it('about a surplus is not asked for any more once everything has gone back', async () => {
    const { shop, owner, order } = givenBankShop()
    const id = pay(shop, order, { amountMinor: TOTAL + 700 })
    cancel(shop, owner, order, { money: 'refund' })
    shop.clock.advance(5_000)
    await moveDueRefunds(shop)
    expect(entryOf(shop, id)).toMatchObject({ state: 'applied', trouble: null })
    expect(orderNow(shop, order)).toMatchObject({
      payment: 'refunded',
      refunded_minor: TOTAL + 700,
      needs_review: null,
    })
  })

  it('about a surplus that only goes back whole can only be to keep it', () => {
    const { shop, owner, order } = givenBankShop(givenBank('stars', true))
    const id = pay(shop, order, {
      provider: 'stars',
      currency: 'XTR',
      amountMinor: 9999,
      orderMinor: TOTAL + 5,
    })
    expect(options(shop, id)).toEqual(['keep'])
    expect(() => settle(shop, id, owner, { decision: 'refund' })).toThrow('only goes back whole')
    expect(entryOf(shop, id).trouble).toBe('too_much')
  })
})
