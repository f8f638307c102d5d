import { expect, it } from 'vitest'
import { existing } from '../../../../tests/given.ts'
import { givenBankShop, orderNow, pay, refundsOf, TOTAL } from '../../../../tests/given-money.ts'
import { localDay } from '../../../lib/local-day.ts'
import { confirmRefund } from '../confirm-refund.ts'
import { refundOrder } from '../refund-order.ts'
import { readBooks } from './read-books.ts'

it('counts a refund on the day on which the money left, not on which it began', async () => {
  const { shop, owner, order } = givenBankShop()
  const paidOn = shop.clock.now()
  pay(shop, order, { provider: 'transfer', at: paidOn })
  const { version } = orderNow(shop, order)
  shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor: 1000, actor: owner }))
  shop.clock.advance(5 * 86_400_000)
  const backOn = shop.clock.now()
  const { id: entryId } = existing(refundsOf(shop, order)[0])
  shop.write((work) => confirmRefund(work, { entryId, actor: owner }))
  const { days } = await readBooks(shop)
  const [dayPaid, dayBack] = [paidOn, backOn].map((at) => localDay(shop.settings.timezone, at))
  expect(days).toEqual([
    expect.objectContaining({ day: dayBack, chargedMinor: 0, refundedMinor: 1000, refunds: 1 }),
    expect.objectContaining({ day: dayPaid, chargedMinor: TOTAL, refundedMinor: 0, charges: 1 }),
  ])
})
