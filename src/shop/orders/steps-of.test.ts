import { expect, it } from 'vitest'
import { step } from '../../../tests/given.ts'
import { givenBankShop, orderNow, pay, refundsOf, TOTAL } from '../../../tests/given-money.ts'
import { callOffRefund } from '../payments/call-off-refund.ts'
import { refundOrder } from '../payments/refund-order.ts'
import type { StepName } from './machine.ts'
import { stepsOf } from './steps-of.ts'

/** A paid order that is in a packer's hands, and a part of its money on the way back by hand. */
function givenRefund(amountMinor: number, ...steps: StepName[]) {
  const { shop, owner, packer, order } = givenBankShop()
  pay(shop, order, { provider: 'transfer' })
  step(shop, packer, orderNow(shop, order), ...steps)
  const { id: orderId, version } = orderNow(shop, order)
  shop.write((work) => refundOrder(work, { orderId, version, amountMinor, actor: owner }))
  const offered = () => stepsOf(shop.db, orderNow(shop, order), { kind: 'staff', role: 'packer' })
  const take = (name: StepName) => step(shop, packer, orderNow(shop, order), name)
  return { shop, owner, order, offered, take }
}

const WORK: StepName[] = ['accept', 'pack', 'dispatch']

it.each([0, 1, 2])('nobody works on an order whose money is all on its way back, %i steps on', (done) => {
  const { shop, owner, order, offered, take } = givenRefund(TOTAL, ...WORK.slice(0, done))
  const next = WORK[done] ?? 'accept'
  expect(orderNow(shop, order).payment).toBe('paid')
  expect(offered()).toEqual([])
  expect(() => take(next)).toThrow('All the money of order #1001 is on its way back.')
  for (const refund of refundsOf(shop, order))
    shop.write((work) => callOffRefund(work, { entryId: refund.id, actor: owner }))
  expect(offered()).toEqual([next])
  take(next)
})

it('goes on while some of the money stays, or the goods have left', () => {
  expect(givenRefund(TOTAL - 1).offered()).toEqual(['accept'])
  expect(givenRefund(TOTAL, ...WORK).offered()).toEqual(['deliver'])
})

it('late money that waits for a decision is not asked for again', () => {
  const { shop, owner, order } = givenBankShop()
  step(shop, owner, order, 'cancel')
  const offered = () => stepsOf(shop.db, orderNow(shop, order), { kind: 'staff', role: 'owner' })
  expect(offered()).toContain('mark_paid')
  pay(shop, order, { provider: 'transfer' })
  expect(offered()).not.toContain('mark_paid')
})
