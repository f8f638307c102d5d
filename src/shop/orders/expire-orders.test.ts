import { expect, it } from 'vitest'
import type { TestShop } from '../../../tests/given.ts'
import { existing, givenOrder, givenShop, givenStaff } from '../../../tests/given.ts'
import { givenBankShop, orderNow, pay } from '../../../tests/given-money.ts'
import { newestEventOfType } from '../../db/events.ts'
import { findOrder } from '../../db/orders.ts'
import { addProof } from '../../db/payment-proofs.ts'
import { addPaymentRequest, changePaymentRequest, findPaymentRequest } from '../../db/payment-requests.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { noteGivenBack } from '../payments/note-given-back.ts'
import { recordPayment } from '../payments/record-payment.ts'
import { rejectProof } from '../payments/reject-proof.ts'
import { settleMatter } from '../payments/settle-matter.ts'
import { expireOrders } from './expire-orders.ts'

const DAY_MS = 24 * 3_600_000

function stateOf(shop: TestShop, id: number) {
  const { fulfilment, needs_review } = existing(findOrder(shop.db, id))
  return { fulfilment, needs_review }
}

it('leaves an order that is paid in part to a person, and says so once', () => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  shop.write((work) =>
    recordPayment(work, { orderId: order.id, version: order.version, amountMinor: 1000, actor: olga }),
  )
  expect(expireOrders(shop)).toBe(0)
  shop.clock.advance(3 * DAY_MS)
  expect(expireOrders(shop)).toBe(1)
  expect(expireOrders(shop)).toBe(0)
  expect(stateOf(shop, order.id)).toEqual({
    fulfilment: 'placed',
    needs_review: 'The time to pay is over; €10.00 of €29.90 is here',
  })
  const told = listNoticesOfOrder(shop.db, order.id).filter((row) => row.kind === 'staff_payment_failed')
  expect(told).toHaveLength(1)
})

it('waits for the decision about money that does not fit', () => {
  const { shop, owner, order } = givenBankShop()
  const entryId = pay(shop, order, { amountMinor: 2000 })
  shop.clock.advance(3 * DAY_MS)
  expect(expireOrders(shop)).toBe(1)
  expect(expireOrders(shop)).toBe(0)
  expect(stateOf(shop, order.id)).toEqual({
    fulfilment: 'placed',
    needs_review: 'Money waits for a decision',
  })
  expect(newestEventOfType(shop.db, { orderId: order.id, type: 'payment_overdue' })).toBeDefined()
  shop.write((work) => settleMatter(work, { entryId, decision: 'keep', actor: owner }))
  expect(expireOrders(shop)).toBe(1)
  expect(stateOf(shop, order.id).fulfilment).toBe('cancelled')
})

it('ends an order whose part has gone back', () => {
  const { shop, owner, order } = givenBankShop()
  const entryId = pay(shop, order, { provider: 'stars', reference: 'st', amountMinor: 500 })
  shop.write((work) => settleMatter(work, { entryId, decision: 'apply', actor: owner }))
  expect(orderNow(shop, order).charged_minor).toBe(500)
  const back = { currency: 'XTR', total_amount: 500, telegram_payment_charge_id: 'st' }
  shop.write((work) => noteGivenBack(work, back, shop.clock.now()))
  expect(orderNow(shop, order)).toMatchObject({ payment: 'pending', stage: 'unpaid' })
  shop.clock.advance(3 * DAY_MS)
  expect(expireOrders(shop)).toBe(1)
  expect(orderNow(shop, order)).toMatchObject({ fulfilment: 'cancelled', payment: 'refunded' })
})

it('waits for the decision about a receipt, and gives the usual time after a refusal', () => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  const proof = { orderId: order.id, file: 'x.pdf', kind: 'pdf', uniqueId: 'A', words: null } as const
  const proofId = shop.db.write((tx) => addProof(tx, { ...proof, now: shop.clock.now() }))
  shop.clock.advance(3 * DAY_MS)
  expireOrders(shop)
  expect(stateOf(shop, order.id)).toEqual({
    fulfilment: 'placed',
    needs_review: 'The time to pay is over; money is on its way',
  })
  shop.write((work) => rejectProof(work, { orderId: order.id, proofId, reason: 'Unreadable', actor: olga }))
  shop.clock.advance(DAY_MS)
  expireOrders(shop)
  expect(stateOf(shop, order.id).fulfilment).toBe('placed')
  shop.clock.advance(DAY_MS)
  expireOrders(shop)
  expect(stateOf(shop, order.id).fulfilment).toBe('cancelled')
})

it('waits for money that its provider has seen', () => {
  const shop = givenShop()
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  const now = shop.clock.now()
  shop.db.write((tx) => {
    const amounts = { amountMinor: 2990, currency: 'EUR', orderMinor: 2990 }
    const row = { orderId: order.id, provider: 'btcpay', reference: 'x', ...amounts } as const
    const id = addPaymentRequest(tx, { ...row, state: 'open', expiresAt: now, checkAt: null, now })
    changePaymentRequest(tx, existing(findPaymentRequest(tx, id)), { state: 'seen', now })
  })
  shop.clock.advance(3 * DAY_MS)
  expireOrders(shop)
  expect(stateOf(shop, order.id).fulfilment).toBe('placed')
  expect(newestEventOfType(shop.db, { orderId: order.id, type: 'payment_overdue' })).toBeDefined()
})
