import { expect, test } from 'vitest'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { savePaymentMethod } from '../../src/db/checkout.ts'
import { findDiscountCode } from '../../src/db/discounts.ts'
import { sql } from '../../src/db/statement.ts'
import { expireOrders } from '../../src/shop/orders/expire-orders.ts'
import { type DiscountEdit, editDiscount } from '../../src/shop/pricing/edit-discount.ts'
import { editTaxRates } from '../../src/shop/pricing/edit-tax-rates.ts'
import { SYSTEM } from '../../src/shop/work.ts'
import { existing } from '../given.ts'
import { openTestShop, ordersOf, screenOf, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const BEN = { id: 502, firstName: 'Ben', languageCode: 'en' }
const DAY_MS = 86_400_000

const TEA10: DiscountEdit = {
  id: null,
  code: 'TEA10',
  kind: 'percent',
  value: 1000,
  startsAt: null,
  endsAt: null,
  minimumMinor: 0,
  perCustomer: null,
  totalUses: null,
  active: true,
}

function givenCode(chat: TestChat, wish: Partial<DiscountEdit> = {}): void {
  chat.shop.write((work) => editDiscount(work, { ...TEA10, ...wish }, SYSTEM))
}

function givenTax(chat: TestChat, basisPoints: number, included: boolean): void {
  const rate = { id: null, name: 'VAT', basisPoints, included, usual: true, active: true }
  chat.shop.write((work) => editTaxRates(work, [rate], SYSTEM))
}

function makeDigital(chat: TestChat, title: string): void {
  chat.shop.db.write((tx) =>
    tx.run(sql.updateTable('products').set({ digital: 1 }).where('title', '=', title)),
  )
}

/** From the cart, with two mugs at 15.00 in it, to the summary: brought for 4.90. */
async function toSummary(chat: TestChat, person: PersonDriver, pay = 'Cash'): Promise<void> {
  await chat.say(person, '/start')
  await chat.forge(person, `a:${chat.goods.mug}:2:0`)
  await chat.say(person, '/cart')
  await chat.tap(person, 'Check out')
  await chat.tap(person, 'Courier')
  await chat.say(person, 'Rua Nova 1, Lisbon')
  await chat.say(person, '+351 912 345 678')
  await chat.tap(person, 'No note')
  await chat.tap(person, pay)
}

async function giveCode(chat: TestChat, person: PersonDriver, code = 'TEA10'): Promise<void> {
  await chat.tap(person, 'I have a code')
  await chat.say(person, code)
}

function usesOf(chat: TestChat): number {
  return existing(findDiscountCode(chat.shop.db, 'TEA10')).used
}

test('a code is typed, comes off, can be removed, and is on every later word about the order', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await toSummary(chat, ana)
  expect(screenOf(chat.shop, ana).buttons.flat()).not.toContain('🎟 I have a code')

  givenCode(chat)
  await chat.tap(ana, 'Note')
  await chat.tap(ana, 'No note')
  await giveCode(chat, ana, ' tea10')
  expect(wordsOn(chat.shop, ana)).toContain('Code TEA10 −€3.00\n\nTotal €31.90')
  await chat.tap(ana, 'Remove code TEA10')
  expect(wordsOn(chat.shop, ana)).toContain('Total €34.90')
  expect(wordsOn(chat.shop, ana)).not.toContain('TEA10')

  await giveCode(chat, ana)
  await chat.tap(ana, 'Place order · €31.90')
  expect(ordersOf(chat.shop, ana)).toMatchObject([{ total_minor: 3190, discount_code: 'TEA10' }])
  await chat.pass(5_000)
  await ana.sees(/Courier · €4\.90\nCode TEA10 −€3\.00\nTotal €31\.90 · To be paid on delivery/)
  await chat.tap(ana, 'Order #1001')
  expect(wordsOn(chat.shop, ana)).toContain('Code TEA10 −€3.00\nTotal €31.90')
})

test('a code that is refused says why, and another one can be typed at once', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  const now = chat.clock.now()
  givenCode(chat, { code: 'SOON', startsAt: now + DAY_MS })
  givenCode(chat, { code: 'LATE', endsAt: now })
  givenCode(chat, { code: 'BIG', minimumMinor: 5000 })
  givenCode(chat, { code: 'ONCE', perCustomer: 1 })
  givenCode(chat, { code: 'LAST', totalUses: 1 })
  givenCode(chat)
  const ben = chat.telegram.person(BEN)
  await toSummary(chat, ben)
  await giveCode(chat, ben, 'last')
  await chat.tap(ben, 'Place order · €31.90')
  await toSummary(chat, ana)
  await giveCode(chat, ana, 'once')
  await chat.tap(ana, 'Place order · €31.90')

  await toSummary(chat, ana)
  await chat.tap(ana, 'I have a code')
  for (const [code, why] of [
    ['<b>nothing', 'I do not know this code.'],
    ['SOON', 'The code SOON works from'],
    ['LATE', 'The code LATE is over.'],
    ['BIG', 'The code BIG works from €50.00 on: €20.00 more in your cart, and it counts.'],
    ['ONCE', 'You have used the code ONCE already.'],
    ['LAST', 'The code LAST has been used up.'],
  ] as const) {
    await chat.say(ana, code)
    expect(wordsOn(chat.shop, ana)).toContain(`⚠️ ${why}`)
  }
  await chat.say(ana, 'TEA10')
  expect(wordsOn(chat.shop, ana)).toContain('Total €31.90')
})

test('two people see the last use: one has it, the other is told, sees the new total, and can still order', async () => {
  const chat = await openTestShop()
  givenCode(chat, { totalUses: 1 })
  const [ana, ben] = [chat.telegram.person(ANA), chat.telegram.person(BEN)]
  for (const person of [ana, ben]) {
    await toSummary(chat, person)
    await giveCode(chat, person)
    expect(wordsOn(chat.shop, person)).toContain('Total €31.90')
  }
  const answers = await Promise.all([ana, ben].map((person) => person.press('Place order · €31.90')))
  await chat.settled()

  const told = answers.map((answer) => answer.text).filter(Boolean)
  expect(told).toEqual(['The code TEA10 has been used up. Please look at the new total before you order.'])
  const loser = ordersOf(chat.shop, ana).length === 0 ? ana : ben
  expect(ordersOf(chat.shop, loser)).toEqual([])
  expect(usesOf(chat)).toBe(1)
  expect(wordsOn(chat.shop, loser)).toContain('⚠️ The code TEA10 has been used up.')
  await chat.tap(loser, 'Place order · €34.90')
  expect(ordersOf(chat.shop, loser)).toMatchObject([{ total_minor: 3490, discount_minor: 0 }])
})

test('a code is given back when the customer cancels, and when nobody pays', async () => {
  const chat = await openTestShop()
  givenCode(chat, { totalUses: 1 })
  const ana = chat.telegram.person(ANA)
  await toSummary(chat, ana)
  await giveCode(chat, ana)
  await chat.tap(ana, 'Place order')
  await chat.tap(ana, 'Order #1001')
  await chat.tap(ana, 'Cancel this order')
  await chat.tap(ana, 'Yes, cancel')
  expect(usesOf(chat)).toBe(0)

  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:2:0`)
  await chat.say(ana, '/cart')
  await chat.tap(ana, 'Check out')
  await chat.tap(ana, 'Pickup')
  await chat.tap(ana, '+351 912 345 678')
  await chat.tap(ana, 'No note')
  await chat.tap(ana, 'Bank transfer')
  await giveCode(chat, ana)
  await chat.tap(ana, 'Place order · €27.00')
  expect(usesOf(chat)).toBe(1)
  await chat.pass(8 * DAY_MS)
  expireOrders(chat.shop)
  expect(ordersOf(chat.shop, ana)).toMatchObject([{ payment: 'due_on_delivery' }, { payment: 'expired' }])
  expect(usesOf(chat)).toBe(0)
})

test('tax that is not in the prices is on the cart, the summary and the order, and in what is charged', async () => {
  const chat = await openTestShop()
  givenTax(chat, 2100, false)
  const olga = chat.staff(701, 'owner')
  await chat.say(olga, '/start')
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:2:0`)
  await chat.say(ana, '/cart')
  expect(wordsOn(chat.shop, ana)).toContain('plus 21 % VAT €6.30\nTotal €36.30')
  await toSummary(chat, ana)
  // 21 % of 30.00 + 4.90
  expect(wordsOn(chat.shop, ana)).toContain('plus 21 % VAT €7.33\n\nTotal €42.23')
  await chat.tap(ana, 'Place order · €42.23')
  expect(ordersOf(chat.shop, ana)).toMatchObject([
    { total_minor: 4223, tax_added_minor: 733, tax_minor: 733, items_minor: 3000 },
  ])
  await chat.pass(5_000)
  await ana.sees(/plus 21 % VAT €7\.33\nTotal €42\.23/)
  await olga.sees(/Order #1001 · €42\.23[\s\S]*plus 21 % VAT €7\.33/)
})

test('tax that is in the prices is shown below the total, and changes nothing', async () => {
  const chat = await openTestShop()
  givenTax(chat, 550, true)
  const ana = chat.telegram.person(ANA)
  await toSummary(chat, ana)
  expect(wordsOn(chat.shop, ana)).toContain('Total €34.90\nincl. 5.5 % VAT €1.82')
  await chat.tap(ana, 'Place order · €34.90')
  await chat.pass(5_000)
  await ana.sees(/Total €34\.90 · To be paid on delivery\nincl\. 5\.5 % VAT €1\.82/)
})

test('digital goods are asked for no delivery, no address and no phone, and are sent, not fetched', async () => {
  const chat = await openTestShop()
  makeDigital(chat, 'Mug')
  const olga = chat.staff(701, 'owner')
  await chat.say(olga, '/start')
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:2:0`)
  await chat.say(ana, '/cart')
  expect(wordsOn(chat.shop, ana)).not.toContain('Delivery is chosen')
  await chat.tap(ana, 'Check out')
  await chat.tap(ana, 'No note')
  const summary = wordsOn(chat.shop, ana)
  expect(summary).toContain('📲 Comes to you here, in the chat')
  expect(summary).toContain('💶 Bank transfer')
  await chat.forge(ana, 'qm:cash_on_delivery')
  expect(wordsOn(chat.shop, ana)).toContain('💶 Bank transfer')
  await chat.tap(ana, 'Place order · €30.00')
  expect(ordersOf(chat.shop, ana)).toMatchObject([
    { delivery_method: 'Digital', delivery_minor: 0, address: null, phone: null, total_minor: 3000 },
  ])
  await chat.pass(5_000)
  await ana.sees(/2 × Mug · €30\.00\n\n📲 Comes to you here, in the chat\nTotal €30\.00/)
})

test('with something to bring in the cart, delivery is asked for as ever', async () => {
  const chat = await openTestShop()
  makeDigital(chat, 'Green Tea')
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.tea}:1:0`)
  await toSummary(chat, ana)
  await chat.tap(ana, 'Place order · €44.80')
  expect(ordersOf(chat.shop, ana)).toMatchObject([{ delivery_method: 'Courier', total_minor: 4480 }])
})

test('what cannot be paid for here is said before anything is asked', async () => {
  const chat = await openTestShop()
  makeDigital(chat, 'Mug')
  chat.shop.db.write((tx) =>
    savePaymentMethod(tx, { kind: 'bank_transfer', instructions: 'IBAN XX00 1234', active: 0 }),
  )
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  await chat.say(ana, '/cart')
  expect(await chat.tap(ana, 'Check out')).toContain('cannot be paid for here at the moment')
  expect(wordsOn(chat.shop, ana)).toContain('Your cart')
})

test('a way to pay that is not set up, or not for these goods, cannot be forged', async () => {
  const chat = await openTestShop()
  chat.shop.db.write((tx) => {
    for (const kind of ['stars', 'btcpay'] as const)
      savePaymentMethod(tx, { kind, instructions: '', active: 1 })
  })
  const ana = chat.telegram.person(ANA)
  await toSummary(chat, ana)
  await chat.tap(ana, 'Payment')
  expect(screenOf(chat.shop, ana).buttons.flat()).toEqual([
    'Cash or card on delivery',
    'Bank transfer',
    '‹ Back',
  ])
  for (const kind of ['stars', 'btcpay', 'constructor']) {
    expect(await chat.forge(ana, `qm:${kind}`)).toBe('This order cannot be paid that way.')
  }
  expect(wordsOn(chat.shop, ana)).toContain('💶 Cash or card on delivery')
})

test.each([3, 10])('the largest cart fits on its screens with a long code and %i taxes', async (count) => {
  const chat = await openTestShop({ CURRENCY: 'IDR' })
  const ana = chat.telegram.person(ANA)
  const rates = Array.from({ length: count }, (_, i) => ({ name: 'W'.repeat(40), basisPoints: 9910 + i }))
  const rest = { id: null, included: false, usual: false, active: true }
  chat.shop.write((work) => {
    const all = rates.map((rate) => ({ ...rate, ...rest }))
    editTaxRates(work, all, SYSTEM)
    editDiscount(work, { ...TEA10, code: 'W'.repeat(24), value: 1 }, SYSTEM)
    savePaymentMethod(work.tx, { kind: 'bank_transfer', instructions: 'I'.repeat(500), active: 1 })
    for (let i = 0; i < 30; i++) {
      const at = { created_at: 0, updated_at: 0, category_id: null, tax_rate_id: 1 + (i % count) }
      const product = { handle: `w${i}`, title: 'W'.repeat(255), ...at }
      const { id } = work.tx.run(sql.insertInto('products').values(product))
      const variant = { product_id: id, title: 'x', price_minor: 1_000_000_000, sku: null, available: 99 }
      work.tx.run(sql.insertInto('variants').values(variant))
    }
  })
  const variants = chat.shop.db.all(sql.selectFrom('variants').select('id').where('available', '=', 99))
  await chat.say(ana, '/start')
  for (const { id } of variants) await chat.forge(ana, `a:${id}:99:0`)
  await chat.say(ana, '/cart')
  expect(wordsOn(chat.shop, ana)).toContain(count === 3 ? 'plus 99.12 % WWW' : 'plus tax IDR')
  for (const data of ['b', 'qd:2']) await chat.forge(ana, data)
  for (const text of ['R'.repeat(300), '+351 912 345 678', 'N'.repeat(500)]) await chat.say(ana, text)
  await chat.tap(ana, 'Bank')
  await giveCode(chat, ana, 'w'.repeat(24))
  expect(wordsOn(chat.shop, ana)).toContain(`Code ${'W'.repeat(24)} −IDR`)
  await chat.tap(ana, 'Place order')
  await chat.pass(5_000)
  const { id } = existing(ordersOf(chat.shop, ana)[0])
  await chat.forge(ana, `d:${id}`)
  expect(wordsOn(chat.shop, ana)).toContain(`Order #${id} ·`)
})
