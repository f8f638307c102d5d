import { expect, test } from 'vitest'
import { availableOf, openTestShop, ordersOf, screenOf, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }

async function fillCart(chat: TestChat, ana: ReturnType<TestChat['staff']>): Promise<void> {
  await chat.say(ana, '/start')
  await chat.tap(ana, 'Shop')
  await chat.tap(ana, 'Bath')
  await chat.tap(ana, 'Lavender Soap')
  await chat.tap(ana, '250 g')
  await chat.tap(ana, '+')
  await chat.tap(ana, /^Add 2/)
}

test('a whole order, paid on delivery: from /start to its number', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)

  await chat.say(ana, '/start')
  expect(wordsOn(chat.shop, ana)).toContain('Welcome to LittleShop, Ana.')
  await chat.tap(ana, 'Shop')
  expect(screenOf(chat.shop, ana).buttons).toEqual([['Bath', 'Kitchen'], ['Everything else'], ['‹ Back']])
  await chat.tap(ana, 'Bath')
  expect(screenOf(chat.shop, ana).buttons).toEqual([['Lavender Soap · from €5.00'], ['‹ Back']])
  await chat.tap(ana, 'Lavender Soap')
  expect(screenOf(chat.shop, ana).photo).toBeDefined()
  expect(wordsOn(chat.shop, ana)).toContain('€5.00 · 50 in stock')
  await chat.tap(ana, '250 g')
  expect(wordsOn(chat.shop, ana)).toContain('€12.50 · 12 in stock')
  await chat.tap(ana, '+')
  expect(await chat.tap(ana, 'Add 2 · €25.00')).toBe('In your cart: 2 × Lavender Soap, 250 g')
  await chat.tap(ana, 'Cart · €25.00')
  expect(wordsOn(chat.shop, ana)).toContain('2 × €12.50 = €25.00')
  await chat.tap(ana, 'Check out · €25.00')
  await chat.tap(ana, 'Courier · €4.90')
  await chat.say(ana, 'Rua  Nova 1\n\n  \nLisbon <b>')
  await chat.say(ana, '+351 912 345 678')
  await chat.say(ana, 'Ring twice')
  await chat.tap(ana, 'Cash or card on delivery')
  const summary = wordsOn(chat.shop, ana)
  expect(summary).toContain('2 × Lavender Soap, 250 g · €25.00')
  expect(summary).toContain('Courier · €4.90')
  expect(summary).toContain('📍 Rua Nova 1\nLisbon <b>')
  expect(summary).toContain('Total €29.90')
  await chat.tap(ana, 'Place order · €29.90')

  const [order] = ordersOf(chat.shop, ana)
  expect(order).toMatchObject({
    total_minor: 2990,
    payment: 'due_on_delivery',
    address: 'Rua Nova 1\nLisbon <b>',
    phone: '+351 912 345 678',
    note: 'Ring twice',
  })
  expect(wordsOn(chat.shop, ana)).toContain(`Order #${order?.id} is placed.`)
  expect(availableOf(chat.shop, chat.goods.large)).toBe(10)
})

test('a bank transfer says what to pay, to whom and with which reference', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await fillCart(chat, ana)

  await chat.tap(ana, 'Cart')
  await chat.tap(ana, 'Check out')
  await chat.tap(ana, 'Pickup')
  await chat.say(ana, '+351 912 345 678')
  await chat.tap(ana, 'No note')
  await chat.tap(ana, 'Bank transfer')
  await chat.tap(ana, 'Place order · €25.00')

  const [order] = ordersOf(chat.shop, ana)
  expect(order).toMatchObject({ stage: 'unpaid', payment: 'pending', address: null, note: null })
  await chat.pass(5_000)
  const card = await ana.sees(/€25\.00 with the reference Order \d+\.\nIBAN XX00 1234/)
  const copied = await ana.press('Copy reference', { messageId: card.id })
  expect(copied.copied).toBe(`Order ${order?.id}`)
})

test('address and phone are asked once and offered the next time; every answer can be changed', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await fillCart(chat, ana)
  await chat.tap(ana, 'Cart')
  await chat.tap(ana, 'Check out')
  await chat.tap(ana, 'Courier')
  await chat.say(ana, 'Rua Nova 1, Lisbon')
  await chat.tap(ana, 'Share my phone number')
  await chat.settled()
  await chat.tap(ana, 'No note')
  await chat.tap(ana, 'Cash')
  await chat.tap(ana, 'Place order')
  expect(ana.keys()).toEqual([])

  await fillCart(chat, ana)
  await chat.tap(ana, 'Cart')
  await chat.tap(ana, 'Check out')
  await chat.tap(ana, 'Courier')
  await chat.tap(ana, 'Rua Nova 1, Lisbon')
  await chat.tap(ana, '+15550000501')
  expect(ana.keys()).toEqual([])
  await chat.say(ana, 'First note')
  await chat.tap(ana, 'Cash')
  expect(wordsOn(chat.shop, ana)).toContain('📍 Rua Nova 1, Lisbon\n☎️ +15550000501\n✏️ First note')

  await chat.tap(ana, /^Note$/)
  expect(wordsOn(chat.shop, ana)).toContain('So far: First note')
  await chat.say(ana, 'Second note')
  await chat.tap(ana, /^Address$/)
  await chat.tap(ana, 'Back')
  await chat.tap(ana, /^Payment$/)
  await chat.tap(ana, 'Bank transfer')
  await chat.tap(ana, /^Delivery$/)
  await chat.tap(ana, 'Pickup')
  const summary = wordsOn(chat.shop, ana)
  expect(summary).toContain('✏️ Second note\n💶 Bank transfer')
  expect(summary).not.toContain('Rua Nova')
  await chat.tap(ana, /^Payment$/)
  await chat.tap(ana, 'Cash or card at pickup')
  expect(wordsOn(chat.shop, ana)).toContain('💶 Cash or card at pickup')
  await chat.tap(ana, 'Place order · €25.00')
  expect(ordersOf(chat.shop, ana)).toHaveLength(2)
})

test('the cart: more, fewer, gone, and what is short is said with a way out', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/cart')
  expect(wordsOn(chat.shop, ana)).toContain('Your cart is empty.')
  await chat.forge(ana, `a:${chat.goods.tea}:3:0`)
  expect(wordsOn(chat.shop, ana)).toContain('You have all of it in your cart.')
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  await chat.say(ana, '/cart')
  expect(screenOf(chat.shop, ana).buttons[0]).toEqual(['−', '1. × 3', '+'])
  expect(await chat.tap(ana, '+')).toBe('Only 3 left.')
  await chat.tap(ana, '−')
  await chat.tap(ana, '✕')
  expect(screenOf(chat.shop, ana).buttons[0]).toEqual(['−', '1. × 2', '+'])
  expect(wordsOn(chat.shop, ana)).not.toContain('Mug')

  const { shop, goods } = chat
  const { sql } = await import('../../src/db/statement.ts')
  shop.db.write((tx) => {
    tx.run(sql.updateTable('variants').set({ available: 1 }).where('id', '=', goods.tea))
  })
  expect(await chat.tap(ana, 'Check out')).toContain('put your cart right')
  expect(wordsOn(chat.shop, ana)).toContain('⚠️ Only 1 left')
  await chat.tap(ana, 'Take 1 of Green Tea')
  expect(wordsOn(chat.shop, ana)).toContain('1 × €9.90 = €9.90')
})
