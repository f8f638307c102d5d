import { expect, it } from 'vitest'
import { entryOf, givenBankShop, orderNow, pay, TOTAL } from '../../../tests/given-money.ts'
import { MONEY_WAITS } from './announce-money-matter.ts'
import { voidPayment } from './void-payment.ts'

it('a payment entered by mistake takes the surplus with it that there was because of it', () => {
  const { shop, owner, order } = givenBankShop()
  const mistake = pay(shop, order, { provider: 'transfer', amountMinor: 1000 })
  const real = pay(shop, order, { provider: 'transfer' })
  expect(entryOf(shop, real).trouble).toBe('too_much')
  expect(orderNow(shop, order).needs_review).toBe(MONEY_WAITS)
  const reason = 'Of another customer'
  shop.write((work) => voidPayment(work, { entryId: mistake, reason, actor: owner }))
  expect(entryOf(shop, real)).toMatchObject({ state: 'applied', trouble: null })
  expect(orderNow(shop, order)).toMatchObject({
    payment: 'paid',
    charged_minor: TOTAL,
    needs_review: null,
  })
})
