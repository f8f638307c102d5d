import { describe, expect, test } from 'vitest'
import { privateChat } from '../../sandbox/telegram/chats.ts'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { say } from '../../sandbox/telegram/people.ts'
import { saveDeliveryMethod, savePaymentMethod } from '../../src/db/checkout.ts'
import { listEntriesOfOrder, listMoneyMatters } from '../../src/db/ledger.ts'
import { findOrder } from '../../src/db/orders.ts'
import { listPaymentRequests } from '../../src/db/payment-requests.ts'
import { sql } from '../../src/db/statement.ts'
import { expireOrders } from '../../src/shop/orders/expire-orders.ts'
import { takeStep } from '../../src/shop/orders/take-step.ts'
import { saveStarsRate } from '../../src/shop/payments/stars-rate.ts'
import type { Actor, Work } from '../../src/shop/work.ts'
import { existing } from '../given.ts'
import { availableOf, openTestShop, ordersOf, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const BO = { id: 502, firstName: 'Bo', languageCode: 'en' }
const TOKEN = '123456789:TEST:sandbox-provider'
const CARD = 'Card, here in Telegram'
const MINUTE = 60_000
const OLGA: Actor = { kind: 'staff', id: 1, name: 'Olga', source: 'panel', role: 'owner' }

/** A shop that takes cards and Stars; its guide is digital. */
async function openPayShop(env: Record<string, string> = {}): Promise<TestChat> {
  const chat = await openTestShop({ PAYMENT_PROVIDER_TOKEN: TOKEN, UNDO_SECONDS: '0', ...env })
  chat.shop.db.write((tx) => {
    for (const kind of ['telegram', 'stars'] as const)
      savePaymentMethod(tx, { kind, instructions: '', active: 1 })
    saveStarsRate(tx, 130)
    const now = chat.shop.clock.now()
    const guide = { handle: 'guide', title: 'Guide', digital: 1, created_at: now, updated_at: now } as const
    const { id } = tx.run(sql.insertInto('products').values(guide))
    tx.run(sql.insertInto('variants').values({ product_id: id, price_minor: 1300, available: 5 }))
    const pickup = {
      id: 2,
      name: 'Courier',
      priceMinor: 490,
      needsAddress: 1,
      position: 2,
      active: 0,
    } as const
    saveDeliveryMethod(tx, pickup)
  })
  return chat
}

/** Walks to the question how to pay, with one of these in the cart. */
async function walkToPayment(chat: TestChat, person: PersonDriver, product = 'Mug'): Promise<void> {
  await chat.say(person, '/start')
  for (const button of ['Shop', 'Everything else', product, /^Add 1/, /Cart/, /^Check out/])
    await chat.tap(person, button)
  if (product === 'Mug')
    await chat.say(person, wordsOn(chat.shop, person).includes('phone') ? '+351 912 345 678' : 'Rua Nova 1')
  if (wordsOn(chat.shop, person).includes('phone')) await chat.say(person, '+351 912 345 678')
  await chat.tap(person, 'No note')
}

/** Places an order; returns its number. The invoice is in the chat then. */
async function order(
  chat: TestChat,
  person: PersonDriver,
  { product = 'Mug', way = CARD }: { product?: string; way?: string } = {},
): Promise<number> {
  await walkToPayment(chat, person, product)
  await chat.tap(person, way)
  await chat.tap(person, /Place order/)
  // A chat gets so many messages and then one a second; the invoice is behind the order's card.
  for (let i = 0; i < 3; i++) await chat.pass(2_000)
  return existing(ordersOf(chat.shop, person).at(-1)).id
}

/** Goes through the payment sheet, and waits for all that follows. */
async function pay(chat: TestChat, person: PersonDriver, options: Parameters<PersonDriver['pay']>[0] = {}) {
  const result = await person.pay(options)
  await chat.settled()
  return result
}

function orderOf(chat: TestChat, id: number) {
  return existing(chat.shop.db.first(sql.selectFrom('orders').selectAll().where('id', '=', id)))
}

function invoices(person: PersonDriver) {
  return person.messages().filter((message) => message.invoice)
}

function payloadOf(chat: TestChat, orderId: number): string {
  return existing(listPaymentRequests(chat.shop.db, orderId).at(-1)?.reference)
}

const troubles = (chat: TestChat) => listMoneyMatters(chat.shop.db, 10).map((entry) => entry.trouble)

describe('a card inside Telegram', () => {
  test('is paid by the invoice in the chat: once, for the order, with thanks', async () => {
    const chat = await openPayShop()
    const [ana, olga] = [chat.telegram.person(ANA), chat.staff(701, 'owner')]
    await chat.say(olga, '/start')
    const id = await order(chat, ana)
    expect(invoices(ana)).toMatchObject([
      { invoice: { title: `Order #${id}`, description: '1 × Mug', currency: 'EUR', amount: 1500 } },
    ])
    expect(orderOf(chat, id)).toMatchObject({ stage: 'unpaid', payment: 'pending' })
    expect((await ana.sees(/Total €15\.00/)).text).toContain('Total €15.00 · Waiting for payment')
    expect((await olga.sees(/· Waiting for/)).text).toContain('Waiting for payment')
    await chat.tap(ana, `Order #${id}`)
    expect(wordsOn(chat.shop, ana)).toContain('Total €15.00 · Waiting for payment')
    expect(buttonsOf(ana)).not.toContain('Receipt')
    // So much in no time at all: Telegram's limit is for a second.
    await chat.pass(1_000)

    const { status, payment } = await pay(chat, ana)
    expect(status).toBe('paid')
    expect(orderOf(chat, id)).toMatchObject({ stage: 'placed', payment: 'paid', charged_minor: 1500 })
    const [charge] = listEntriesOfOrder(chat.shop.db, id)
    expect(charge).toMatchObject({
      provider: 'telegram',
      reference: payment?.telegram_payment_charge_id,
      state: 'applied',
      trouble: null,
    })
    expect(JSON.parse(existing(charge).raw)).toMatchObject({
      provider_payment_charge_id: payment?.provider_payment_charge_id,
    })
    await ana.sees(/We received/)
    expect(buttonsOf(ana)).toContain('Receipt')
    expect(wordsOn(chat.shop, ana)).toContain(`Order #${id}`)
    await olga.sees(new RegExp(`#${id}`))
  })

  test('gives way to cash on delivery, and staff hear that the order can be accepted', async () => {
    const chat = await openPayShop()
    const [ana, olga] = [chat.telegram.person(ANA), chat.staff(701, 'owner')]
    await chat.say(olga, '/start')
    const id = await order(chat, ana)
    await chat.tap(ana, `Order #${id}`)
    await chat.tap(ana, 'Pay another way')
    await chat.tap(ana, /^Cash or card/)
    const news = await olga.sees(`Ana pays order #${id} (€15.00) on delivery. It can be accepted now.`)
    expect(news.buttons[0]).toEqual(['Accept'])
    expect(orderOf(chat, id)).toMatchObject({ stage: 'placed', payment: 'due_on_delivery' })
  })

  test('is refused with a reason that the payment sheet shows', async () => {
    const chat = await openPayShop()
    const [ana, bo] = [chat.telegram.person(ANA), chat.telegram.person(BO)]
    await chat.say(bo, '/start')
    const id = await order(chat, ana)
    const right = { payload: payloadOf(chat, id), amount: 1500, currency: 'EUR' }

    expect(await ana.asksToPay({ ...right, payload: 'o1-forged' })).toMatchObject({
      status: 'refused',
      error: expect.stringContaining('do not know this invoice'),
    })
    expect((await bo.asksToPay(right)).error).toContain(`Order #${id} belongs to somebody else`)
    expect((await ana.asksToPay({ ...right, amount: 1 })).error).toContain('no longer fits')
    expect((await ana.asksToPay({ ...right, currency: 'USD' })).error).toContain('no longer fits')
    expect(await ana.asksToPay(right)).toEqual({ status: 'agreed' })
    expect(orderOf(chat, id)).toMatchObject({ payment: 'pending', charged_minor: 0 })
  })

  test('twice at the same time: the second money waits for the owner, and nothing is lost', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    const id = await order(chat, ana)
    const both = await Promise.all([ana.pay(), ana.pay()])
    await chat.settled()
    expect(both.map((one) => one.status)).toEqual(['paid', 'paid'])
    expect(listEntriesOfOrder(chat.shop.db, id)).toMatchObject([
      { state: 'applied', trouble: null },
      { state: 'open', trouble: 'paid_twice' },
    ])
    expect(orderOf(chat, id)).toMatchObject({ payment: 'paid', charged_minor: 1500 })
    for (let i = 0; i < 3; i++) await chat.pass(2_000)
    await ana.sees(
      `€15.00 arrived for order #${id}, which was paid already, so it looks as if you paid twice.`,
    )
  })

  test('cannot be paid by an invoice from before: not once paid, cancelled or over', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    const paid = await order(chat, ana)
    await pay(chat, ana)
    expect(await pay(chat, ana)).toMatchObject({
      status: 'refused',
      error: `Order #${paid} is already paid. Nothing more is owed.`,
    })

    const cancelled = await order(chat, ana)
    await chat.tap(ana, `Order #${cancelled}`)
    await chat.tap(ana, /^Cancel/)
    await chat.tap(ana, /^Yes/)
    expect((await pay(chat, ana)).error).toContain(`Order #${cancelled} was cancelled`)

    const late = await order(chat, ana)
    await chat.pass(61 * MINUTE)
    expect((await pay(chat, ana)).error).toContain(`The time to pay order #${late} is over`)
    expect(expireOrders(chat.shop)).toBe(1)
    expect((await pay(chat, ana)).error).toContain(`The time to pay order #${late} is over`)
  })

  test('is asked for again from the order, once for two taps, and the old invoice stays good for the same money', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    const id = await order(chat, ana)
    await chat.pass(MINUTE)
    await chat.tap(ana, `Order #${id}`)
    expect(await chat.tap(ana, 'Pay €15.00')).toBe('The invoice is on its way.')
    await chat.tap(ana, 'Pay €15.00')
    expect(invoices(ana)).toHaveLength(2)
    const [first, second] = invoices(ana)
    expect((await pay(chat, ana, { messageId: existing(first).id })).status).toBe('paid')
    expect((await pay(chat, ana, { messageId: existing(second).id })).error).toContain('already paid')
    expect(listEntriesOfOrder(chat.shop.db, id)).toHaveLength(1)
  })

  test('a forwarded invoice leads strangers to the bot, which takes no money from them', async () => {
    const chat = await openPayShop()
    const [ana, bo] = [chat.telegram.person(ANA), chat.telegram.person(BO)]
    const id = await order(chat, ana)
    await expect(bo.pay({ from: ANA.id })).rejects.toThrow(`/start pay_${id}`)
    await chat.say(bo, `/start pay_${id}`)
    expect(wordsOn(chat.shop, bo)).toContain("belongs to somebody else's order")
    await chat.say(bo, '/start pay_99999999')
    expect(wordsOn(chat.shop, bo)).toContain("belongs to somebody else's order")
    await chat.say(ana, `/start pay_${id}`)
    expect(wordsOn(chat.shop, ana)).toContain(`Order #${id}`)
    await chat.tap(ana, 'Pay €15.00')
  })

  test('paid while the shop is down, the money is there as soon as it is back; told twice it is one', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    const id = await order(chat, ana)
    const { status, payment } = await ana.pay({
      async beforeMoney() {
        await chat.stop()
        chat.telegram.faults.duplicateUpdates(1)
      },
    })
    expect(status).toBe('paid')
    await chat.start()
    await chat.settled()
    expect(orderOf(chat, id)).toMatchObject({ payment: 'paid', charged_minor: 1500 })
    // The same money in another update, as after a week without any.
    const successful_payment = existing(payment)
    say(chat.telegram.sandbox, ana.person, privateChat(chat.telegram.sandbox, ana.person), 'pay', {
      successful_payment,
    })
    await chat.settled()
    expect(listEntriesOfOrder(chat.shop.db, id)).toHaveLength(1)
    expect(orderOf(chat, id)).toMatchObject({ payment: 'paid', charged_minor: 1500 })
  })

  test('that arrives after the order is gone waits for the owner, who is told', async () => {
    const chat = await openPayShop()
    const [ana, olga] = [chat.telegram.person(ANA), chat.staff(701, 'owner')]
    await chat.say(olga, '/start')
    const cancelled = await order(chat, ana)
    const { status } = await pay(chat, ana, {
      beforeMoney: () => chat.shop.write((work) => cancel(work, cancelled)),
    })
    expect(status).toBe('paid')
    expect(orderOf(chat, cancelled)).toMatchObject({ fulfilment: 'cancelled', charged_minor: 0 })
    expect(troubles(chat)).toEqual(['after_cancel'])
    await olga.sees(new RegExp(`needs a decision: order #${cancelled} had been cancelled`))

    const expired = await order(chat, ana)
    const expire = async () => {
      await chat.pass(61 * MINUTE)
      expect(expireOrders(chat.shop)).toBe(1)
    }
    await pay(chat, ana, { beforeMoney: expire })
    expect(orderOf(chat, expired)).toMatchObject({ payment: 'expired', charged_minor: 0 })
    expect(troubles(chat)).toEqual(['after_cancel', 'after_expiry'])
    expect(availableOf(chat.shop, chat.goods.mug)).toBe(20)
  })

  test('for an order nobody knows, or in another currency, is kept safe and alerted', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    const id = await order(chat, ana)
    const { sandbox } = chat.telegram
    const pays = (payment: object) => {
      const successful_payment = {
        currency: 'EUR',
        total_amount: 1500,
        invoice_payload: payloadOf(chat, id),
        telegram_payment_charge_id: `t${Math.random()}`,
        provider_payment_charge_id: 'p1',
        ...payment,
      }
      say(sandbox, ana.person, privateChat(sandbox, ana.person), 'pay', { successful_payment })
      return chat.settled()
    }
    await pays({ invoice_payload: 'somebody else' })
    await pays({ currency: 'USD' })
    await pays({ total_amount: 1000 })
    expect(troubles(chat)).toEqual(['unknown_order', 'wrong_currency', 'too_little'])
    expect(orderOf(chat, id)).toMatchObject({ payment: 'pending', charged_minor: 0 })
  })

  test('is stored before any question that waits for words can take it for an answer', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    const id = await order(chat, ana)
    await chat.tap(ana, `Order #${id}`)
    await chat.tap(ana, /Write to/)
    await pay(chat, ana)
    expect(orderOf(chat, id)).toMatchObject({ payment: 'paid' })
  })

  test('an invoice that Telegram refuses: the customer hears so and can pay another way, staff read why', async () => {
    const chat = await openPayShop()
    const [ana, olga] = [chat.telegram.person(ANA), chat.staff(701, 'owner')]
    await chat.say(olga, '/start')
    chat.shop.db.write((tx) =>
      tx.run(sql.updateTable('variants').set({ price_minor: 1_000_100 }).where('id', '=', chat.goods.mug)),
    )
    const id = await order(chat, ana)
    expect(invoices(ana)).toEqual([])
    const dead = chat.shop.db.all(sql.selectFrom('notices').selectAll().where('state', '=', 'dead'))
    expect(dead).toMatchObject([{ kind: 'payment_request', order_id: id }])
    expect(dead[0]?.last_error).toContain('CURRENCY_TOTAL_AMOUNT_INVALID')
    expect(orderOf(chat, id)).toMatchObject({ stage: 'unpaid' })
    const request = () => existing(listPaymentRequests(chat.shop.db, id).at(-1))
    expect(request()).toMatchObject({
      state: 'failed',
      last_error: expect.stringContaining('AMOUNT_INVALID'),
    })
    await olga.sees(/CURRENCY_TOTAL_AMOUNT_INVALID/)
    await ana.sees(`The payment for order #${id} did not work.`)
    await chat.tap(ana, `Order #${id}`)
    await chat.tap(ana, 'Pay another way')
    await chat.tap(ana, 'Bank transfer')
    expect(orderOf(chat, id)).toMatchObject({ payment_method: 'bank_transfer', payment: 'pending' })
    expect(JSON.stringify(dead)).not.toContain(TOKEN)
  })

  test('can be chosen instead of a transfer, and the other way round, while the goods stay set aside', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    const id = await order(chat, ana)
    await chat.tap(ana, `Order #${id}`)
    await chat.tap(ana, 'Pay another way')
    await chat.tap(ana, 'Bank transfer')
    expect(orderOf(chat, id)).toMatchObject({ payment_method: 'bank_transfer', payment: 'pending' })
    expect(wordsOn(chat.shop, ana)).toContain('IBAN XX00 1234')
    expect((await pay(chat, ana)).error).toContain('no longer fits')
    await chat.pass(3 * 60 * MINUTE)
    expect(orderOf(chat, id).stage).toBe('unpaid')
    await chat.tap(ana, 'Pay another way')
    await chat.tap(ana, CARD)
    expect(availableOf(chat.shop, chat.goods.mug)).toBe(19)
    expect((await pay(chat, ana)).status).toBe('paid')
    expect(orderOf(chat, id)).toMatchObject({ payment_method: 'telegram', payment: 'paid' })
  })
})

describe('Stars', () => {
  test('pay for digital goods, and for no others', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    await walkToPayment(chat, ana)
    expect(await chat.forge(ana, 'qm:stars')).toBe('This order cannot be paid that way.')
    expect(buttonsOf(ana)).toContain(CARD)
    expect(buttonsOf(ana)).not.toContain('Telegram Stars')

    const bo = chat.telegram.person(BO)
    await walkToPayment(chat, bo, 'Guide')
    expect(buttonsOf(bo)).not.toContain(CARD)
    await chat.tap(bo, 'Telegram Stars')
    await chat.tap(bo, /Place order/)
    for (let i = 0; i < 3; i++) await chat.pass(2_000)
    expect(invoices(bo)).toMatchObject([{ invoice: { currency: 'XTR', amount: 1000 } }])
    expect((await pay(chat, bo)).status).toBe('paid')
    const id = existing(ordersOf(chat.shop, bo)[0]).id
    expect(orderOf(chat, id)).toMatchObject({ payment: 'paid', charged_minor: 1300 })
    expect(listEntriesOfOrder(chat.shop.db, id)).toMatchObject([
      { provider: 'stars', amount_minor: 1000, currency: 'XTR', order_minor: 1300, state: 'applied' },
    ])
  })

  test('come with the command that Telegram asks for: it leads to the order, and from there to the shop', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    await chat.say(ana, '/paysupport')
    expect(wordsOn(chat.shop, ana)).toContain('You have not ordered yet.')
    const id = await order(chat, ana, { product: 'Guide', way: 'Telegram Stars' })
    await pay(chat, ana)
    await chat.say(ana, '/paysupport')
    expect(wordsOn(chat.shop, ana)).toContain('Is something wrong with a payment?')
    for (const button of [`#${id}`, 'Write to the shop']) await chat.tap(ana, button)
    await chat.say(ana, 'I paid twice')
    expect(wordsOn(chat.shop, ana)).toContain(`The shop has your message about order #${id}.`)
  })

  test('go back by one call, however often it is made, and are listed both ways', async () => {
    const chat = await openPayShop()
    const ana = chat.telegram.person(ANA)
    const id = await order(chat, ana, { product: 'Guide', way: 'Telegram Stars' })
    await pay(chat, ana)
    const [charge] = listEntriesOfOrder(chat.shop.db, id)
    const online = existing(chat.shop.providers.get('stars')?.online)
    const giveBack = () => existing(online.refund)(existing(charge), existing(charge))
    expect(await giveBack()).toMatchObject({ kind: 'done', reference: charge?.reference })
    expect(await giveBack()).toMatchObject({ kind: 'done' })
    const unknown = { ...existing(charge), reference: 'never' }
    expect(await existing(online.refund)(unknown, unknown)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('CHARGE_NOT_FOUND'),
    })
    expect(await existing(online.list)(0)).toMatchObject([
      { kind: 'charge', reference: charge?.reference, amountMinor: 1000, currency: 'XTR', orderId: id },
      { kind: 'refund', reference: charge?.reference, amountMinor: 1000 },
    ])
    expect(await existing(online.list)(chat.clock.now() + MINUTE)).toEqual([])
  })

  test('that Telegram gives back by itself are in the ledger, and the owner is told', async () => {
    const chat = await openPayShop()
    const [ana, olga] = [chat.telegram.person(ANA), chat.staff(701, 'owner')]
    await chat.say(olga, '/start')
    const id = await order(chat, ana, { product: 'Guide', way: 'Telegram Stars' })
    await pay(chat, ana)
    const [charge] = listEntriesOfOrder(chat.shop.db, id)
    await existing(chat.shop.providers.get('stars')?.online?.refund)(existing(charge), existing(charge))
    await chat.settled()
    expect(listEntriesOfOrder(chat.shop.db, id)).toMatchObject([
      { kind: 'charge', state: 'applied' },
      { kind: 'refund', state: 'done', provider: 'stars', amount_minor: 1000, order_minor: 1300 },
    ])
    expect(orderOf(chat, id)).toMatchObject({ payment: 'refunded', refunded_minor: 1300 })
    await olga.sees(/nobody had asked for it here/)
    await chat.pass(2_000)
    await ana.sees(/is given back/)
  })
})

function cancel(work: Work, orderId: number) {
  const { version } = existing(findOrder(work.tx, orderId))
  return takeStep(work, { orderId, step: 'cancel', version, actor: OLGA, reason: 'Sold in the shop' })
}

function buttonsOf(person: PersonDriver): string[] {
  return person.screen()?.buttons.flat() ?? []
}
