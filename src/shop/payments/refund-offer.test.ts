import { describe, expect, it } from 'vitest'
import { existing } from '../../../tests/given.ts'
import {
  charge,
  entryOf,
  givenBankShop,
  orderNow,
  pay,
  refundsOf,
  TOTAL,
} from '../../../tests/given-money.ts'
import { listDifferences } from '../../db/books.ts'
import { listEventsAfter } from '../../db/events.ts'
import { listMoneyMatters, listRefundsOfCharge } from '../../db/ledger.ts'
import { recountShop } from '../../db/seed-check.ts'
import { askForCheck, checkBooks } from './books/check-books.ts'
import { refundActions } from './change-refund.ts'
import { confirmRefund } from './confirm-refund.ts'
import { moveDueRefunds } from './move-refunds.ts'
import { refundOrder } from './refund-order.ts'
import { refundByHand } from './retry-refund.ts'
import { settleMatter } from './settle-matter.ts'
import { takeCharge } from './store-charge.ts'

const DAY_MS = 86_400_000

const offer = (at: number, reference = 'pull-1') =>
  ({ kind: 'offered', reference, link: 'https://pay/1', checkAt: at + 60_000, raw: '{}' }) as const

/** A refund that its provider offers to the customer. */
async function givenOffer() {
  const all = givenBankShop()
  const { shop, bank, owner, order } = all
  pay(shop, order)
  const { version } = orderNow(shop, order)
  shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor: TOTAL, actor: owner }))
  bank.answers = [offer(shop.clock.now())]
  await moveDueRefunds(shop)
  const { id } = existing(refundsOf(shop, order)[0])
  return { ...all, id, refund: () => entryOf(shop, id), command: { entryId: id, actor: owner } }
}

/** The same shop without its ways to pay online. */
function withoutProviders(shop: Awaited<ReturnType<typeof givenOffer>>['shop']) {
  const bare = { ...shop, providers: new Map(), write: shop.write }
  bare.write = (fn) => shop.write((work) => fn({ ...work, providers: new Map() }))
  return bare
}

const waiting = ({ db }: { db: Parameters<typeof listMoneyMatters>[0] }) =>
  listMoneyMatters(db, 10).map(({ id }) => id)

describe('an offered refund', () => {
  it('of money without an order waits for somebody to pass the link on, until it is claimed', async () => {
    const { shop, bank, owner } = givenBankShop()
    const entryId = takeCharge(shop, charge(null))
    shop.write((work) => settleMatter(work, { entryId, decision: 'refund', actor: owner }))
    const { id } = existing(listRefundsOfCharge(shop.db, entryId)[0])
    bank.answers = [offer(shop.clock.now()), offer(shop.clock.now())]
    await moveDueRefunds(shop)
    expect(waiting(shop)).toEqual([id])
    const passOn = () =>
      listEventsAfter(shop.db, 0, 100).filter(({ data }) => data.includes('refund_pass_on'))
    expect(passOn()).toHaveLength(1)
    shop.clock.advance(60_000)
    await moveDueRefunds(shop)
    expect([waiting(shop), passOn().length]).toEqual([[id], 1])
    shop.clock.advance(60_000)
    await moveDueRefunds(shop)
    expect([entryOf(shop, id).state, waiting(shop)]).toEqual(['done', []])
  })

  it('that nobody can ask about is given to a person, and watched again once the provider is back', async () => {
    const { shop, bank, id, refund } = await givenOffer()
    shop.clock.advance(60_000)
    await moveDueRefunds(withoutProviders(shop))
    expect(refund()).toMatchObject({ state: 'offered', trouble: expect.stringContaining('not set up') })
    expect(waiting(shop)).toEqual([id])
    expect(refundActions({ providers: new Map() }, refund())).toEqual(['confirm_refund', 'refund_by_hand'])
    expect(refundActions(shop, refund())).toEqual([])
    bank.answers = [offer(shop.clock.now() + DAY_MS)]
    shop.clock.advance(DAY_MS)
    await moveDueRefunds(shop)
    expect([refund().trouble, waiting(shop)]).toEqual([null, []])
    shop.clock.advance(DAY_MS)
    await moveDueRefunds(shop)
    expect(refund().state).toBe('done')
  })

  it('that nobody can ask about can be paid by hand', async () => {
    const { shop, order, refund, command } = await givenOffer()
    shop.clock.advance(60_000)
    const bare = withoutProviders(shop)
    await moveDueRefunds(bare)
    bare.write((work) => refundByHand(work, command))
    expect(refund()).toMatchObject({ state: 'by_hand', link: null, trouble: null })
    expect(refund().reference).toMatch(/^refund:/)
    bare.write((work) => confirmRefund(work, command))
    expect(orderNow(shop, order).payment).toBe('refunded')
  })

  it('that ends with a part of it claimed, leaves that part in the ledger and the rest to a person', async () => {
    const { shop, bank, order, refund } = await givenOffer()
    bank.answers = [
      { kind: 'refused', reason: 'Ended', raw: '{}', claimed: { amountMinor: 1000, reference: 'pull-1' } },
    ]
    shop.clock.advance(60_000)
    await moveDueRefunds(shop)
    expect(refund()).toMatchObject({ state: 'failed', trouble: 'Ended' })
    expect(refundsOf(shop, order)[1]).toMatchObject({
      state: 'done',
      amount_minor: 1000,
      order_minor: 1000,
      reference: 'pull-1',
    })
    expect(orderNow(shop, order)).toMatchObject({ refunded_minor: 1000, payment: 'partly_refunded' })
    expect(recountShop(shop.db)).toEqual([])
  })

  it('that nobody claims is found by the daily check after three days', async () => {
    const { shop, bank } = await givenOffer()
    const kinds = async () => {
      shop.write((work) => askForCheck(work))
      await checkBooks(shop)
      return listDifferences(shop.db, 10).map(({ kind }) => kind)
    }
    bank.answers = []
    expect(await kinds()).toEqual([])
    shop.clock.advance(3 * DAY_MS + 1)
    expect(await kinds()).toEqual(['refund_unclaimed'])
  })
})
