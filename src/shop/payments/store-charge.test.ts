import { describe, expect, it } from 'vitest'
import {
  existing,
  givenOrder,
  givenPerson,
  givenShop,
  givenStaff,
  givenVariant,
  step,
} from '../../../tests/given.ts'
import { listEvents } from '../../db/events.ts'
import { changeEntry, findEntry, listEntriesOfOrder, listReceivedCharges } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { addPaymentRequest, listPaymentRequests } from '../../db/payment-requests.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { recountShop } from '../../db/seed-check.ts'
import { sql } from '../../db/statement.ts'
import { undoStep } from '../orders/undo-step.ts'
import type { Shop } from '../work.ts'
import { MONEY_WAITS } from './announce-money-matter.ts'
import { applyCharge } from './apply-charge.ts'
import { type IncomingCharge, storeCharge, takeCharge } from './store-charge.ts'

/** Two mugs and the courier: €29.90. */
const TOTAL = 2 * 1250 + 490

function charge(
  order: Pick<OrderRow, 'id' | 'person_id'> | null,
  more: Partial<IncomingCharge> = {},
): IncomingCharge {
  return {
    provider: 'telegram',
    reference: 'tg-charge-1',
    orderId: order?.id ?? null,
    personId: order?.person_id ?? null,
    amountMinor: TOTAL,
    currency: 'EUR',
    orderMinor: TOTAL,
    at: 1_790_000_000_000,
    raw: '{"total_amount":2990}',
    ...more,
  }
}

const now = (shop: Shop, order: { id: number }) => existing(findOrder(shop.db, order.id))
const entry = (shop: Shop, id: number) => existing(findEntry(shop.db, id))

function eventsOf(shop: Shop, orderId: number): string[] {
  return listEvents(shop.db, orderId).map((event) => event.type)
}

function told(shop: Shop, orderId: number, kind: string): number {
  return listNoticesOfOrder(shop.db, orderId).filter((notice) => notice.kind === kind).length
}

/** An order that waits for a transfer, and an owner who hears of money. */
function givenUnpaid() {
  const shop = givenShop()
  const owner = givenStaff(shop, 'owner')
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  return { shop, owner, order }
}

describe('taking money', () => {
  it('pays the order once, however often the charge is told', () => {
    const { shop, order } = givenUnpaid()
    const ids = [1, 2, 3].map(() => takeCharge(shop, charge(order)))
    expect(new Set(ids).size).toBe(1)
    expect(now(shop, order)).toMatchObject({
      payment: 'paid',
      stage: 'placed',
      charged_minor: TOTAL,
      version: 2,
    })
    expect(eventsOf(shop, order.id)).toEqual(['placed', 'paid'])
    expect(told(shop, order.id, 'payment_received')).toBe(1)
    expect(listEntriesOfOrder(shop.db, order.id)).toHaveLength(1)
    expect(recountShop(shop.db)).toEqual([])
  })

  it('knows the same reference of two providers, or of another charge, as two charges', () => {
    const { shop, order } = givenUnpaid()
    const first = takeCharge(shop, charge(order))
    const other = takeCharge(shop, charge(order, { provider: 'btcpay' }))
    const third = takeCharge(shop, charge(order, { reference: 'tg-charge-2' }))
    expect(entry(shop, first)).toMatchObject({ state: 'applied', trouble: null })
    for (const id of [other, third])
      expect(entry(shop, id)).toMatchObject({ state: 'open', trouble: 'paid_twice' })
    expect(now(shop, order)).toMatchObject({
      payment: 'paid',
      charged_minor: TOTAL,
      needs_review: MONEY_WAITS,
    })
    expect(told(shop, order.id, 'staff_money_matter')).toBeGreaterThanOrEqual(2)
  })

  it('keeps what was stored when the shop ends before it is applied, and applies it once afterwards', () => {
    const { shop, order } = givenUnpaid()
    const id = shop.write((work) => storeCharge(work, charge(order)))
    expect(entry(shop, id)).toMatchObject({
      state: 'received',
      amount_minor: TOTAL,
      raw: '{"total_amount":2990}',
    })
    expect(now(shop, order)).toMatchObject({ payment: 'pending', charged_minor: 0, version: 1 })
    expect(recountShop(shop.db)).toEqual([])
    expect(listReceivedCharges(shop.db, 10)).toEqual([id])
    for (let i = 0; i < 3; i++) shop.write((work) => applyCharge(work, id))
    expect(takeCharge(shop, charge(order))).toBe(id)
    expect(now(shop, order)).toMatchObject({ payment: 'paid', charged_minor: TOTAL, version: 2 })
    expect(listReceivedCharges(shop.db, 10)).toEqual([])
  })

  it('does not let a charge count again that a person has settled', () => {
    const { shop, order } = givenUnpaid()
    const id = takeCharge(shop, charge(order, { orderMinor: 100, amountMinor: 100 }))
    expect(entry(shop, id)).toMatchObject({ state: 'open', trouble: 'too_little' })
    for (const state of ['kept', 'returned', 'void'] as const) {
      shop.write((work) => changeEntry(work.tx, entry(shop, id), { state, trouble: null, now: work.now }))
      takeCharge(shop, charge(order, { orderMinor: 100, amountMinor: 100 }))
      expect(entry(shop, id)).toMatchObject({ state, trouble: null })
    }
    expect(now(shop, order)).toMatchObject({ charged_minor: 0, payment: 'pending' })
  })

  it('adds up transfers, says what came, and pays the order with the last', () => {
    const { shop, order } = givenUnpaid()
    const part = { provider: 'transfer', amountMinor: 1000, orderMinor: 1000 } as const
    takeCharge(shop, charge(order, { ...part, reference: 'a' }))
    expect(now(shop, order)).toMatchObject({ payment: 'pending', stage: 'unpaid', charged_minor: 1000 })
    takeCharge(shop, charge(order, { ...part, reference: 'b' }))
    takeCharge(shop, charge(order, { ...part, reference: 'c', amountMinor: 990, orderMinor: 990 }))
    expect(now(shop, order)).toMatchObject({ payment: 'paid', stage: 'placed', charged_minor: TOTAL })
    expect(eventsOf(shop, order.id)).toEqual(['placed', 'part_paid', 'part_paid', 'paid'])
    expect(told(shop, order.id, 'part_payment_received')).toBe(2)
    expect(recountShop(shop.db)).toEqual([])
  })

  it('lets too much count, and asks what to do with the surplus', () => {
    const { shop, order } = givenUnpaid()
    const id = takeCharge(shop, charge(order, { amountMinor: 5000, orderMinor: 5000 }))
    expect(entry(shop, id)).toMatchObject({ state: 'applied', trouble: 'too_much' })
    expect(now(shop, order)).toMatchObject({
      payment: 'paid',
      charged_minor: 5000,
      needs_review: MONEY_WAITS,
    })
    expect(told(shop, order.id, 'staff_money_matter')).toBeGreaterThan(0)
    expect(recountShop(shop.db)).toEqual([])
  })

  it('keeps money that names no order, and tells the owner', () => {
    const { shop } = givenUnpaid()
    const id = takeCharge(shop, charge({ id: 987_654, person_id: givenPerson(shop).id }))
    expect(entry(shop, id)).toMatchObject({
      state: 'open',
      trouble: 'unknown_order',
      order_id: null,
      amount_minor: TOTAL,
    })
    const rows = shop.db.all(sql.selectFrom('notices').selectAll().where('kind', '=', 'staff_money_matter'))
    expect(rows.map((row) => row.order_id)).toEqual([null])
    expect(recountShop(shop.db)).toEqual([])
  })

  it('keeps money in another currency, money after cancel and money after the time was over', () => {
    const { shop, owner, order } = givenUnpaid()
    const foreign = takeCharge(shop, charge(order, { currency: 'USD', orderMinor: 0, reference: 'usd' }))
    expect(entry(shop, foreign)).toMatchObject({ state: 'open', trouble: 'wrong_currency', currency: 'USD' })
    step(shop, owner, now(shop, order), 'cancel')
    const late = takeCharge(shop, charge(order, { reference: 'late' }))
    expect(entry(shop, late)).toMatchObject({ state: 'open', trouble: 'after_cancel' })
    expect(now(shop, order)).toMatchObject({ fulfilment: 'cancelled', charged_minor: 0 })
    expect(recountShop(shop.db)).toEqual([])
  })

  it('ends what the order was still asked to pay', () => {
    const { shop, order } = givenUnpaid()
    const request = {
      amountMinor: TOTAL,
      currency: 'EUR',
      orderMinor: TOTAL,
      expiresAt: 1,
      checkAt: null,
      now: 1,
    }
    shop.db.write((tx) =>
      addPaymentRequest(tx, {
        ...request,
        orderId: order.id,
        provider: 'btcpay',
        reference: 'inv',
        state: 'open',
      }),
    )
    takeCharge(shop, charge(order))
    expect(listPaymentRequests(shop.db, order.id).map(({ state }) => state)).toEqual(['paid'])
  })
})

describe('the ledger', () => {
  it('is only added to: no row goes, and no money changes', () => {
    const { shop, order } = givenUnpaid()
    const id = takeCharge(shop, charge(order))
    const before = entry(shop, id)
    const run = (text: string) => () => shop.db.write((tx) => tx.run({ sql: text, values: [] }))
    expect(run('delete from ledger')).toThrow(/only added to/)
    for (const change of [
      'amount_minor = 1',
      "currency = 'USD'",
      "kind = 'refund', charge_id = 1",
      "provider = 'cash'",
      'at = 0',
      'stored_at = 0',
    ]) {
      expect(run(`update ledger set ${change}`), change).toThrow(/never changes/)
    }
    expect(entry(shop, id)).toEqual(before)
  })

  it('takes no row that is neither charge nor refund, and no state of the other kind', () => {
    const { shop, order } = givenUnpaid()
    takeCharge(shop, charge(order))
    const run = (text: string) => () => shop.db.write((tx) => tx.run({ sql: text, values: [] }))
    expect(run("update ledger set state = 'done'")).toThrow(/CHECK/)
    expect(run("update ledger set state = 'gone'")).toThrow(/CHECK/)
  })
})

describe('marked as paid by hand', () => {
  it('enters the rest that is owed, and an undo takes just that back', () => {
    const { shop, owner, order } = givenUnpaid()
    takeCharge(shop, charge(order, { provider: 'transfer', amountMinor: 1000, orderMinor: 1000 }))
    const paid = step(shop, owner, now(shop, order), 'mark_paid')
    expect(paid).toMatchObject({ payment: 'paid', charged_minor: TOTAL })
    expect(listEntriesOfOrder(shop.db, order.id).map((row) => [row.amount_minor, row.state])).toEqual([
      [1000, 'applied'],
      [TOTAL - 1000, 'applied'],
    ])
    shop.write((work) => undoStep(work, { orderId: paid.id, version: paid.version, actor: owner }))
    expect(now(shop, order)).toMatchObject({ payment: 'pending', charged_minor: 1000 })
    expect(listEntriesOfOrder(shop.db, order.id).map((row) => row.state)).toEqual(['applied', 'void'])
    expect(recountShop(shop.db)).toEqual([])
  })

  it('can be done again after an undo, as a charge of its own', () => {
    const { shop, owner, order } = givenUnpaid()
    const paid = step(shop, owner, order, 'mark_paid')
    const back = shop.write((work) =>
      undoStep(work, { orderId: paid.id, version: paid.version, actor: owner }),
    )
    step(shop, owner, back, 'mark_paid')
    expect(listEntriesOfOrder(shop.db, order.id).map((row) => row.state)).toEqual(['void', 'applied'])
    expect(recountShop(shop.db)).toEqual([])
  })

  it('makes room, undone, for other money that has come in meanwhile', () => {
    const { shop, owner, order } = givenUnpaid()
    const paid = step(shop, owner, order, 'mark_paid')
    const id = takeCharge(shop, charge(order))
    expect(entry(shop, id)).toMatchObject({ state: 'open', trouble: 'paid_twice' })
    shop.write((work) => undoStep(work, { orderId: paid.id, version: paid.version, actor: owner }))
    expect(entry(shop, id)).toMatchObject({ state: 'applied', trouble: null })
    expect(now(shop, order)).toMatchObject({ payment: 'paid', charged_minor: TOTAL, needs_review: null })
    expect(recountShop(shop.db)).toEqual([])
  })

  it('is not offered for money that was never owed', () => {
    const shop = givenShop()
    const owner = givenStaff(shop)
    const order = givenOrder(shop, { variantId: givenVariant(shop, 5, 0), delivery: 1 })
    expect(order).toMatchObject({ total_minor: 0, payment: 'paid' })
    expect(() => step(shop, owner, order, 'mark_paid')).toThrow(/placed/)
    expect(listEntriesOfOrder(shop.db, order.id)).toEqual([])
  })
})
