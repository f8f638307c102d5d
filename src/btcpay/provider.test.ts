import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startBtcpay } from '../../sandbox/btcpay/server.ts'
import { existing, givenOrder, givenShop } from '../../tests/given.ts'
import { addPaymentRequest, findPaymentRequest } from '../db/payment-requests.ts'
import { settableClock } from '../lib/clock.ts'
import { createBtcpayProvider } from './provider.ts'

const HOUR_MS = 3_600_000

async function givenProvider() {
  const clock = settableClock()
  const btcpay = await startBtcpay({ clock })
  onTestFinished(() => btcpay.stop())
  const { BTCPAY_URL: url, BTCPAY_API_KEY: apiKey, BTCPAY_STORE_ID: storeId } = btcpay.settings
  const settings = { url, apiKey, storeId }
  const parts = { clock, windowMs: HOUR_MS, chatLink: () => 'https://t.me/littleshop_bot' }
  const { online } = createBtcpayProvider({ settings, ...parts })
  const atUrl = (other: string) =>
    existing(createBtcpayProvider({ settings: { ...settings, url: other }, ...parts }).online)
  return { clock, btcpay, online: existing(online), atUrl, apiKey }
}

function givenRequest(at: number) {
  const shop = givenShop()
  shop.clock.advance(at - shop.clock.now())
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  const id = shop.db.write((tx) =>
    addPaymentRequest(tx, {
      orderId: order.id,
      provider: 'btcpay',
      reference: null,
      amountMinor: order.total_minor,
      currency: 'EUR',
      orderMinor: order.total_minor,
      state: 'wanted',
      expiresAt: at + HOUR_MS,
      checkAt: at,
      now: at,
    }),
  )
  return existing(findPaymentRequest(shop.db, id))
}

describe('asking BTCPay Server', () => {
  it('makes one invoice for a request, however often it is asked', async () => {
    const { clock, btcpay, online } = await givenProvider()
    const request = givenRequest(clock.now())
    const [first, second] = [await online.create?.(request), await online.create?.(request)]
    expect(second).toEqual(first)
    expect(btcpay.invoices.all()).toHaveLength(1)
    // The same order asked again is another request, and another invoice.
    await online.create?.({ ...request, id: request.id + 1 })
    expect(btcpay.invoices.all()).toHaveLength(2)
    // A shop whose file was set back counts anew: what has the same number is not the same request.
    await online.create?.({ ...request, created_at: request.created_at + 1 })
    expect(btcpay.invoices.all()).toHaveLength(3)
  })

  it('keeps what it was answered word for word, also what it reads nothing of', async () => {
    const { clock, btcpay, online } = await givenProvider()
    const { reference = '' } = existing(await online.create?.(givenRequest(clock.now())))
    btcpay.invoices.receive(reference)
    const raw = JSON.parse(existing(await online.look?.(reference)).raw)
    expect(raw.invoice).toMatchObject({ type: 'Standard', metadata: { itemDesc: expect.any(String) } })
    expect(raw.methods).toMatchObject([{ currency: 'BTC', payments: [{ destination: 'bc1qsandbox' }] }])
  })

  it('refuses what there is no time for', async () => {
    const { clock, online } = await givenProvider()
    const request = givenRequest(clock.now())
    clock.advance(HOUR_MS - 59_000)
    await expect(online.create?.(request)).rejects.toThrow('The time to pay is over.')
  })

  it('gives up after 8 s, and follows no redirect', async () => {
    const { clock, btcpay, online } = await givenProvider()
    btcpay.faults.answerNext({ with: 'timeout' })
    const looked = expect(online.look?.('x')).rejects.toThrow('BTCPay Server: no answer within 8 s')
    while (btcpay.calls().length === 0) await new Promise(setImmediate)
    clock.advance(8_000)
    await looked
    btcpay.faults.answerNext({ with: 302 })
    await expect(online.look?.('x')).rejects.toThrow('BTCPay Server refused (302)')
    expect(btcpay.calls()).toHaveLength(2)
  })

  it('reads no more than an answer can be, and believes only what has the right shape', async () => {
    const { btcpay, online, atUrl } = await givenProvider()
    btcpay.faults.answerNext({ with: 200, body: '{"id":"x"}' })
    await expect(online.look?.('x')).rejects.toThrow('in a shape that is not known')
    btcpay.faults.answerNext({ with: 200, body: 'hello' })
    await expect(online.look?.('x')).rejects.toThrow('in a shape that is not known')
    let closed = false
    const endless = createServer((_request, response) => {
      response.on('close', () => {
        closed = true
      })
      const more = () =>
        void (response.write('x'.repeat(65_536)) ? setImmediate(more) : response.once('drain', more))
      more()
    })
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void endless.close())
    const { port } = endless.address() as AddressInfo
    await expect(atUrl(`http://127.0.0.1:${port}`).look?.('x')).rejects.toThrow('more than can be right')
    while (!closed) await new Promise(setImmediate)
  })

  it('believes no invoice of another store, and none it did not ask for', async () => {
    const { clock, btcpay, online } = await givenProvider()
    const made = existing(await online.create?.(givenRequest(clock.now())))
    const view = await fetch(
      `${btcpay.settings.BTCPAY_URL}/api/v1/stores/sandboxStore/invoices/${made.reference}`,
      {
        headers: { authorization: `token ${btcpay.settings.BTCPAY_API_KEY}` },
      },
    )
    const invoice = (await view.json()) as object
    btcpay.faults.answerNext({ with: 200, body: JSON.stringify({ ...invoice, storeId: 'other' }) })
    await expect(online.look?.(made.reference)).rejects.toThrow('another store')
    btcpay.faults.answerNext({ with: 200, body: JSON.stringify({ ...invoice, id: 'other' }) })
    await expect(online.look?.(made.reference)).rejects.toThrow('another invoice')
  })

  it('never names the key', async () => {
    const { btcpay, online, atUrl, apiKey } = await givenProvider()
    const faults: unknown[] = []
    for (const fault of [401, 403, 500, 'cut'] as const) {
      btcpay.faults.answerNext({ with: fault })
      faults.push(await online.look?.('x').catch((error: unknown) => error))
    }
    faults.push(
      await atUrl('http://127.0.0.1:9')
        .look?.('x')
        .catch((error: unknown) => error),
    )
    for (const fault of faults) {
      expect(fault).toBeInstanceOf(Error)
      const { message, stack, cause } = fault as Error
      expect(JSON.stringify([message, stack, cause, fault])).not.toContain(apiKey)
    }
  })
})
