import { expect, it } from 'vitest'
import { step } from '../../../tests/given.ts'
import { givenBankShop, orderNow, pay, refundsOf, TOTAL } from '../../../tests/given-money.ts'
import { confirmRefund } from './confirm-refund.ts'
import { noteGivenBack } from './note-given-back.ts'
import { recordPayment } from './record-payment.ts'
import { refundOrder } from './refund-order.ts'
import { settleMatter } from './settle-matter.ts'
import { voidPayment } from './void-payment.ts'

const back = (total_amount: number) => ({ currency: 'XTR', total_amount, telegram_payment_charge_id: 'st' })

it('marks an order whose goods are still here', () => {
  const { shop, owner, order } = givenBankShop()
  pay(shop, order, { provider: 'stars', reference: 'st' })
  step(shop, owner, orderNow(shop, order), 'accept', 'pack')
  shop.write((work) => noteGivenBack(work, back(TOTAL), 1))
  expect(orderNow(shop, order)).toMatchObject({
    payment: 'refunded',
    needs_review: 'Its money was given back outside the shop',
  })
})

it('is owed again while the order waits for its rest', () => {
  const { shop, owner, order } = givenBankShop()
  pay(shop, order, { provider: 'transfer', amountMinor: 2000 })
  const entryId = pay(shop, order, { provider: 'stars', reference: 'st', amountMinor: 500 })
  shop.write((work) => settleMatter(work, { entryId, decision: 'apply', actor: owner }))
  shop.write((work) => noteGivenBack(work, back(500), 1))
  const record = (amountMinor: number) => {
    const { id: orderId, version } = orderNow(shop, order)
    shop.write((work) => recordPayment(work, { orderId, version, amountMinor, actor: owner }))
  }
  record(TOTAL - 2500)
  expect(orderNow(shop, order)).toMatchObject({ payment: 'pending', stage: 'unpaid' })
  record(500)
  expect(orderNow(shop, order)).toMatchObject({ payment: 'partly_refunded', stage: 'placed' })
  expect(step(shop, owner, orderNow(shop, order), 'accept').fulfilment).toBe('accepted')
})

it('leaves an order unpaid of whose transfers one went back and the other was a mistake', () => {
  const { shop, owner, order } = givenBankShop()
  pay(shop, order, { provider: 'transfer', amountMinor: 1000 })
  const entryId = pay(shop, order, { provider: 'transfer', amountMinor: TOTAL - 1000 })
  const { id: orderId, version } = orderNow(shop, order)
  shop.write((work) => refundOrder(work, { orderId, version, amountMinor: 1000, actor: owner }))
  for (const refund of refundsOf(shop, order))
    shop.write((work) => confirmRefund(work, { entryId: refund.id, actor: owner }))
  shop.write((work) => voidPayment(work, { entryId, reason: 'It was for another order.', actor: owner }))
  expect(orderNow(shop, order)).toMatchObject({ payment: 'pending', stage: 'unpaid' })
})
