import { expect, onTestFinished, test } from 'vitest'
import { settableClock } from '../../src/lib/clock.ts'
import { startBtcpay } from './server.ts'

const INVOICE = {
  amount: '54.20',
  currency: 'EUR',
  metadata: { orderId: '1001' },
  checkout: { expirationMinutes: 60 },
}

/** What a test reads of an answer. */
interface Said {
  id: string
  checkoutLink: string
  payments: { value: string; status: string }[]
  originalAmount: string
  state: string
}

async function given() {
  const clock = settableClock()
  const btcpay = await startBtcpay({ clock })
  onTestFinished(() => btcpay.stop())
  const { BTCPAY_URL: url, BTCPAY_API_KEY: key } = btcpay.settings

  async function call(
    path: string,
    body?: object,
    token = key,
  ): Promise<{ status: number; said: Said & Said[] }> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: answer.status, said: (await answer.json()) as Said & Said[] }
  }
  return { clock, btcpay, url, call, path: '/stores/sandboxStore/invoices' }
}

test('only the key opens the store, and only this store is there', async () => {
  const { call, path } = await given()
  expect(await call(path, undefined, 'other')).toMatchObject({
    status: 401,
    said: { code: 'unauthenticated' },
  })
  expect(await call('/stores/other/invoices')).toMatchObject({
    status: 404,
    said: { code: 'store-not-found' },
  })
  expect(await call(`${path}/nope`)).toMatchObject({ status: 404, said: { code: 'invoice-not-found' } })
})

test('what the API would not take is refused with what is wrong', async () => {
  const { call, path } = await given()
  const refused: [object, string][] = [
    [{ ...INVOICE, amount: 54.2 }, 'amount'],
    [{ ...INVOICE, amount: '54,20' }, 'amount'],
    [{ ...INVOICE, amount: undefined }, 'amount'],
    [{ ...INVOICE, currency: 'euro' }, 'currency'],
    [{ ...INVOICE, order: 1 }, 'order'],
    [{ ...INVOICE, metadata: { orderId: 1001 } }, 'metadata.orderId'],
    [{ ...INVOICE, checkout: { expirationMinutes: 0.5 } }, 'checkout.expirationMinutes'],
    [{ ...INVOICE, checkout: { expires: 5 } }, 'checkout.expires'],
  ]
  for (const [body, fault] of refused) {
    expect(await call(path, body)).toMatchObject({ status: 422, said: [{ path: fault }] })
  }
})

test('an invoice goes from new to settled, and says so', async () => {
  const { btcpay, call, path } = await given()
  btcpay.webhooks.hold()
  const { said: made } = await call(path, INVOICE)
  expect(made).toMatchObject({
    status: 'New',
    additionalStatus: 'None',
    amount: '54.20',
    storeId: 'sandboxStore',
  })
  btcpay.invoices.receive(made.id, '20')
  expect((await call(`${path}/${made.id}`)).said).toMatchObject({
    status: 'New',
    additionalStatus: 'PaidPartial',
  })
  btcpay.invoices.receive(made.id)
  expect((await call(`${path}/${made.id}`)).said).toMatchObject({ status: 'Processing', paidAmount: '54.2' })
  btcpay.invoices.confirm(made.id)
  expect((await call(`${path}/${made.id}`)).said).toMatchObject({
    status: 'Settled',
    additionalStatus: 'None',
  })
  const { said: methods } = await call(`${path}/${made.id}/payment-methods`)
  expect(methods[0]?.payments.map(({ value, status }) => [value, status])).toEqual([
    ['0.0002', 'Settled'],
    ['0.000342', 'Settled'],
  ])
  expect(btcpay.webhooks.waiting().map(({ type }) => type)).toEqual([
    'InvoiceCreated',
    'InvoiceReceivedPayment',
    'InvoiceReceivedPayment',
    'InvoiceProcessing',
    'InvoicePaymentSettled',
    'InvoicePaymentSettled',
    'InvoiceSettled',
  ])
  expect((await call(`${path}?orderId=1001`)).said).toHaveLength(1)
  expect((await call(`${path}?orderId=1002`)).said).toEqual([])
})

test('an invoice expires by its own clock, and can be paid late', async () => {
  const { clock, btcpay, call, path } = await given()
  const { said: made } = await call(path, INVOICE)
  clock.advance(60 * 60_000)
  expect((await call(`${path}/${made.id}`)).said).toMatchObject({
    status: 'Expired',
    additionalStatus: 'None',
  })
  btcpay.invoices.receive(made.id)
  expect((await call(`${path}/${made.id}`)).said).toMatchObject({
    status: 'Expired',
    additionalStatus: 'PaidLate',
  })
  btcpay.invoices.confirm(made.id)
  expect((await call(`${path}/${made.id}`)).said).toMatchObject({
    status: 'Settled',
    additionalStatus: 'PaidLate',
  })
})

test('a refund is offered, claimed and paid out', async () => {
  const { btcpay, url, call, path } = await given()
  const { said: made } = await call(path, INVOICE)
  const refund = {
    refundVariant: 'Custom',
    customAmount: '20.00',
    customCurrency: 'EUR',
    payoutMethodId: 'BTC-CHAIN',
    description: 'why',
  }
  expect(await call(`${path}/${made.id}/refund`, refund)).toMatchObject({ status: 400 })
  btcpay.invoices.receive(made.id)
  btcpay.invoices.confirm(made.id)
  const { customAmount: _, ...without } = refund
  expect(await call(`${path}/${made.id}/refund`, without)).toMatchObject({ status: 422 })
  const { said: pull } = await call(`${path}/${made.id}/refund`, refund)
  expect(pull).toMatchObject({
    amount: '20.00',
    archived: false,
    viewLink: `${url}/pull-payments/${pull.id}`,
  })
  btcpay.pullPayments.claim(pull.id, '5')
  btcpay.pullPayments.claim(pull.id)
  expect(() => btcpay.pullPayments.claim(pull.id)).toThrow('So much')
  btcpay.pullPayments.complete(pull.id)
  const { said: payouts } = await call(`/pull-payments/${pull.id}/payouts`)
  expect(payouts.map(({ originalAmount, state }) => [originalAmount, state])).toEqual([
    ['5', 'Completed'],
    ['15', 'Completed'],
  ])
})

test('people pay on a page', async () => {
  const { btcpay, call, path } = await given()
  const { said: made } = await call(path, { ...INVOICE, metadata: { itemDesc: '<Mug>' } })
  const page = await (await fetch(made.checkoutLink)).text()
  expect(page).toContain('&#60;Mug&#62;')
  expect(page).toContain('54.2 EUR due')
  await fetch(made.checkoutLink, { method: 'POST', body: new URLSearchParams({ press: 'pay' }) })
  expect(btcpay.invoices.find(made.id)?.status).toBe('Settled')
  expect((await fetch(`${made.checkoutLink}x`)).status).toBe(404)
})
