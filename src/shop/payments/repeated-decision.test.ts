import { expect, it } from 'vitest'
import { entryOf, givenBankShop, orderNow, pay, refundsOf } from '../../../tests/given-money.ts'
import { callOffRefund } from './call-off-refund.ts'
import { refundOrder } from './refund-order.ts'
import { settleMatter } from './settle-matter.ts'

it('a decision made twice with one key is one, and the key decides about no other money', () => {
  const { shop, owner: actor, order } = givenBankShop()
  pay(shop, order)
  const [first, second] = [pay(shop, order), pay(shop, order)]
  const keep = (entryId: number) =>
    shop.write((work) => settleMatter(work, { entryId, decision: 'keep', actor, requestKey: 'key' }))
  keep(first)
  keep(first)
  expect(() => keep(second)).toThrow('used for something else')
  expect([first, second].map((id) => entryOf(shop, id).state)).toEqual(['kept', 'open'])
})

it('a refund is called off once with one key, and the key calls no other off', () => {
  const { shop, owner: actor, order } = givenBankShop()
  pay(shop, order)
  for (const amountMinor of [500, 600]) {
    const { version } = orderNow(shop, order)
    shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor, actor }))
  }
  const [first = 0, second = 0] = refundsOf(shop, order).map(({ id }) => id)
  const callOff = (entryId: number) =>
    shop.write((work) => callOffRefund(work, { entryId, actor, requestKey: 'key' }))
  callOff(first)
  callOff(first)
  expect(() => callOff(second)).toThrow('used for something else')
  expect(entryOf(shop, second).state).toBe('wanted')
})
