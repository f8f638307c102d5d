import { expect, it } from 'vitest'
import { entryOf, givenBankShop, orderNow, pay, refundsOf, TOTAL } from '../../tests/given-money.ts'
import { moveDueRefunds } from '../shop/payments/move-refunds.ts'
import { refundOrder } from '../shop/payments/refund-order.ts'
import { settleMatter } from '../shop/payments/settle-matter.ts'
import { entryView } from './money-views.ts'

it('names what a decision is about: the surplus alone, or all of a payment that never counted', () => {
  const { shop, order, owner } = givenBankShop()
  const first = pay(shop, order, { amountMinor: TOTAL + 700 })
  const second = pay(shop, order)
  const undecided = (id: number) => entryView(shop, entryOf(shop, id), 'owner').undecided
  expect(undecided(first)).toEqual({ amountMinor: 700, currency: 'EUR' })
  expect(undecided(second)).toEqual({ amountMinor: TOTAL, currency: 'EUR' })
  shop.write((work) => settleMatter(work, { entryId: first, decision: 'refund', actor: owner }))
  expect(undecided(first)).toBeNull()
  expect(refundsOf(shop, order)).toMatchObject([{ amount_minor: 700 }])
})

it('shows the link by which money is claimed to the desk alone', async () => {
  const { shop, bank, order, owner } = givenBankShop()
  pay(shop, order)
  const { version } = orderNow(shop, order)
  shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor: TOTAL, actor: owner }))
  const link = 'https://pay.example/claim'
  bank.answers = [
    { kind: 'offered', reference: 'pull-1', link, checkAt: shop.clock.now() + 60_000, raw: '{}' },
  ]
  await moveDueRefunds(shop)
  const [refund] = refundsOf(shop, order)
  const seenBy = (['owner', 'manager', 'packer'] as const).map(
    (role) => refund && entryView(shop, refund, role).link,
  )
  expect(seenBy).toEqual([link, link, null])
})
