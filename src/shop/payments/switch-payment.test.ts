import { describe, expect, it } from 'vitest'
import { existing, givenOrder, givenPerson, givenShop, givenStaff } from '../../../tests/given.ts'
import { savePaymentMethod } from '../../db/checkout.ts'
import { findEscalation } from '../../db/escalations.ts'
import { findOrder, setPaymentMethod } from '../../db/orders.ts'
import { addProof } from '../../db/payment-proofs.ts'
import { changePaymentRequest, listPaymentRequests } from '../../db/payment-requests.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import { sql } from '../../db/statement.ts'
import { expireOrders } from '../orders/expire-orders.ts'
import { askAgain } from './ask-again.ts'
import { listOrdersForReceipt, takesReceipt } from './awaits-receipt.ts'
import { failRequest } from './fail-request.ts'
import type { PaymentProvider } from './provider.ts'
import { rejectProof } from './reject-proof.ts'
import { switchPayment, waysToSwitch } from './switch-payment.ts'

const HOUR = 3_600_000
const CARD: PaymentProvider = {
  kind: 'telegram',
  ledger: 'telegram',
  windowMs: HOUR,
  online: { kind: 'telegram', quote: (_db, amountMinor, currency) => ({ amountMinor, currency }) },
}

function givenUnpaid() {
  const shop = givenShop({}, { online: [CARD] })
  shop.db.write((tx) => savePaymentMethod(tx, { kind: 'telegram', instructions: '', active: 1 }))
  const person = givenPerson(shop)
  const { id } = givenOrder(shop, { person, payment: 'telegram' })
  const actor = { kind: 'customer', id: person.id, name: 'Ana', source: 'chat' } as const
  const order = () => existing(findOrder(shop.db, id))
  const switchTo = (kind: PaymentMethod) =>
    shop.write((work) => switchPayment(work, { orderId: id, kind, actor }))
  const requests = () => listPaymentRequests(shop.db, id).map((request) => request.state)
  return { shop, id, actor, order, switchTo, requests }
}

describe('another way to pay', () => {
  it('is any that is offered, and a second tap changes nothing', () => {
    const { shop, id, order, switchTo, requests } = givenUnpaid()
    expect(waysToSwitch(shop, order())).toEqual(['cash_on_delivery', 'bank_transfer'])
    switchTo('bank_transfer')
    switchTo('bank_transfer')
    expect(order()).toMatchObject({ payment_method: 'bank_transfer', payment: 'pending', stage: 'unpaid' })
    expect(requests()).toEqual(['over'])
    const changes = sql.selectFrom('events').select('order_id').where('type', '=', 'payment_method_changed')
    expect(shop.db.all(changes)).toEqual([{ order_id: id }])
  })

  it('on delivery, the order goes on at once', () => {
    const { order, switchTo, requests } = givenUnpaid()
    switchTo('cash_on_delivery')
    expect(order()).toMatchObject({ payment: 'due_on_delivery', stage: 'placed' })
    expect(requests()).toEqual(['over'])
    expect(() => switchTo('telegram')).toThrow('cannot be paid this way any more')
  })

  it('on delivery, staff hear at once that the order can be accepted', () => {
    const { shop, id, switchTo } = givenUnpaid()
    givenStaff(shop)
    const told = () =>
      listNoticesOfOrder(shop.db, id).filter(({ kind }) => kind === 'staff_payment_received').length
    switchTo('bank_transfer')
    expect(told()).toBe(0)
    switchTo('cash_on_delivery')
    expect(told()).toBe(1)
    const minute = 60_000
    expect(findEscalation(shop.db, id)?.due_at).toBe(shop.clock.now() + 2 * minute)
  })

  it('gives the time of that way, counted from the order, and the price in an invoice holds an hour', () => {
    const { shop, order, switchTo, actor, id, requests } = givenUnpaid()
    switchTo('bank_transfer')
    shop.clock.advance(10 * HOUR)
    expect(expireOrders(shop)).toBe(0)
    switchTo('telegram')
    expect(order().expires_at).toBe(order().placed_at + 48 * HOUR)
    expect(listPaymentRequests(shop.db, id).at(-1)?.expires_at).toBe(shop.clock.now() + HOUR)
    shop.clock.advance(2 * HOUR)
    shop.write((work) => askAgain(work, { orderId: id, actor }))
    expect(requests()).toEqual(['over', 'over', 'open'])
    shop.clock.advance(36 * HOUR)
    expect(waysToSwitch(shop, order())).toEqual([])
    expect(expireOrders(shop)).toBe(1)
  })

  it('is not offered while money is on its way', () => {
    const { shop, id, order, switchTo } = givenUnpaid()
    const request = existing(listPaymentRequests(shop.db, id)[0])
    shop.db.write((tx) => changePaymentRequest(tx, request, { state: 'seen', now: 0 }))
    expect(waysToSwitch(shop, order())).toEqual([])
    expect(() => switchTo('bank_transfer')).toThrow('cannot be paid this way any more')
  })

  it('is not offered while a receipt is looked at', () => {
    const { shop, id, order, switchTo } = givenUnpaid()
    switchTo('bank_transfer')
    const proof = { orderId: id, file: 'x.pdf', kind: 'pdf', uniqueId: 'A', words: null } as const
    const proofId = shop.db.write((tx) => addProof(tx, { ...proof, now: shop.clock.now() }))
    expect(waysToSwitch(shop, order())).toEqual([])
    expect(() => switchTo('telegram')).toThrow('cannot be paid this way any more')
    const olga = givenStaff(shop)
    shop.write((work) => rejectProof(work, { orderId: id, proofId, reason: 'Unreadable', actor: olga }))
    expect(waysToSwitch(shop, order())).toContain('telegram')
  })

  it('is not spoilt by what was asked for before and fails only now', () => {
    const { shop, id, order, switchTo } = givenUnpaid()
    switchTo('bank_transfer')
    const [over] = listPaymentRequests(shop.db, id)
    shop.write((work) => failRequest(work, existing(over), 'It is invalid.'))
    expect(listPaymentRequests(shop.db, id)[0]).toMatchObject({
      state: 'failed',
      last_error: 'It is invalid.',
    })
    expect(order()).toMatchObject({ payment: 'pending', stage: 'unpaid' })
    expect(takesReceipt(order(), shop.clock.now())).toBe(true)
  })

  it('still takes the receipt of a transfer for an order whose payment failed', () => {
    const { shop, id, order } = givenUnpaid()
    shop.write((work) => failRequest(work, existing(listPaymentRequests(shop.db, id)[0]), 'Refused.'))
    expect(order().payment).toBe('failed')
    shop.db.write((tx) =>
      setPaymentMethod(tx, { id, method: 'bank_transfer', expiresAt: existing(order().expires_at) }),
    )
    expect(takesReceipt(order(), shop.clock.now())).toBe(true)
    expect(listOrdersForReceipt(shop.db, order().person_id, shop.clock.now())).toHaveLength(1)
  })

  it('is the customer’s own matter', () => {
    const { shop, id } = givenUnpaid()
    const stranger = givenPerson(shop, 'Bo')
    const actor = { kind: 'customer', id: stranger.id, name: 'Bo', source: 'chat' } as const
    const command = { orderId: id, kind: 'bank_transfer', actor } as const
    expect(() => shop.write((work) => switchPayment(work, command))).toThrow('There is no order')
    expect(() => shop.write((work) => askAgain(work, command))).toThrow('There is no order')
  })
})
