import { expect, test } from 'vitest'
import { findOrder } from '../../src/db/orders.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { assignOrder } from '../../src/shop/orders/assign-order.ts'
import type { Actor } from '../../src/shop/work.ts'
import { existing, givenOrder, step } from '../given.ts'
import { openTestShop, ordersOf, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }

async function orderPlaced(chat: TestChat, delivery: 'Pickup' | 'Courier' = 'Courier'): Promise<number> {
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:2:0`)
  for (const label of ['Cart', 'Check out', delivery]) await chat.tap(ana, label)
  if (delivery === 'Courier') await chat.say(ana, 'Rua Nova 1, Lisbon')
  await chat.say(ana, '+351 912 345 678')
  for (const label of ['No note', 'Cash', 'Place order']) await chat.tap(ana, label)
  await chat.pass(60_000)
  return existing(ordersOf(chat.shop, ana)[0]).id
}

function state(chat: TestChat, id: number): string {
  return existing(findOrder(chat.shop.db, id)).fulfilment
}

test('staff work an order from its card: steps, tracking number, undo, and a conflict said clearly', async () => {
  const chat = await openTestShop()
  const olga = chat.staff(901, 'owner')
  const pete = chat.staff(902, 'packer', 'Pete')
  await chat.say(olga, '/start')
  await chat.say(pete, '/start')
  const id = await orderPlaced(chat)

  const card = await olga.sees(`Order #${id}`)
  expect(await chat.tap(olga, 'Accept', card.id)).toBe(`Order #${id} is accepted.`)
  expect(state(chat, id)).toBe('accepted')
  expect(await chat.tap(olga, 'Undo', card.id)).toContain('Undone.')
  expect(state(chat, id)).toBe('placed')
  await chat.pass(10_000)
  await chat.tap(olga, 'Accept', card.id)
  await chat.pass(10_000)

  const petes = await pete.sees(`Order #${id}`)
  const stale = existing(petes.keyboard.flat().find((button) => button.value?.startsWith('s:'))?.value)
  await chat.tap(pete, 'Start packing', petes.id)
  expect(state(chat, id)).toBe('packing')
  expect(await chat.forge(olga, stale, card.id)).toBe(`Order #${id} is packing now.`)

  await chat.pass(10_000)
  await chat.tap(olga, 'Dispatch', card.id)
  expect(wordsOn(chat.shop, olga)).toContain(`Tracking number for order #${id}?`)
  await chat.say(olga, 'x'.repeat(100))
  expect(wordsOn(chat.shop, olga)).toContain('at most 64 characters')
  await chat.say(olga, ' RR123456785PT ')
  expect(wordsOn(chat.shop, olga)).toBe(`Order #${id} is dispatched.`)
  expect(findOrder(chat.shop.db, id)).toMatchObject({
    fulfilment: 'dispatched',
    tracking_number: 'RR123456785PT',
  })
})

test('no tracking number; a cancellation with its reason, or left for another time', async () => {
  const chat = await openTestShop()
  const olga = chat.staff(901, 'owner')
  await chat.say(olga, '/start')
  const id = await orderPlaced(chat)
  const card = await olga.sees(`Order #${id}`)
  await chat.tap(olga, 'Cancel order', card.id)
  await chat.tap(olga, 'Not now')
  expect(state(chat, id)).toBe('placed')
  await chat.say(olga, 'this is no reason any more')
  expect(state(chat, id)).toBe('placed')

  for (const label of ['Accept', 'Start packing', 'Dispatch']) {
    await chat.tap(olga, label, card.id)
    await chat.pass(10_000)
  }
  await chat.tap(olga, 'No tracking number')
  expect(findOrder(chat.shop.db, id)).toMatchObject({ fulfilment: 'dispatched', tracking_number: null })
  await chat.tap(olga, 'Undo', card.id)
  await chat.pass(10_000)
  await chat.tap(olga, 'Cancel order', card.id)
  await chat.say(olga, 'Broken in the store, sorry')
  expect(findOrder(chat.shop.db, id)).toMatchObject({
    fulfilment: 'cancelled',
    cancel_reason: 'Broken in the store, sorry',
  })
})

test('an order that is picked up is ready in one press, without a tracking number', async () => {
  const chat = await openTestShop()
  const olga = chat.staff(901, 'owner')
  await chat.say(olga, '/start')
  const id = await orderPlaced(chat, 'Pickup')
  const card = await olga.sees(`Order #${id}`)
  for (const label of ['Accept', 'Start packing', 'Ready for pickup']) {
    await chat.tap(olga, label, card.id)
    await chat.pass(10_000)
  }
  expect(state(chat, id)).toBe('dispatched')
  await chat.telegram.person(ANA).sees(/ready for you to pick up/)
})

test('a step by a customer, by a packer beyond their role, or forged changes nothing', async () => {
  const chat = await openTestShop()
  const pete = chat.staff(902, 'packer', 'Pete')
  const eve = chat.telegram.person({ id: 666, firstName: 'Eve', languageCode: 'en' })
  await chat.say(pete, '/start')
  await chat.say(eve, '/start')
  const id = await orderPlaced(chat)
  expect(await chat.forge(eve, `s:${id}:1:accept`)).toContain('for the staff')
  expect(await chat.forge(eve, `u:${id}:1`)).toContain('for the staff')
  await chat.forge(eve, `t:${id}:1`)
  expect(wordsOn(chat.shop, eve)).toContain('for the staff')
  expect(await chat.forge(pete, `s:${id}:1:cancel`)).toContain('Your role')
  await chat.forge(pete, `z:${id}:1`)
  expect(wordsOn(chat.shop, pete)).toContain('Your role does not allow this step.')
  expect(await chat.forge(pete, `s:${id}:1:burn`)).toContain('earlier time')
  expect(await chat.forge(pete, 's:999999:1:accept')).toContain('cannot find')
  expect(await chat.forge(pete, `s:${id}:7:accept`)).toContain('is placed now')
  expect(await chat.forge(pete, `u:${id}:1`)).toContain('too late to undo')
  expect(state(chat, id)).toBe('placed')
})

test('staff get the panel behind a button and the menu button; customers do not', async () => {
  const chat = await openTestShop()
  const olga = chat.staff(901, 'owner')
  const ana = chat.telegram.person(ANA)
  await chat.say(olga, '/start')
  await chat.say(ana, '/start')
  expect(olga.openMiniApp('Open the panel')).toContain('http://localhost:8080/app')
  expect(olga.openMiniApp()).toContain('http://localhost:8080/app')
  expect(ana.screen()?.buttons.flat()).not.toContain('🖥 Open the panel')
  expect(() => ana.openMiniApp()).toThrow()
})

test('every message with steps on it offers the next ones once somebody acted', async () => {
  const chat = await openTestShop()
  const olga = chat.staff(901, 'owner')
  const max = chat.staff(902, 'manager', 'Max')
  for (const person of [olga, max]) await chat.say(person, '/start')
  const { shop } = chat
  const order = givenOrder(shop, { payment: 'bank_transfer', variantId: chat.goods.mug })
  const [boss, desk] = [901, 902].map((id): Actor & { id: number } => {
    const person = existing(findPersonByTelegramId(shop.db, id))
    return { kind: 'staff', id: person.id, name: person.name, source: 'panel', role: 'manager' }
  }) as [Actor & { id: number }, Actor & { id: number }]
  const paid = step(shop, desk, order, 'mark_paid')
  shop.write((work) => assignOrder(work, { orderId: order.id, personId: boss.id, actor: desk }))
  await chat.pass(60_000)
  const told = [await olga.sees(/received for order/), await olga.sees(/gave you order/)]
  for (const message of told) expect(message.buttons.flat()).toContain('Accept')
  step(shop, desk, existing(findOrder(shop.db, paid.id)), 'accept')
  await chat.pass(60_000)
  for (const { id } of told) {
    const buttons = existing(olga.messages().find((message) => message.id === id)).buttons.flat()
    expect(buttons).toContain('Start packing')
    expect(buttons).not.toContain('Accept')
  }
})
