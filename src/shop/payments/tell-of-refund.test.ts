import { expect, it } from 'vitest'
import { givenBankShop, orderNow, pay, refundsOf, TOTAL } from '../../../tests/given-money.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { moveDueRefunds } from './move-refunds.ts'
import { refundOrder } from './refund-order.ts'

function given() {
  const all = givenBankShop()
  const { shop, owner, order } = all
  const refund = (amountMinor: number) => {
    const { version } = orderNow(shop, order)
    shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor, actor: owner }))
  }
  const told = (kind: string) => listNoticesOfOrder(shop.db, order.id).filter((one) => one.kind === kind)
  return { ...all, refund, told }
}

it('a refund that is done at once is told once', async () => {
  const { shop, order, refund, told } = given()
  pay(shop, order)
  refund(TOTAL)
  expect(told('refund_started')).toMatchObject([{ state: 'waiting', due_at: shop.clock.now() + 15_000 }])
  await moveDueRefunds(shop)
  expect(told('refund_started')).toMatchObject([{ state: 'dropped' }])
  expect(told('refund_done')).toHaveLength(1)
})

it('a refund that somebody has to pay by hand is told when it begins', () => {
  const { shop, order, refund, told } = given()
  pay(shop, order, { provider: 'transfer' })
  refund(TOTAL)
  expect(told('refund_started')).toMatchObject([{ state: 'waiting', due_at: shop.clock.now() }])
})

it('the news that several refunds begin waits for the last of them', async () => {
  const { shop, bank, order, refund, told } = given()
  pay(shop, order, { provider: 'transfer', amountMinor: 1000 })
  pay(shop, order, { amountMinor: TOTAL - 1000 })
  refund(TOTAL)
  expect(refundsOf(shop, order)).toHaveLength(2)
  await moveDueRefunds(shop)
  expect(bank.asked).toHaveLength(1)
  expect(told('refund_started')).toMatchObject([{ state: 'waiting' }])
})
