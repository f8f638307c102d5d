import { Writable } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { existing, givenOrder, givenShop, givenStaff, type TestShop } from '../../../tests/given.ts'
import { orderNow, pay, refundsOf } from '../../../tests/given-money.ts'
import { suiteLog } from '../../../tests/suite-log.ts'
import { savePaymentMethod } from '../../db/checkout.ts'
import { listEntriesOfOrder } from '../../db/ledger.ts'
import { findOrder } from '../../db/orders.ts'
import {
  closePaymentRequests,
  listPaymentRequests,
  type PaymentRequestRow,
} from '../../db/payment-requests.ts'
import { sql } from '../../db/statement.ts'
import { createLog } from '../../lib/log.ts'
import type { Shop } from '../work.ts'
import { createPaymentWorker } from './payment-worker.ts'
import {
  type CreatedRequest,
  type LookedAt,
  type OnlineProviderParts,
  type PaymentProvider,
  requestKeyOf,
} from './provider.ts'
import { keepProviderMessage } from './read-provider-messages.ts'
import { refundOrder } from './refund-order.ts'

const HOUR_MS = 3_600_000
const MADE: CreatedRequest = { reference: 'inv', link: 'https://pay.example/inv', expiresAt: 0 }
const OPEN: LookedAt = { state: 'open', checkAt: 4e12, raw: '{}' }
const turn = () => new Promise(setImmediate)

function provider(kind: 'btcpay' | 'stars', online: Partial<OnlineProviderParts>): PaymentProvider {
  const quote = (_db: unknown, amountMinor: number, currency: string) => ({ amountMinor, currency })
  return { kind, ledger: kind, windowMs: HOUR_MS, online: { kind, quote, ...online } }
}

function given(...online: PaymentProvider[]) {
  const shop = givenShop({}, { online })
  shop.db.write((tx) => {
    for (const { kind } of online) savePaymentMethod(tx, { kind, instructions: '', active: 1 })
  })
  const lines: string[] = []
  const log = createLog(
    'warn',
    new Writable({ write: (line, _encoding, done) => done(void lines.push(String(line))) }),
  )
  const worker = createPaymentWorker({ shop, log, random: () => 0.5 })
  worker.start()
  onTestFinished(async () => {
    const stopped = worker.stop()
    shop.clock.advance(5_000)
    await stopped
  })
  return { shop, worker, lines }
}

function requestOf(shop: TestShop, orderId: number) {
  return existing(listPaymentRequests(shop.db, orderId)[0])
}

describe('the payment worker', () => {
  it('lets no slow provider hold up another', async () => {
    const slow = provider('stars', { create: () => new Promise(() => undefined) })
    const quick = provider('btcpay', { create: async () => MADE })
    const { shop } = given(slow, quick)
    for (let i = 0; i < 10; i += 1) givenOrder(shop, { payment: 'stars' })
    const order = givenOrder(shop, { payment: 'btcpay' })
    await turn()
    expect(requestOf(shop, order.id)).toMatchObject({ state: 'open', reference: 'inv', link: MADE.link })
  })

  it('lets no provider that does not answer hold up the refunds of another', async () => {
    const slow = provider('btcpay', { refund: () => new Promise(() => undefined) })
    const quick = provider('stars', { refund: async () => ({ kind: 'done', raw: '{}' }) })
    const { shop, worker } = given(slow, quick)
    const owner = givenStaff(shop, 'owner')
    for (const { ledger } of [slow, quick]) {
      const order = givenOrder(shop, { payment: 'bank_transfer' })
      pay(shop, order, { provider: ledger, amountMinor: order.total_minor })
      const { version } = orderNow(shop, order)
      const amountMinor = order.total_minor
      shop.write((work) => refundOrder(work, { orderId: order.id, version, amountMinor, actor: owner }))
      worker.nudge()
      await turn()
      expect(refundsOf(shop, order)).toMatchObject([{ state: ledger === 'stars' ? 'done' : 'wanted' }])
    }
  })

  it('does not wait for ever when it is stopped', async () => {
    const { shop, worker } = given(provider('btcpay', { create: () => new Promise(() => undefined) }))
    givenOrder(shop, { payment: 'btcpay' })
    let isStopped = false
    const stopped = worker.stop().then(() => {
      isStopped = true
    })
    shop.clock.advance(4_999)
    await turn()
    expect(isStopped).toBe(false)
    shop.clock.advance(1)
    await stopped
  })

  it('asks four things at once and no more', async () => {
    const ends: (() => void)[] = []
    let most = 0
    let now = 0
    let made = 0
    const create = () =>
      new Promise<CreatedRequest>((resolve) => {
        now += 1
        most = Math.max(most, now)
        ends.push(() => {
          now -= 1
          made += 1
          resolve({ ...MADE, reference: `inv${made}` })
        })
      })
    const { shop, worker } = given(provider('btcpay', { create, look: async () => OPEN }))
    const orders = Array.from({ length: 11 }, () => givenOrder(shop, { payment: 'btcpay' }))
    while (made < orders.length) {
      ends.shift()?.()
      await turn()
    }
    await worker.idle()
    expect(most).toBe(4)
    expect(orders.map(({ id }) => requestOf(shop, id).state)).toEqual(orders.map(() => 'open'))
  })

  it('tries again what could not be asked, longer each time, and logs it once', async () => {
    let asked = 0
    async function create(): Promise<CreatedRequest> {
      asked += 1
      if (asked < 4) throw new Error('the connection failed')
      return MADE
    }
    const { shop, worker, lines } = given(provider('btcpay', { create, look: async () => OPEN }))
    const order = givenOrder(shop, { payment: 'btcpay' })
    const askedBy: number[] = []
    for (const pause of [0, 999, 1, 1_999, 1, 3_999, 1]) {
      shop.clock.advance(pause)
      await worker.idle()
      askedBy.push(asked)
    }
    expect(askedBy).toEqual([1, 1, 2, 2, 3, 3, 4])
    expect(requestOf(shop, order.id)).toMatchObject({ state: 'open', attempts: 0, last_error: null })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('the connection failed')
  })

  it('says what was done when it is done, not while it is in hand', async () => {
    const ends: ((made: CreatedRequest) => void)[] = []
    const create = () => new Promise<CreatedRequest>((resolve) => ends.push(resolve))
    const { shop, worker } = given(provider('btcpay', { create, look: async () => OPEN }))
    givenOrder(shop, { payment: 'btcpay' })
    expect(worker.nudgeAndCount()).toBe(0)
    ends[0]?.(MADE)
    await worker.idle()
    expect(worker.nudgeAndCount()).toBe(1)
    expect(worker.nudgeAndCount()).toBe(0)
  })

  it('looks once more when news came while it was looking', async () => {
    const looks: ((looked: LookedAt) => void)[] = []
    const look = () => new Promise<LookedAt>((resolve) => looks.push(resolve))
    const { shop, worker } = given(provider('btcpay', { create: async () => MADE, look }))
    const order = givenOrder(shop, { payment: 'btcpay' })
    await worker.idle()
    const tell = (key: string) => {
      keepProviderMessage(shop, { provider: 'btcpay', key, body: '{"invoiceId":"inv"}' })
      worker.nudge()
    }
    shop.clock.advance(60_000)
    worker.nudge()
    tell('1')
    tell('2')
    await turn()
    expect(looks).toHaveLength(1)
    looks[0]?.(OPEN)
    await turn()
    expect(looks).toHaveLength(2)
    const charge = { amountMinor: order.total_minor, currency: 'EUR', at: shop.clock.now() }
    looks[1]?.({ state: 'paid', charge, checkAt: null, raw: '{}' })
    await worker.idle()
    expect(findOrder(shop.db, order.id)?.payment).toBe('paid')
    expect(listEntriesOfOrder(shop.db, order.id)).toHaveLength(1)
  })

  it('takes no invoice for a stranger whose own request is only now being made', async () => {
    const ends: ((made: CreatedRequest) => void)[] = []
    const looks: ((looked: LookedAt) => void)[] = []
    const create = () => new Promise<CreatedRequest>((resolve) => ends.push(resolve))
    const look = () => new Promise<LookedAt>((resolve) => looks.push(resolve))
    const { shop, worker } = given(provider('btcpay', { create, look }))
    const order = givenOrder(shop, { payment: 'btcpay' })
    const requestKey = requestKeyOf(requestOf(shop, order.id))
    const charge = { amountMinor: order.total_minor, currency: 'EUR', at: shop.clock.now() }
    const paid: LookedAt = { state: 'paid', charge, requestKey, checkAt: null, raw: '{}' }
    keepProviderMessage(shop, { provider: 'btcpay', key: '1', body: '{"invoiceId":"inv"}' })
    worker.nudge()
    await turn()
    ends[0]?.(MADE)
    await turn()
    expect(requestOf(shop, order.id).reference).toBe('inv')
    for (let i = 0; i < 2; i += 1) {
      looks[i]?.(paid)
      await turn()
      worker.nudge()
      await turn()
    }
    expect(listEntriesOfOrder(shop.db, order.id)).toMatchObject([{ state: 'applied', trouble: null }])
    expect(findOrder(shop.db, order.id)?.payment).toBe('paid')
  })

  it('counts money on a second invoice of the same request for its order', async () => {
    const requestKeys: string[] = []
    const look = async (): Promise<LookedAt> => {
      const charge = { amountMinor: 2990, currency: 'EUR', at: shop.clock.now() }
      return { state: 'paid', charge, requestKey: existing(requestKeys[0]), checkAt: null, raw: '{}' }
    }
    const { shop, worker } = given(provider('btcpay', { create: async () => MADE, look }))
    const order = givenOrder(shop, { payment: 'btcpay' })
    await worker.idle()
    requestKeys.push(requestKeyOf(requestOf(shop, order.id)))
    keepProviderMessage(shop, { provider: 'btcpay', key: '1', body: '{"invoiceId":"twin"}' })
    await worker.idle()
    expect(findOrder(shop.db, order.id)?.payment).toBe('paid')
    expect(listEntriesOfOrder(shop.db, order.id)).toMatchObject([{ reference: 'twin', state: 'applied' }])
  })

  it('believes no answer about something else', async () => {
    const charge = { amountMinor: 1, currency: 'EUR', at: 0 }
    const look = async (): Promise<LookedAt> => ({ ...OPEN, state: 'paid', charge, requestKey: '77-1' })
    const { shop, worker } = given(provider('btcpay', { create: async () => MADE, look }))
    const order = givenOrder(shop, { payment: 'btcpay' })
    await worker.idle()
    shop.clock.advance(60_000)
    await worker.idle()
    expect(listEntriesOfOrder(shop.db, order.id)).toEqual([])
    expect(requestOf(shop, order.id)).toMatchObject({
      state: 'open',
      last_error: 'it was made for something else',
    })
  })

  it('counts money in another currency for nothing, and keeps it', async () => {
    const charge = { amountMinor: 2990, currency: 'USD', at: 0 }
    const look = async (): Promise<LookedAt> => ({ state: 'paid', charge, checkAt: null, raw: '{}' })
    const { shop, worker } = given(provider('btcpay', { create: async () => MADE, look }))
    const order = givenOrder(shop, { payment: 'btcpay' })
    await worker.idle()
    shop.clock.advance(60_000)
    await worker.idle()
    expect(listEntriesOfOrder(shop.db, order.id)).toMatchObject([
      { state: 'open', trouble: 'wrong_currency', order_minor: 0, amount_minor: 2990 },
    ])
    expect(findOrder(shop.db, order.id)?.payment).toBe('pending')
  })

  it('makes nothing any more for an order that is gone, and still looks at what was made meanwhile', async () => {
    const ends: ((made: CreatedRequest) => void)[] = []
    const create = () => new Promise<CreatedRequest>((resolve) => ends.push(resolve))
    const { shop, worker } = given(provider('btcpay', { create, look: async () => OPEN }))
    const order = givenOrder(shop, { payment: 'btcpay' })
    await turn()
    shop.db.write((tx) =>
      closePaymentRequests(tx, { orderId: order.id, state: 'over', now: shop.clock.now() }),
    )
    ends[0]?.(MADE)
    await worker.idle()
    expect(requestOf(shop, order.id)).toMatchObject({ state: 'over', reference: 'inv' })
    expect(requestOf(shop, order.id).check_at).not.toBeNull()
  })

  it.each([0, 1, 2, 3, 4, 5, 6])('ends the same when it is killed after %d commits', async (commits) => {
    const made = new Map<string, string>()
    let totalMinor = 0
    const create = async (request: PaymentRequestRow): Promise<CreatedRequest> => {
      const key = requestKeyOf(request)
      made.set(key, made.get(key) ?? `inv${made.size}`)
      return { ...MADE, reference: existing(made.get(key)) }
    }
    const look = async (reference: string): Promise<LookedAt> => {
      const requestKey = existing([...made.keys()].find((key) => made.get(key) === reference))
      const charge = { amountMinor: totalMinor, currency: 'EUR', at: shop.clock.now() }
      return { state: 'paid', charge, requestKey, checkAt: null, raw: '{}' }
    }
    const { shop, worker } = given(provider('btcpay', { create, look }))
    await worker.stop()
    const order = givenOrder(shop, { payment: 'btcpay' })
    totalMinor = order.total_minor
    const message = { provider: 'btcpay', key: '1', body: '{"invoiceId":"inv0"}' } as const
    let left = commits
    const dying: Shop = {
      ...shop,
      write(work) {
        left -= 1
        if (left < 0) throw new Error('killed')
        return shop.write(work)
      },
    }
    for (const alive of [dying, shop]) {
      const next = createPaymentWorker({ shop: alive, log: suiteLog() })
      next.start()
      await next.idle()
      if (made.size > 0) keepProviderMessage(shop, message)
      await next.idle()
      shop.clock.advance(60_000)
      await next.idle()
      await next.stop()
    }
    expect(made.size).toBe(1)
    expect(findOrder(shop.db, order.id)?.payment).toBe('paid')
    expect(listEntriesOfOrder(shop.db, order.id)).toMatchObject([{ state: 'applied', reference: 'inv0' }])
    const told = shop.db.all(
      sql.selectFrom('events').select('type').where('order_id', '=', order.id).orderBy('id'),
    )
    expect(told.map(({ type }) => type)).toEqual(['placed', 'payment_asked', 'paid'])
  })
})
