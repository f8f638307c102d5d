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

test('Stars are paid and given back once', async () => {
  bot.on('pre_checkout_query', (ctx) => ctx.answerPreCheckoutQuery(true))
  await bot.api.sendInvoice(501, 'E-book', 'PDF', 'dig_1', 'XTR', [{ label: 'E-book', amount: 50 }])
  void bot.start()
  const charge = (await ana.pay()).payment?.telegram_payment_charge_id ?? ''
  expect(await bot.api.refundStarPayment(501, charge)).toBe(true)
  await expect(bot.api.refundStarPayment(501, charge)).rejects.toThrow('CHARGE_ALREADY_REFUNDED')
})
