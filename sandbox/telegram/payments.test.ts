import { Bot } from 'grammy'
import type { Update } from 'grammy/types'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settableClock } from '../../src/lib/clock.ts'
import { startTelegram, type Telegram } from './driver.ts'
import type { PersonDriver } from './driver-person.ts'
import { call } from './fixtures.ts'

const clock = settableClock()
let telegram: Telegram
let bot: Bot
let ana: PersonDriver

beforeEach(async () => {
  telegram = await startTelegram({ clock })
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } })
  ana = telegram.person({ id: 501, firstName: 'Ana' })
  await ana.start()
})

afterEach(async () => {
  await bot.stop()
  await telegram.stop()
})

function sendInvoice(extra: object = {}): Promise<unknown> {
  const prices = [{ label: 'Order 1042', amount: 1990 }]
  return bot.api.sendInvoice(501, 'Order 1042', 'Two teas', 'ord_1042', 'EUR', prices, {
    provider_token: 'TEST',
    ...extra,
  })
}

test('a payment: pre-checkout, then the message that counts', async () => {
  const paid: unknown[] = []
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
  bot.on('message:successful_payment', (ctx) => void paid.push(ctx.message.successful_payment))
  await sendInvoice()
  void bot.start()

  const { status, payment } = await ana.pay()
  expect(status).toBe('paid')
  expect(payment).toMatchObject({ currency: 'EUR', total_amount: 1990, invoice_payload: 'ord_1042' })
  await telegram.idle()
  expect(paid).toEqual([payment])
  expect(ana.messages().at(-1)).toMatchObject({ from: 'me', payment: { amount: 1990, payload: 'ord_1042' } })
})

test('the bot refuses, and the person reads why', async () => {
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(false, 'Sold out'))
  await sendInvoice()
  void bot.start()
  expect(await ana.pay()).toEqual({ status: 'refused', error: 'Sold out' })
  expect(ana.messages().filter((message) => message.payment)).toEqual([])
})

test('an answer after ten seconds is too late', async () => {
  await sendInvoice()
  const payment = ana.pay()
  const updates = (await call(telegram, 'getUpdates')).result as Update[]
  clock.advance(10_000)
  expect(await payment).toEqual({ status: 'timeout', error: 'The shop did not answer in time' })
  const pre_checkout_query_id = updates.at(-1)?.pre_checkout_query?.id
  const late = await call(telegram, 'answerPreCheckoutQuery', { pre_checkout_query_id, ok: true })
  expect(late).toMatchObject({ status: 400, description: expect.stringContaining('query is too old') })
})

test('a forwarded invoice can be paid by somebody else, even twice', async () => {
  const buyers: number[] = []
  bot.on('pre_checkout_query', (ctx) => {
    buyers.push(ctx.from.id)
    return ctx.answerPreCheckoutQuery(true)
  })
  await sendInvoice()
  void bot.start()
  const bo = telegram.person({ id: 502, firstName: 'Bo' })
  await bo.start()
  expect(await bo.pay({ from: 501 })).toMatchObject({ status: 'paid' })
  expect(await ana.pay()).toMatchObject({ status: 'paid' })
  expect(buyers).toEqual([502, 501])
})

test('a flexible invoice asks for shipping first, and the total has it in', async () => {
  bot.on('shipping_query', (ctx) =>
    ctx.answerShippingQuery(true, {
      shipping_options: [{ id: 'post', title: 'Post', prices: [{ label: 'Post', amount: 400 }] }],
    }),
  )
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
  await sendInvoice({ need_shipping_address: true, is_flexible: true })
  void bot.start()
  expect((await ana.pay()).payment).toMatchObject({
    total_amount: 2390,
    shipping_option_id: 'post',
    order_info: { shipping_address: { city: 'Berlin' } },
  })
})

test('a forwarded copy of an invoice with a start parameter leads to the bot, not to the payment sheet', async () => {
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
  await sendInvoice({ start_parameter: 'pay_1042' })
  void bot.start()
  const bo = telegram.person({ id: 502, firstName: 'Bo' })
  await bo.start()
  await expect(bo.pay({ from: 501 })).rejects.toThrow('/start pay_1042')
  expect(await ana.pay()).toMatchObject({ status: 'paid' })
  await expect(sendInvoice({ start_parameter: 'pay 1042' })).rejects.toThrow('START_PARAM_INVALID')
})

test('a client can ask whatever it likes, and pays nothing by asking', async () => {
  const asked: unknown[] = []
  bot.on('pre_checkout_query', (ctx) => {
    asked.push(ctx.preCheckoutQuery)
    return ctx.answerPreCheckoutQuery(asked.length === 1, { error_message: 'Not yours' })
  })
  void bot.start()
  const purchase = { payload: 'ord_7', amount: 1, currency: 'EUR' }
  expect(await ana.asksToPay(purchase)).toEqual({ status: 'agreed' })
  expect(await ana.asksToPay(purchase)).toEqual({ status: 'refused', error: 'Not yours' })
  expect(asked[0]).toMatchObject({ from: { id: 501 }, invoice_payload: 'ord_7', total_amount: 1 })
  expect(ana.messages().filter((message) => message.payment)).toEqual([])
})

test('what happens between the yes and the money happens before the money', async () => {
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
  await sendInvoice()
  void bot.start()
  let seen: unknown
  await ana.pay({ beforeMoney: () => (seen = ana.messages().filter((message) => message.payment).length) })
  expect(seen).toBe(0)
  expect(ana.messages().filter((message) => message.payment)).toHaveLength(1)
})

test('amounts beyond what Telegram takes are refused', async () => {
  for (const amount of [0, 99, 1_000_001]) {
    const send = bot.api.sendInvoice(501, 'T', 'D', 'p', 'EUR', [{ label: 'T', amount }], {
      provider_token: 'TEST',
    })
    await expect(send).rejects.toThrow('CURRENCY_TOTAL_AMOUNT_INVALID')
  }
})

test('Stars are paid and given back once', async () => {
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
  const told: unknown[] = []
  bot.on('message:refunded_payment', (ctx) => void told.push(ctx.message.refunded_payment))
  await bot.api.sendInvoice(501, 'E-book', 'PDF', 'dig_1', 'XTR', [{ label: 'E-book', amount: 50 }])
  void bot.start()
  const charge = (await ana.pay()).payment?.telegram_payment_charge_id ?? ''
  expect(await bot.api.refundStarPayment(501, charge)).toBe(true)
  await expect(bot.api.refundStarPayment(501, charge)).rejects.toThrow('CHARGE_ALREADY_REFUNDED')
  await telegram.idle()
  expect(told).toMatchObject([{ telegram_payment_charge_id: charge, total_amount: 50, currency: 'XTR' }])
  const { transactions } = await bot.api.getStarTransactions()
  expect(transactions).toMatchObject([
    { id: charge, amount: 50, source: { type: 'user', user: { id: 501 }, invoice_payload: 'dig_1' } },
    { id: charge, amount: 50, receiver: { type: 'user', user: { id: 501 } } },
  ])
  expect((await bot.api.getStarTransactions({ offset: 1, limit: 1 })).transactions).toEqual(
    transactions.slice(1),
  )
})

test('money that came through a provider cannot be given back by a call', async () => {
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
  await sendInvoice()
  void bot.start()
  const charge = (await ana.pay()).payment?.telegram_payment_charge_id ?? ''
  await expect(bot.api.refundStarPayment(501, charge)).rejects.toThrow('CHARGE_NOT_FOUND')
})
