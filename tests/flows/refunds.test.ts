import { describe, expect, test } from 'vitest'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { savePaymentMethod } from '../../src/db/checkout.ts'
import { listEntriesOfOrder } from '../../src/db/ledger.ts'
import { findOrder } from '../../src/db/orders.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { recountShop } from '../../src/db/seed-check.ts'
import { sql } from '../../src/db/statement.ts'
import { refundOrder } from '../../src/shop/payments/refund-order.ts'
import { saveStarsRate } from '../../src/shop/payments/stars-rate.ts'
import { takeCharge } from '../../src/shop/payments/store-charge.ts'
import type { Actor } from '../../src/shop/work.ts'
import { existing, givenOrder, step } from '../given.ts'
import { openTestShop, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const TOTAL = 2 * 1500 + 490

/** Two mugs of Ana's, by transfer, and an owner, a manager and a packer who have all said hello. */
async function givenTransfer(payment: 'bank_transfer' | 'cash_on_delivery' = 'bank_transfer') {
  const chat = await openTestShop()
  const [ana, olga, max, pete] = [
    chat.telegram.person(ANA),
    chat.staff(901, 'owner'),
    chat.staff(902, 'manager', 'Max'),
    chat.staff(903, 'packer', 'Pete'),
  ]
  for (const person of [ana, olga, max, pete]) await chat.say(person, '/start')
  const customer = existing(findPersonByTelegramId(chat.shop.db, ANA.id))
  const order = givenOrder(chat.shop, { payment, variantId: chat.goods.mug, person: customer })
  await quiet(chat)
  return { chat, ana, olga, max, pete, id: order.id }
}

/** Lets everybody's messages arrive; a chat takes one a second. */
async function quiet(chat: TestChat): Promise<void> {
  for (let i = 0; i < 6; i++) await chat.pass(2_000)
}

const orderOf = (chat: TestChat, id: number) => existing(findOrder(chat.shop.db, id))
const refundsOf = (chat: TestChat, id: number) =>
  listEntriesOfOrder(chat.shop.db, id).filter((entry) => entry.kind === 'refund')

function actor(chat: TestChat, person: PersonDriver): Actor & { id: number } {
  const row = existing(findPersonByTelegramId(chat.shop.db, person.id))
  return { kind: 'staff', id: row.id, name: row.name, source: 'panel', role: 'owner' }
}

function payTransfer(chat: TestChat, olga: PersonDriver, id: number): void {
  step(chat.shop, actor(chat, olga), orderOf(chat, id), 'mark_paid')
}

function lateMoney(chat: TestChat, id: number, amountMinor = TOTAL): void {
  const { person_id: personId } = orderOf(chat, id)
  const reference = `late-${amountMinor}`
  const money = { orderId: id, personId, amountMinor, orderMinor: amountMinor, currency: 'EUR' }
  takeCharge(chat.shop, { ...money, provider: 'transfer', reference, at: chat.clock.now(), raw: '{}' })
}

/** The order's own card, on which staff press its steps. */
const card = (person: PersonDriver, id: number) => person.sees(new RegExp(`Order #${id}[\\s\\S]*Mug`))

describe('cancelling a paid order in the chat', () => {
  test('asks about the money first, then why; the money is a task until somebody has paid it back', async () => {
    const { chat, ana, olga, max, id } = await givenTransfer()
    payTransfer(chat, olga, id)
    await quiet(chat)
    await chat.tap(olga, 'Cancel order', (await card(olga, id)).id)
    expect(wordsOn(chat.shop, olga)).toContain(`€34.90 came in for order #${id}.`)
    await chat.tap(olga, 'Give back €34.90')
    await chat.say(olga, 'The glaze is faulty')
    expect(orderOf(chat, id)).toMatchObject({ fulfilment: 'cancelled', payment: 'paid' })
    expect(refundsOf(chat, id)).toMatchObject([{ state: 'by_hand', amount_minor: TOTAL }])
    await quiet(chat)
    await ana.sees(/The glaze is faulty[\s\S]*You get the €34.90 you paid back/)
    await ana.sees(/Total €34.90 · Paid, to be given back/)

    const task = await max.sees(/Please give back €34.90 for order #\d+ by hand \(bank transfer\)/)
    expect(await chat.tap(max, 'It is given back', task.id)).toContain('Noted')
    expect(orderOf(chat, id).payment).toBe('refunded')
    await quiet(chat)
    await ana.sees(/€34.90 for order #\d+ is given back/)
    await olga.sees(/Please give back[\s\S]*Paid back · decided by Max/)
    const old = existing(task.keyboard.flat().find((button) => button.value?.startsWith('rd:'))?.value)
    expect(await chat.forge(olga, old)).toContain('given back already')
    expect(recountShop(chat.shop.db)).toEqual([])
  })

  test('undone in time, nobody gives anything back', async () => {
    const { chat, olga, max, id } = await givenTransfer()
    payTransfer(chat, olga, id)
    await quiet(chat)
    const { id: cardId } = await card(olga, id)
    await chat.tap(olga, 'Cancel order', cardId)
    await chat.tap(olga, 'Give back €34.90')
    await chat.tap(olga, 'Give no reason')
    await chat.tap(olga, 'Undo', cardId)
    await quiet(chat)
    expect(orderOf(chat, id)).toMatchObject({ fulfilment: 'placed', payment: 'paid', needs_review: null })
    expect(refundsOf(chat, id)).toMatchObject([{ state: 'void' }])
    expect(max.messages().filter((message) => message.text?.includes('Please give back'))).toEqual([])
  })

  test('left for later, waits on a notice that whoever is first decides', async () => {
    const { chat, ana, olga, max, pete, id } = await givenTransfer()
    payTransfer(chat, olga, id)
    await quiet(chat)
    await chat.tap(olga, 'Cancel order', (await card(olga, id)).id)
    await chat.tap(olga, 'Decide later')
    await chat.tap(olga, 'Give no reason')
    await quiet(chat)
    await ana.sees(/The shop will get in touch about the money/)
    const asked = await max.sees(/€34.90 needs a decision: order #\d+ was cancelled after money had come/)
    expect(await chat.forge(pete, `mo:${id}:keep`)).toContain('Only owners and managers')
    expect(await chat.forge(ana, `mo:${id}:keep`)).toContain('for the staff')
    expect(await chat.tap(max, 'Keep it', asked.id)).toBe('The shop keeps it.')
    expect(await chat.forge(olga, `mo:${id}:refund`)).toContain('decided about the money')
    expect(refundsOf(chat, id)).toEqual([])
    await quiet(chat)
    await olga.sees(/needs a decision[\s\S]*Kept · decided by Max/)
    await ana.sees(/The shop keeps €34.90/)
  })

  test('by the customer, asks the shop what becomes of it', async () => {
    const { chat, ana, olga, id } = await givenTransfer()
    payTransfer(chat, olga, id)
    await quiet(chat)
    const { version } = orderOf(chat, id)
    await chat.forge(ana, `x:${id}:${version}`)
    expect(wordsOn(chat.shop, ana)).toContain('You have paid €34.90.')
    await chat.tap(ana, /Yes, cancel/)
    expect(orderOf(chat, id).fulfilment).toBe('cancelled')
    await quiet(chat)
    await ana.sees(/You had paid €34.90. The shop will get in touch about the money/)
    const asked = await olga.sees(/€34.90 needs a decision/)
    await chat.tap(olga, 'Give it back', asked.id)
    await quiet(chat)
    expect((await card(olga, id)).text).toContain('Cancelled · Ana')
    await olga.sees(/needs a decision[\s\S]*To be given back · decided by Olga/)
    await quiet(chat)
    expect(refundsOf(chat, id)).toMatchObject([{ state: 'by_hand' }])
    await ana.sees(/The shop gives you €34.90 back/)
    expect(orderOf(chat, id).needs_review).toBeNull()
  })
})

describe('money that fits nowhere', () => {
  test('after the order was cancelled takes it up again, or says what is sold out', async () => {
    const { chat, ana, olga, max, id } = await givenTransfer()
    await chat.tap(olga, 'Cancel order', (await card(olga, id)).id)
    await chat.tap(olga, 'Give no reason')
    await quiet(chat)
    lateMoney(chat, id)
    await quiet(chat)
    await ana.sees(/, which had been cancelled\. The shop looks at it/)
    const asked = await olga.sees(/€34.90 needs a decision: order #\d+ had been cancelled/)
    expect(asked.buttons.flat()).toEqual(
      expect.arrayContaining(['Take the order after all', 'Give it back', 'Keep it']),
    )
    const rest = givenOrder(chat.shop, { variantId: chat.goods.mug, quantity: 19 })
    expect(await chat.tap(olga, 'Take the order after all', asked.id)).toContain('Mug has been sold')
    step(chat.shop, actor(chat, olga), rest, 'cancel')
    expect(await chat.tap(olga, 'Take the order after all', asked.id)).toContain('counts for the order')
    expect(orderOf(chat, id)).toMatchObject({ stage: 'placed', payment: 'paid', needs_review: null })
    await quiet(chat)
    await ana.sees(/goes on after all/)
    await max.sees(/needs a decision[\s\S]*Counted for the order · decided by Olga/)
    expect(recountShop(chat.shop.db)).toEqual([])
  })

  test('twice goes back, and the second press finds it decided', async () => {
    const { chat, ana, olga, max, id } = await givenTransfer()
    payTransfer(chat, olga, id)
    lateMoney(chat, id)
    await quiet(chat)
    const [first, second] = [await olga.sees(/was paid already/), await max.sees(/was paid already/)]
    expect(first.buttons.flat()).not.toContain('Count it for the order')
    await olga.press('Give it back', { messageId: first.id })
    const { text } = await max.press('Keep it', { messageId: second.id })
    await quiet(chat)
    expect(text).toContain('decided about this money already')
    expect(orderOf(chat, id)).toMatchObject({ payment: 'paid', charged_minor: TOTAL, refunded_minor: 0 })
    await ana.sees(/The shop gives you €34.90 back/)
    const task = await olga.sees(/Please give back €34.90/)
    await chat.tap(olga, 'It is given back', task.id)
    await quiet(chat)
    expect(orderOf(chat, id)).toMatchObject({ payment: 'paid', refunded_minor: 0, needs_review: null })
    expect(listEntriesOfOrder(chat.shop.db, id)[1]).toMatchObject({ state: 'returned' })
    expect(recountShop(chat.shop.db)).toEqual([])
  })

  test('for no order anybody knows is decided about all the same', async () => {
    const { chat, olga, max } = await givenTransfer()
    const stray = { provider: 'transfer', reference: 'stray', orderId: 77, personId: null } as const
    const money = { amountMinor: 900, orderMinor: 900, currency: 'EUR', at: chat.clock.now(), raw: '{}' }
    takeCharge(chat.shop, { ...stray, ...money })
    await quiet(chat)
    const asked = await olga.sees(/€9.00 needs a decision: nobody knows for which order it is/)
    expect(asked.buttons.flat()).not.toContain('Count it for the order')
    await chat.tap(olga, 'Keep it', asked.id)
    await quiet(chat)
    await max.sees(/nobody knows[\s\S]*Kept · decided by Olga/)
  })
})

test('Stars go back through Telegram, whole, and the order and the customer follow', async () => {
  const chat = await openTestShop({ UNDO_SECONDS: '0' })
  chat.shop.db.write((tx) => {
    savePaymentMethod(tx, { kind: 'stars', instructions: '', active: 1 })
    saveStarsRate(tx, 130)
    const now = chat.clock.now()
    const guide = { handle: 'guide', title: 'Guide', digital: 1, created_at: now, updated_at: now } as const
    const { id } = tx.run(sql.insertInto('products').values(guide))
    tx.run(sql.insertInto('variants').values({ product_id: id, price_minor: 1300, available: 5 }))
  })
  const ana = chat.telegram.person(ANA)
  const olga = chat.staff(901, 'owner')
  await chat.say(olga, '/start')
  await chat.say(ana, '/start')
  for (const button of ['Shop', 'Everything else', 'Guide', /^Add 1/, /Cart/, /^Check out/])
    await chat.tap(ana, button)
  if (wordsOn(chat.shop, ana).includes('phone')) await chat.say(ana, '+351 912 345 678')
  await chat.tap(ana, 'No note')
  await chat.tap(ana, 'Telegram Stars')
  await chat.tap(ana, /Place order/)
  await quiet(chat)
  await ana.pay()
  await quiet(chat)
  const id = existing(chat.shop.db.first(sql.selectFrom('orders').select('id'))).id
  const refund = (amountMinor: number) => {
    const { version } = orderOf(chat, id)
    const command = { orderId: id, version, amountMinor, actor: actor(chat, olga) }
    return chat.shop.write((work) => refundOrder(work, command))
  }
  expect(() => refund(500)).toThrow('only goes back whole')
  refund(1300)
  await quiet(chat)
  expect(orderOf(chat, id)).toMatchObject({ payment: 'refunded', refunded_minor: 1300 })
  expect(refundsOf(chat, id)).toMatchObject([{ state: 'done', provider: 'stars', amount_minor: 1000 }])
  await ana.sees(/⭐ 1,000 for order #\d+ is given back/)
  expect(recountShop(chat.shop.db)).toEqual([])
})
