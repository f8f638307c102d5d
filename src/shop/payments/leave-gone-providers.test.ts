import { expect, it, onTestFinished } from 'vitest'
import { existing, givenOrder, givenShop, givenStaff } from '../../../tests/given.ts'
import { eventsOf, orderNow } from '../../../tests/given-money.ts'
import { suiteLog } from '../../../tests/suite-log.ts'
import { savePaymentMethod } from '../../db/checkout.ts'
import { listPaymentRequests } from '../../db/payment-requests.ts'
import { sql } from '../../db/statement.ts'
import { expireOrders } from '../orders/expire-orders.ts'
import { openShop } from '../work.ts'
import { createPaymentWorker } from './payment-worker.ts'
import { type CreatedRequest, type PaymentProvider, providersByHand, providersOf } from './provider.ts'
import { waysToSwitch } from './switch-payment.ts'

const HOUR_MS = 3_600_000
const MADE: CreatedRequest = { reference: 'inv', link: 'https://pay.example/inv', expiresAt: 0 }

function bitcoin(create: () => Promise<CreatedRequest>): PaymentProvider {
  const quote = (_db: unknown, amountMinor: number, currency: string) => ({ amountMinor, currency })
  const look = async () => ({ state: 'open', checkAt: 4e12, raw: '{}' }) as const
  return {
    kind: 'btcpay',
    ledger: 'btcpay',
    windowMs: HOUR_MS,
    online: { kind: 'btcpay', quote, create, look },
  }
}

/** A shop with one order by Bitcoin, which was then started without it; `start` starts it once more. */
async function givenGone(create: () => Promise<CreatedRequest>) {
  const shop = givenShop({}, { online: [bitcoin(create)] })
  givenStaff(shop)
  shop.db.write((tx) => savePaymentMethod(tx, { kind: 'btcpay', instructions: '', active: 1 }))
  const order = givenOrder(shop, { payment: 'btcpay' })
  const before = createPaymentWorker({ shop, log: suiteLog() })
  before.start()
  await before.idle()
  await before.stop()
  const providers = providersOf(...providersByHand(48 * HOUR_MS))
  const after = { ...openShop({ ...shop, providers }), clock: shop.clock }
  async function start(): Promise<void> {
    const worker = createPaymentWorker({ shop: after, log: suiteLog() })
    onTestFinished(() => worker.stop())
    worker.start()
    await worker.idle()
  }
  await start()
  const troubles = () =>
    shop.db.all(sql.selectFrom('events').select('data').where('type', '=', 'shop_trouble'))
  const request = () => existing(listPaymentRequests(shop.db, order.id)[0])
  return { shop: after, order, start, troubles, request }
}

it('what was never made fails, and the customer has time to pay another way', async () => {
  const { shop, order, request, troubles } = await givenGone(() => Promise.reject(new Error('no connection')))
  expect(request()).toMatchObject({ state: 'failed', check_at: null })
  expect(eventsOf(shop, order)).toEqual(['placed', 'payment_failed'])
  expect(troubles()).toEqual([])
  shop.clock.advance(47 * HOUR_MS)
  expect(expireOrders(shop)).toBe(0)
  expect(shop.write((work) => waysToSwitch(work, orderNow(shop, order)))).toContain('bank_transfer')
})

it('what was sent is still looked at when the shop can ask again, and the owner hears, once, that it cannot', async () => {
  const { order, request, troubles, start } = await givenGone(async () => MADE)
  expect(request()).toMatchObject({ state: 'open', check_at: expect.any(Number) })
  const words = `“Bitcoin” is not set up any more, but what customers were sent can still be paid: orders #${order.id}.`
  expect(troubles()).toEqual([{ data: expect.stringContaining(words) }])
  await start()
  expect(troubles()).toHaveLength(1)
})
