import { describe, expect, it } from 'vitest'
import { existing } from '../../../tests/given.ts'
import {
  cancel,
  entryOf,
  givenBankShop,
  orderNow,
  pay,
  refundsOf,
  TOTAL,
} from '../../../tests/given-money.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { sql } from '../../db/statement.ts'
import type { Shop } from '../work.ts'
import { MONEY_WAITS } from './announce-money-matter.ts'
import { callOffRefund } from './call-off-refund.ts'
import { moveDueRefunds } from './move-refunds.ts'
import { refundOrder } from './refund-order.ts'
import { undecidedOf } from './refundable.ts'
import { settleMatter } from './settle-matter.ts'
import { settleOrderMoney } from './settle-order-money.ts'

function given() {
  const all = givenBankShop()
  const { shop, owner: actor, order } = all
  const newest = () => existing(refundsOf(shop, order).at(-1)).id
  const refund = (amountMinor = TOTAL) => {
    const { version } = orderNow(shop, order)
    shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor, actor }))
    return newest()
  }
  const callOff = (entryId = newest()) => shop.write((work) => callOffRefund(work, { entryId, actor }))
  const undecided = () => undecidedOf(shop.db, orderNow(shop, order))
  return { ...all, refund, callOff, undecided }
}

const told = (shop: Shop, order: { id: number }, kind: string) =>
  listNoticesOfOrder(shop.db, order.id).filter((notice) => notice.kind === kind)

function allHaveLeft(shop: Shop): void {
  shop.db.write((tx) => tx.run(sql.updateTable('notices').set({ state: 'sent' })))
}

describe('a refund that is called off', () => {
  it('asks again what becomes of the money of a cancelled order, and ends with an answer', () => {
    const { shop, owner, order, callOff, undecided } = given()
    pay(shop, order)
    cancel(shop, owner, order, { money: 'refund' })
    expect(undecided()).toBe(0)
    callOff()
    expect(undecided()).toBe(TOTAL)
    expect(orderNow(shop, order).needs_review).toBe(MONEY_WAITS)
    expect(told(shop, order, 'staff_money_matter')).not.toEqual([])
    const decide = { orderId: order.id, actor: owner }
    shop.write((work) => settleOrderMoney(work, { ...decide, decision: 'refund' }))
    expect(orderNow(shop, order).needs_review).toBeNull()
    callOff()
    expect(undecided()).toBe(TOTAL)
    shop.write((work) => settleOrderMoney(work, { ...decide, decision: 'keep' }))
    expect([undecided(), orderNow(shop, order).needs_review]).toEqual([0, null])
  })

  it('asks also when its provider had refused, and when it had begun before the order was cancelled', async () => {
    const { shop, bank, owner, order, refund, callOff, undecided } = given()
    pay(shop, order)
    bank.answers = [{ kind: 'refused', reason: 'Balance too low', raw: '{}' }]
    refund()
    cancel(shop, owner, order)
    expect(undecided()).toBe(0)
    await moveDueRefunds(shop)
    callOff()
    expect(undecided()).toBe(TOTAL)
    expect(orderNow(shop, order).needs_review).toBe(MONEY_WAITS)
  })

  it('asks for no more than it was, where the shop keeps the rest', () => {
    const { shop, owner, order, refund, callOff, undecided } = given()
    pay(shop, order)
    refund(1000)
    cancel(shop, owner, order, { money: 'keep' })
    callOff()
    expect(undecided()).toBe(1000)
  })

  it('asks again about a surplus, unless the shop has said that it keeps it', () => {
    const { shop, owner, order, refund, callOff } = given()
    const entryId = pay(shop, order, { amountMinor: TOTAL + 700 })
    shop.write((work) => settleMatter(work, { entryId, decision: 'refund', actor: owner }))
    expect(entryOf(shop, entryId).trouble).toBeNull()
    callOff()
    expect(entryOf(shop, entryId)).toMatchObject({ state: 'applied', trouble: 'too_much' })
    expect(orderNow(shop, order).needs_review).toBe(MONEY_WAITS)
    shop.write((work) => settleMatter(work, { entryId, decision: 'keep', actor: owner }))
    callOff(refund(500))
    expect(entryOf(shop, entryId).trouble).toBeNull()
    expect(orderNow(shop, order).needs_review).toBeNull()
  })

  it('is told to the customer who knew of it', () => {
    const { shop, order, refund, callOff } = given()
    pay(shop, order)
    refund()
    allHaveLeft(shop)
    callOff()
    expect(told(shop, order, 'refund_called_off')).toHaveLength(1)
  })

  it('is not told to a customer who had not heard of it, or gets the money another way', async () => {
    const { shop, bank, order, refund, callOff } = given()
    pay(shop, order)
    const first = refund()
    callOff(first)
    expect(told(shop, order, 'refund_started')).toMatchObject([{ state: 'dropped' }])
    bank.answers = [{ kind: 'refused', reason: 'Balance too low', raw: '{}' }]
    const second = refund()
    await moveDueRefunds(shop)
    refund()
    allHaveLeft(shop)
    callOff(second)
    expect(told(shop, order, 'refund_called_off')).toEqual([])
  })
})
