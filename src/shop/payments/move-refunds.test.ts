import { describe, expect, it } from 'vitest'
import { existing } from '../../../tests/given.ts'
import {
  entryOf,
  eventsOf,
  givenBankShop,
  orderNow,
  pay,
  refundsOf,
  TOTAL,
} from '../../../tests/given-money.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { recountShop } from '../../db/seed-check.ts'
import { MONEY_WAITS } from './announce-money-matter.ts'
import { callOffRefund } from './call-off-refund.ts'
import { confirmRefund } from './confirm-refund.ts'
import { moveDueRefunds } from './move-refunds.ts'
import { refundOrder } from './refund-order.ts'
import { refundByHand, retryRefund } from './retry-refund.ts'

/** A paid order with a refund that its bank is to be asked for. */
function givenRefund(amountMinor = TOTAL) {
  const given = givenBankShop()
  const { shop, owner, order } = given
  pay(shop, order)
  const { version } = orderNow(shop, order)
  shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor, actor: owner }))
  const entryId = existing(refundsOf(shop, order)[0]).id
  const command = { entryId, actor: owner }
  return { ...given, entryId, command, refund: () => entryOf(shop, entryId) }
}

describe('asking a provider for a refund', () => {
  it('is tried again until it answers, with pauses', async () => {
    const { shop, bank, refund } = givenRefund()
    bank.answers = [new Error('no route'), new Error('no route')]
    const heard: unknown[] = []
    await moveDueRefunds(shop, (error) => heard.push(error))
    expect(await moveDueRefunds(shop)).toBe(0)
    shop.clock.advance(60_000)
    await moveDueRefunds(shop)
    shop.clock.advance(60_000)
    await moveDueRefunds(shop)
    expect(heard).toHaveLength(1)
    expect(refund()).toMatchObject({ state: 'done', attempts: 3, check_at: null })
    expect(bank.paidOut.size).toBe(1)
  })

  it('is left to a person when it never answers', async () => {
    const { shop, bank, refund, order, command } = givenRefund()
    bank.answers = Array.from({ length: 40 }, () => new Error('no route'))
    for (let i = 0; i < 40; i++) {
      await moveDueRefunds(shop)
      shop.clock.advance(900_000)
    }
    expect(refund()).toMatchObject({ state: 'failed', trouble: expect.stringContaining('did not answer') })
    expect(orderNow(shop, order).needs_review).toBe(MONEY_WAITS)
    bank.answers = []
    shop.write((work) => retryRefund(work, command))
    await moveDueRefunds(shop)
    expect(refund().state).toBe('done')
    expect(orderNow(shop, order)).toMatchObject({ payment: 'refunded', needs_review: null })
  })

  it('that is refused, is told to the owner, and goes on as they say: again, or by hand', async () => {
    const { shop, bank, refund, order, command, packer } = givenRefund()
    bank.answers = [{ kind: 'refused', reason: 'Balance too low', raw: '{}' }]
    await moveDueRefunds(shop)
    expect(refund()).toMatchObject({ state: 'failed', trouble: 'Balance too low' })
    expect(orderNow(shop, order)).toMatchObject({ refunded_minor: 0, needs_review: MONEY_WAITS })
    expect(eventsOf(shop, order)).toContain('refund_failed')
    const kinds = listNoticesOfOrder(shop.db, order.id).map((notice) => notice.kind)
    expect(kinds).toContain('staff_money_matter')
    expect(kinds).not.toContain('payment_in_review')
    expect(() => shop.write((work) => retryRefund(work, { ...command, actor: packer }))).toThrow(
      'Only owners',
    )
    shop.write((work) => refundByHand(work, command))
    expect(orderNow(shop, order).needs_review).toBeNull()
    expect(() => shop.write((work) => retryRefund(work, command))).toThrow('pay it by hand')
    shop.write((work) => confirmRefund(work, command))
    expect(orderNow(shop, order).payment).toBe('refunded')
    expect(bank.paidOut.size).toBe(0)
    expect(recountShop(shop.db)).toEqual([])
  })

  it('that failed is not tried again once the money went back another way', async () => {
    const { shop, bank, order, command, owner } = givenRefund()
    bank.answers = [{ kind: 'refused', reason: 'Balance too low', raw: '{}' }]
    await moveDueRefunds(shop)
    const { version } = orderNow(shop, order)
    shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor: TOTAL, actor: owner }))
    expect(() => shop.write((work) => retryRefund(work, command))).toThrow('another way meanwhile')
    expect(() => shop.write((work) => refundByHand(work, command))).toThrow('another way meanwhile')
    shop.write((work) => callOffRefund(work, command))
    expect(orderNow(shop, order).needs_review).toBeNull()
  })

  it('repeats the question after a crash in between, not the payment', async () => {
    const { shop, bank, refund, entryId } = givenRefund()
    const broken = { ...shop, write: shop.write }
    let writes = 0
    broken.write = (fn) => {
      writes += 1
      if (writes > 1) throw new Error('the process died')
      return shop.write(fn)
    }
    await expect(moveDueRefunds(broken)).rejects.toThrow('died')
    expect(refund()).toMatchObject({ state: 'wanted', attempts: 1 })
    expect(await moveDueRefunds(shop)).toBe(0)
    shop.clock.advance(120_000)
    await moveDueRefunds(shop)
    expect(bank.asked).toEqual([entryId, entryId])
    expect(refund().state).toBe('done')
    expect(bank.paidOut.size).toBe(1)
  })

  it('asks once when two ask at a time, and lets nobody touch it meanwhile', async () => {
    const { shop, bank, command, refund } = givenRefund()
    const both = [moveDueRefunds(shop), moveDueRefunds(shop)]
    expect(() => shop.write((work) => refundByHand(work, command))).toThrow('has been asked')
    expect(() => shop.write((work) => callOffRefund(work, command))).toThrow('has been asked')
    await Promise.all(both)
    expect(bank.asked).toHaveLength(1)
    expect(refund().state).toBe('done')
  })

  it('gives the customer a link once where they have to claim it, and looks until they have', async () => {
    const { shop, bank, refund, order, command } = givenRefund()
    const checkAt = shop.clock.now() + 60_000
    const offered = {
      kind: 'offered',
      reference: 'pull-1',
      link: 'https://pay/1',
      checkAt,
      raw: '{}',
    } as const
    bank.answers = [offered, { ...offered, checkAt: checkAt + 60_000 }]
    await moveDueRefunds(shop)
    expect(refund()).toMatchObject({ state: 'offered', reference: 'pull-1', link: 'https://pay/1' })
    expect(() => shop.write((work) => callOffRefund(work, command))).toThrow('claim this refund already')
    shop.clock.advance(60_000)
    await moveDueRefunds(shop)
    expect(orderNow(shop, order).payment).toBe('paid')
    shop.clock.advance(60_000)
    await moveDueRefunds(shop)
    expect(orderNow(shop, order).payment).toBe('refunded')
    const offers = listNoticesOfOrder(shop.db, order.id).filter((one) => one.kind === 'refund_offered')
    expect(offers).toHaveLength(1)
  })

  it('becomes a task by hand when the provider is not set up any more', async () => {
    const { shop, refund } = givenRefund()
    const without = { ...shop, write: shop.write }
    without.write = (fn) => shop.write((work) => fn({ ...work, providers: new Map() }))
    await moveDueRefunds(without)
    expect(refund()).toMatchObject({ state: 'by_hand', check_at: null })
  })
})
