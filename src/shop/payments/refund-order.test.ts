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
import { sql } from '../../db/statement.ts'
import { clearReview } from '../orders/clear-review.ts'
import { takeStep } from '../orders/take-step.ts'
import { undoStep } from '../orders/undo-step.ts'
import type { Actor, Shop } from '../work.ts'
import { MONEY_WAITS } from './announce-money-matter.ts'
import { callOffRefund } from './call-off-refund.ts'
import { confirmRefund } from './confirm-refund.ts'
import { moveDueRefunds } from './move-refunds.ts'
import { type RefundOrder, refundOrder } from './refund-order.ts'
import { refundableOf, undecidedOf } from './refundable.ts'
import { settleOrderMoney } from './settle-order-money.ts'
import { mayWaive, waiveRest } from './waive-rest.ts'

function refund(shop: Shop, actor: Actor, order: { id: number }, more: Partial<RefundOrder> = {}) {
  const { version } = orderNow(shop, order)
  const command = { orderId: order.id, version, amountMinor: TOTAL, actor, ...more }
  return shop.write((work) => refundOrder(work, command))
}

const left = (shop: Shop, order: { id: number }) => refundableOf(shop.db, orderNow(shop, order))
const told = (shop: Shop, order: { id: number }) =>
  listNoticesOfOrder(shop.db, order.id)
    .filter((notice) => !notice.kind.startsWith('staff_'))
    .map((notice) => notice.kind)

function shelf(shop: Shop, id: number): number {
  return existing(shop.db.first(sql.selectFrom('variants').select('available').where('id', '=', id)))
    .available
}

describe('giving money back', () => {
  it('moves it by its provider, tells the customer at each stage, and the order follows', async () => {
    const { shop, bank, owner, order } = givenBankShop()
    pay(shop, order)
    refund(shop, owner, order, { reason: 'Broken on the way' })
    expect(refundsOf(shop, order)).toMatchObject([
      { state: 'wanted', amount_minor: TOTAL, reason: 'Broken on the way' },
    ])
    expect(orderNow(shop, order)).toMatchObject({ payment: 'paid', refunded_minor: 0 })
    expect(told(shop, order)).toContain('refund_started')
    expect(await moveDueRefunds(shop)).toBe(1)
    expect(orderNow(shop, order)).toMatchObject({ payment: 'refunded', refunded_minor: TOTAL })
    expect(told(shop, order)).toContain('refund_done')
    expect([...bank.paidOut.values()]).toEqual([TOTAL])
    expect(await moveDueRefunds(shop)).toBe(0)
    expect(recountShop(shop.db)).toEqual([])
  })

  it('goes in parts until nothing is left, and never beyond', async () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    refund(shop, owner, order, { amountMinor: 1000 })
    refund(shop, owner, order, { amountMinor: 500 })
    expect(() => refund(shop, owner, order, { amountMinor: TOTAL - 1499 })).toThrow(
      'At most €14.90 can be given back.',
    )
    await moveDueRefunds(shop)
    expect(orderNow(shop, order)).toMatchObject({ payment: 'partly_refunded', refunded_minor: 1500 })
    refund(shop, owner, order, { amountMinor: TOTAL - 1500 })
    await moveDueRefunds(shop)
    expect(orderNow(shop, order)).toMatchObject({ payment: 'refunded', refunded_minor: TOTAL })
    expect(() => refund(shop, owner, order, { amountMinor: 1 })).toThrow('left to give back')
    expect(recountShop(shop.db)).toEqual([])
  })

  it('refuses what makes no sense, and changes nothing', () => {
    const { shop, owner, packer, order } = givenBankShop()
    expect(() => refund(shop, owner, order)).toThrow('Order #1001 still waits for €29.90.')
    pay(shop, order)
    const before = orderNow(shop, order)
    for (const amountMinor of [0, -1, 1.5, TOTAL + 1])
      expect(() => refund(shop, owner, order, { amountMinor })).toThrow()
    expect(() => refund(shop, packer, order)).toThrow('Only owners and managers')
    expect(() => refund(shop, owner, order, { version: 1 })).toThrow('is placed now')
    expect(() => refund(shop, owner, order, { reason: 'x'.repeat(301) })).toThrow('at most 300')
    expect(() => refund(shop, owner, { id: 999 })).toThrow()
    expect(orderNow(shop, order)).toEqual(before)
    expect(refundsOf(shop, order)).toEqual([])
  })

  it('is asked for once with one key', () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    const { version } = orderNow(shop, order)
    for (let i = 0; i < 3; i++) refund(shop, owner, order, { amountMinor: 500, version, requestKey: 'k' })
    expect(refundsOf(shop, order)).toHaveLength(1)
  })

  it('comes from the oldest charges first, and waits for a person where no provider gives back', () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order, { provider: 'transfer', amountMinor: 1000 })
    pay(shop, order, { amountMinor: TOTAL - 1000 })
    refund(shop, owner, order, { amountMinor: 1500 })
    expect(refundsOf(shop, order)).toMatchObject([
      { provider: 'transfer', state: 'by_hand', amount_minor: 1000, check_at: null },
      { provider: 'btcpay', state: 'wanted', amount_minor: 500 },
    ])
  })

  it('goes back whole only where the provider wants it so', () => {
    const { shop, owner, order } = givenBankShop(givenBank('stars', true))
    pay(shop, order, { provider: 'stars', amountMinor: 2300, currency: 'XTR', orderMinor: TOTAL })
    expect(() => refund(shop, owner, order, { amountMinor: 500 })).toThrow('only goes back whole')
    refund(shop, owner, order)
    expect(refundsOf(shop, order)).toMatchObject([{ amount_minor: 2300, order_minor: TOTAL }])
  })

  it('puts pieces back on the shelf that had left, each once', () => {
    const { shop, owner, order, variantId } = givenBankShop()
    pay(shop, order)
    const line = existing(
      shop.db.first(sql.selectFrom('line_items').select('id').where('order_id', '=', order.id)),
    )
    const restock = (quantity: number) => [{ lineItemId: line.id, quantity }]
    expect(() => refund(shop, owner, order, { amountMinor: 1, restock: restock(1) })).toThrow(
      'that have left',
    )
    step(shop, owner, orderNow(shop, order), 'accept', 'pack', 'dispatch')
    expect(shelf(shop, variantId)).toBe(8)
    refund(shop, owner, order, { amountMinor: 1250, restock: restock(1) })
    expect(shelf(shop, variantId)).toBe(9)
    expect(() => refund(shop, owner, order, { amountMinor: 1, restock: restock(2) })).toThrow(
      'At most 1 of Mug',
    )
    refund(shop, owner, order, { amountMinor: 1250, restock: restock(1) })
    expect(shelf(shop, variantId)).toBe(10)
    expect(recountShop(shop.db)).toEqual([])
  })

  it('by hand is done when somebody says so, and can be called off before', () => {
    const { shop, owner, packer, order } = givenBankShop()
    step(shop, owner, order, 'mark_paid')
    shop.clock.advance(5_000)
    refund(shop, owner, order, { amountMinor: 1000 })
    const [first] = refundsOf(shop, order)
    const entryId = existing(first).id
    expect(() => shop.write((work) => confirmRefund(work, { entryId, actor: packer }))).toThrow('Only owners')
    shop.write((work) => callOffRefund(work, { entryId, actor: owner }))
    expect(left(shop, order)).toBe(TOTAL)
    expect(() => shop.write((work) => confirmRefund(work, { entryId, actor: owner }))).toThrow('called off')
    refund(shop, owner, order)
    const second = existing(refundsOf(shop, order)[1]).id
    const said = { entryId: second, actor: owner, reference: 'SEPA 77' }
    shop.write((work) => confirmRefund(work, said))
    expect(() => shop.write((work) => confirmRefund(work, said))).toThrow('given back already')
    expect(entryOf(shop, second)).toMatchObject({ state: 'done', raw: expect.stringContaining('SEPA 77') })
    expect(orderNow(shop, order).payment).toBe('refunded')
    expect(recountShop(shop.db)).toEqual([])
  })

  it('answers the customer who asked for it', () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    const reason = 'The customer asks for the money back'
    shop.db.write((tx) => tx.run(sql.updateTable('orders').set({ needs_review: reason })))
    refund(shop, owner, order)
    expect(orderNow(shop, order).needs_review).toBeNull()
  })
})

describe('an order whose money goes back', () => {
  it('goes on in part, and not at all without any', async () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    refund(shop, owner, order, { amountMinor: 500 })
    await moveDueRefunds(shop)
    expect(step(shop, owner, orderNow(shop, order), 'accept').fulfilment).toBe('accepted')
    refund(shop, owner, order, { amountMinor: TOTAL - 500 })
    await moveDueRefunds(shop)
    expect(() => step(shop, owner, orderNow(shop, order), 'pack')).toThrow('is accepted now')
    expect(cancel(shop, owner, order).fulfilment).toBe('cancelled')
  })

  it('is chased no longer', async () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    const waiting = () => shop.db.all(sql.selectFrom('escalations').selectAll())
    expect(waiting()).toHaveLength(1)
    refund(shop, owner, order)
    await moveDueRefunds(shop)
    expect(waiting()).toEqual([])
  })
})

describe('cancelling a paid order', () => {
  it('gives the money back once the undo is over', async () => {
    const { shop, owner, order, bank } = givenBankShop()
    pay(shop, order)
    cancel(shop, owner, order, { money: 'refund' })
    expect(await moveDueRefunds(shop)).toBe(0)
    expect(bank.asked).toEqual([])
    shop.clock.advance(5_000)
    await moveDueRefunds(shop)
    expect(orderNow(shop, order)).toMatchObject({ payment: 'refunded', needs_review: null })
  })

  it('undone, has its money, its goods and its requests again', async () => {
    const { shop, owner, order, bank, variantId } = givenBankShop()
    pay(shop, order, { provider: 'transfer', amountMinor: 1000 })
    pay(shop, order, { amountMinor: TOTAL - 1000 })
    const before = orderNow(shop, order)
    const [line] = shop.db.all(sql.selectFrom('line_items').select('id').where('order_id', '=', order.id))
    const notRestocked = [{ lineItemId: existing(line).id, quantity: 1 }]
    const cancelled = cancel(shop, owner, order, { money: 'refund', notRestocked })
    expect(shelf(shop, variantId)).toBe(9)
    shop.write((work) => undoStep(work, { orderId: order.id, version: cancelled.version, actor: owner }))
    shop.clock.advance(60_000)
    expect(await moveDueRefunds(shop)).toBe(0)
    expect(bank.asked).toEqual([])
    expect(refundsOf(shop, order).map((entry) => entry.state)).toEqual(['void', 'void'])
    expect(orderNow(shop, order)).toMatchObject({ payment: 'paid', fulfilment: before.fulfilment })
    expect(shelf(shop, variantId)).toBe(8)
    expect(recountShop(shop.db)).toEqual([])
  })

  it('cannot be undone any more once somebody has paid it back by hand', () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order, { provider: 'transfer' })
    cancel(shop, owner, order, { money: 'refund' })
    const entryId = existing(refundsOf(shop, order)[0]).id
    shop.write((work) => confirmRefund(work, { entryId, actor: owner }))
    const { version } = orderNow(shop, order)
    expect(() => shop.write((work) => undoStep(work, { orderId: order.id, version, actor: owner }))).toThrow(
      'too late',
    )
  })

  it('asks for pieces that exist only', () => {
    const { shop, owner, order } = givenBankShop()
    const wrong = (notRestocked: { lineItemId: number; quantity: number }[]) => () =>
      cancel(shop, owner, order, { notRestocked })
    const [line] = shop.db.all(sql.selectFrom('line_items').select('id').where('order_id', '=', order.id))
    const lineItemId = existing(line).id
    expect(wrong([{ lineItemId: 999, quantity: 1 }])).toThrow('no such line')
    expect(wrong([{ lineItemId, quantity: 3 }])).toThrow('only 2 of Mug')
    expect(
      wrong([
        { lineItemId, quantity: 1 },
        { lineItemId, quantity: 1 },
      ]),
    ).toThrow('no such line')
    expect(orderNow(shop, order)).toEqual(order)
  })

  it('keeps it, or leaves it for later, which somebody then decides', () => {
    const { shop, owner, order, packer } = givenBankShop()
    pay(shop, order)
    cancel(shop, owner, order, { money: 'later' })
    expect(orderNow(shop, order).needs_review).toBe(MONEY_WAITS)
    expect(undecidedOf(shop.db, orderNow(shop, order))).toBe(TOTAL)
    const decide = (actor: Actor, decision: 'keep' | 'refund') =>
      shop.write((work) => settleOrderMoney(work, { orderId: order.id, decision, actor }))
    expect(() => decide(packer, 'keep')).toThrow('Only owners')
    expect(() => shop.write((work) => clearReview(work, { orderId: order.id, actor: owner }))).toThrow(
      'becomes of the money',
    )
    decide(owner, 'keep')
    expect(() => decide(owner, 'refund')).toThrow('decided about the money of order #1001 already')
    expect(orderNow(shop, order).needs_review).toBeNull()
    expect(undecidedOf(shop.db, orderNow(shop, order))).toBe(0)
    expect(told(shop, order)).toContain('money_kept')
  })

  it('kept at once, waits for nobody', () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    cancel(shop, owner, order, { money: 'keep' })
    expect(orderNow(shop, order)).toMatchObject({ needs_review: null, payment: 'paid' })
    expect(undecidedOf(shop.db, orderNow(shop, order))).toBe(0)
  })

  it('by the customer leaves it for the shop to decide; a part that was paid, too', () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order, { provider: 'transfer', amountMinor: 1000 })
    const ana: Actor = { kind: 'customer', id: order.person_id, name: 'Ana', source: 'chat' }
    cancel(shop, ana, order)
    expect(orderNow(shop, order)).toMatchObject({ fulfilment: 'cancelled', needs_review: MONEY_WAITS })
    shop.write((work) => settleOrderMoney(work, { orderId: order.id, decision: 'refund', actor: owner }))
    expect(refundsOf(shop, order)).toMatchObject([{ state: 'by_hand', amount_minor: 1000 }])
    expect(orderNow(shop, order).needs_review).toBeNull()
  })

  it('puts back the mark that the order had, when it is undone', () => {
    const { shop, owner, order } = givenBankShop()
    pay(shop, order)
    shop.db.write((tx) => tx.run(sql.updateTable('orders').set({ needs_review: 'Call them first' })))
    const cancelled = cancel(shop, owner, order, { money: 'later' })
    shop.write((work) => undoStep(work, { orderId: order.id, version: cancelled.version, actor: owner }))
    expect(orderNow(shop, order).needs_review).toBe('Call them first')
  })

  it('takes late money marked as paid for a matter, once', () => {
    const { shop, owner, order } = givenBankShop()
    const cancelled = cancel(shop, owner, order)
    const late = { orderId: order.id, step: 'mark_paid', version: cancelled.version, actor: owner } as const
    const command = { ...late, requestKey: 'late' }
    shop.write((work) => takeStep(work, command))
    shop.write((work) => takeStep(work, command))
    expect(orderNow(shop, order)).toMatchObject({ payment: 'pending', charged_minor: 0 })
    expect(eventsOf(shop, order).filter((type) => type === 'late_payment')).toHaveLength(1)
    expect(() => shop.write((work) => takeStep(work, late))).toThrow('waits for a decision already')
  })
})

describe('the rest of a part-paid order', () => {
  it('can be done without, and the order is paid', () => {
    const { shop, owner, packer, order } = givenBankShop()
    pay(shop, order, { provider: 'transfer', amountMinor: 1000 })
    const waive = (actor: Actor) => {
      const { version } = orderNow(shop, order)
      return shop.write((work) => waiveRest(work, { orderId: order.id, version, actor }))
    }
    expect(() => waive(packer)).toThrow('Only owners')
    expect(waive(owner)).toMatchObject({ payment: 'paid', stage: 'placed', waived_minor: TOTAL - 1000 })
    expect(() => waive(owner)).toThrow('no rest')
    expect(told(shop, order)).toContain('rest_waived')
    expect(recountShop(shop.db)).toEqual([])
  })

  it('is not there when nothing has come, or all of it', () => {
    const { shop, order } = givenBankShop()
    expect(mayWaive(order)).toBe(false)
    pay(shop, order)
    expect(mayWaive(orderNow(shop, order))).toBe(false)
    const manager = givenStaff(shop, 'manager', 'Max')
    const other = givenOrder(shop, { payment: 'bank_transfer' })
    pay(shop, other, { provider: 'transfer', amountMinor: 10 })
    expect(mayWaive(orderNow(shop, other))).toBe(true)
    expect(mayWaive(cancel(shop, manager, other, { money: 'keep' }))).toBe(false)
  })
})
