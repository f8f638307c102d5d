import { expect, it } from 'vitest'
import { existing, givenOrder, givenShop, givenStaff, step, type TestShop } from '../../../tests/given.ts'
import {
  cancel,
  entryOf,
  eventsOf,
  givenBank,
  givenBankShop,
  orderNow,
  pay,
  TOTAL,
} from '../../../tests/given-money.ts'
import { savePaymentMethod } from '../../db/checkout.ts'
import { changePaymentRequest, listPaymentRequests } from '../../db/payment-requests.ts'
import type { Actor } from '../work.ts'
import { expireOrders } from './expire-orders.ts'
import { undoStep } from './undo-step.ts'

const HOUR_MS = 3_600_000

/** An order to be paid in Bitcoin whose invoice has to be made by the worker, which does not run. */
function givenOrderNotAskedFor() {
  const bank = givenBank()
  const create = () => Promise.reject(new Error('nobody asks it here'))
  const shop = givenShop({}, { online: [{ ...bank, online: { ...existing(bank.online), create } }] })
  shop.db.write((tx) => savePaymentMethod(tx, { kind: 'btcpay', instructions: '', active: 1 }))
  const owner = givenStaff(shop)
  const order = givenOrder(shop, { payment: 'btcpay' })
  return { shop, owner, order }
}

function undo(shop: TestShop, actor: Actor, order: { id: number }) {
  const { version } = orderNow(shop, order)
  return shop.write((work) => undoStep(work, { orderId: order.id, version, actor }))
}

it('lets money that came while the order was cancelled count once it is not', () => {
  const { shop, owner, order } = givenBankShop()
  cancel(shop, owner, order)
  const id = pay(shop, order)
  expect(entryOf(shop, id)).toMatchObject({ state: 'open', trouble: 'after_cancel' })
  expect(undo(shop, owner, order)).toMatchObject({ payment: 'paid', stage: 'placed', needs_review: null })
  expect(entryOf(shop, id)).toMatchObject({ state: 'applied', trouble: null })
  shop.clock.advance(49 * HOUR_MS)
  expect(expireOrders(shop)).toBe(0)
  expect(eventsOf(shop, order)).toContain('paid')
})

it('waits for the reason that holds once the order goes on', () => {
  const { shop, owner, order } = givenBankShop()
  cancel(shop, owner, order)
  const [less, more] = [pay(shop, order, { amountMinor: 100 }), pay(shop, order, { amountMinor: TOTAL + 5 })]
  const undone = undo(shop, owner, order)
  expect(undone).toMatchObject({ payment: 'paid', needs_review: 'Money waits for a decision' })
  expect(entryOf(shop, less)).toMatchObject({ state: 'open', trouble: 'too_little' })
  expect(entryOf(shop, more)).toMatchObject({ state: 'applied', trouble: 'too_much' })
})

it('gives time to pay when it takes a payment back', () => {
  const { shop, owner, order } = givenBankShop()
  shop.clock.advance(48 * HOUR_MS - 1_000)
  step(shop, owner, order, 'mark_paid')
  shop.clock.advance(2_000)
  undo(shop, owner, order)
  expect(expireOrders(shop)).toBe(0)
  shop.clock.advance(47 * HOUR_MS)
  expect(expireOrders(shop)).toBe(0)
  shop.clock.advance(HOUR_MS)
  expect(expireOrders(shop)).toBe(1)
})

it('asks again for what was looked at while the order was cancelled', () => {
  const { shop, owner, order } = givenOrderNotAskedFor()
  const states = () => listPaymentRequests(shop.db, order.id).map((row) => [row.state, row.check_at !== null])
  cancel(shop, owner, order)
  expect(states()).toEqual([['over', true]])
  // The worker finds it over before it was made.
  const [request] = listPaymentRequests(shop.db, order.id)
  shop.clock.advance(1_000)
  shop.db.write((tx) => changePaymentRequest(tx, existing(request), { checkAt: null, now: shop.clock.now() }))
  undo(shop, owner, order)
  expect(states()).toEqual([
    ['over', false],
    ['wanted', true],
  ])
})

it('goes on with what was asked for, where nobody touched it meanwhile', () => {
  const bank = givenBank()
  const shop = givenShop({}, { online: [bank] })
  shop.db.write((tx) => savePaymentMethod(tx, { kind: 'btcpay', instructions: '', active: 1 }))
  const owner = givenStaff(shop)
  const order = givenOrder(shop, { payment: 'btcpay' })
  cancel(shop, owner, order)
  shop.clock.advance(1_000)
  undo(shop, owner, order)
  expect(listPaymentRequests(shop.db, order.id).map((row) => row.state)).toEqual(['open'])
})

it('asks for nothing more once it is marked as paid, and for the same again when that is undone', () => {
  const { shop, owner, order } = givenOrderNotAskedFor()
  const states = () => listPaymentRequests(shop.db, order.id).map((row) => row.state)
  step(shop, owner, order, 'mark_paid')
  expect(states()).toEqual(['over'])
  shop.clock.advance(1_000)
  undo(shop, owner, order)
  expect(states()).toEqual(['wanted'])
})
