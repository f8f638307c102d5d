import { expect, it } from 'vitest'
import { entryOf, givenBankShop, orderNow, pay, refundsOf, TOTAL } from '../../../tests/given-money.ts'
import { confirmRefund } from './confirm-refund.ts'
import { paymentWord } from './payment-word.ts'
import { refundOrder } from './refund-order.ts'
import { settleMatter } from './settle-matter.ts'

it('an order of which only the surplus went back is paid; what goes back of its price is refunded', () => {
  const { shop, owner, order } = givenBankShop()
  const word = () => paymentWord(shop.db, orderNow(shop, order))
  const confirm = () => {
    for (const { id, state } of refundsOf(shop, order))
      if (state === 'by_hand') shop.write((work) => confirmRefund(work, { entryId: id, actor: owner }))
  }
  const entryId = pay(shop, order, { provider: 'transfer', amountMinor: TOTAL + 500 })
  expect(entryOf(shop, entryId).trouble).toBe('too_much')
  shop.write((work) => settleMatter(work, { entryId, decision: 'refund', actor: owner }))
  confirm()
  expect(orderNow(shop, order)).toMatchObject({ payment: 'partly_refunded', refunded_minor: 500 })
  expect(word()).toBe('payment-paid')
  const { version } = orderNow(shop, order)
  shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor: 100, actor: owner }))
  confirm()
  expect(word()).toBe('payment-partly_refunded')
})
