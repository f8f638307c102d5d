import { expect, test } from 'vitest'
import { savePaymentMethod } from '../../src/db/checkout.ts'
import { findOrder } from '../../src/db/orders.ts'
import { findReview } from '../../src/db/reviews.ts'
import { sql } from '../../src/db/statement.ts'
import type { StepName } from '../../src/shop/orders/machine.ts'
import { takeStep } from '../../src/shop/orders/take-step.ts'
import { existing } from '../given.ts'
import { availableOf, openTestShop, ordersOf, screenOf, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }

/** An order of two mugs, to be fetched; the order's card is in the chat. */
async function orderMugs(chat: TestChat, ana: ReturnType<TestChat['staff']>): Promise<number> {
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:2:0`)
  await chat.tap(ana, 'Cart')
  await chat.tap(ana, 'Check out')
  await chat.tap(ana, 'Pickup')
  if (ordersOf(chat.shop, ana).length === 0) await chat.say(ana, '+351 912 345 678')
  else await chat.tap(ana, '+351 912 345 678')
  await chat.tap(ana, 'No note')
  await chat.tap(ana, 'Cash')
  await chat.tap(ana, 'Place order')
  await chat.pass(60_000)
  return existing(ordersOf(chat.shop, ana).at(-1)).id
}

function work(chat: TestChat, orderId: number, ...steps: StepName[]): void {
  for (const step of steps) {
    const { version } = existing(findOrder(chat.shop.db, orderId))
    const actor = { kind: 'staff', id: null, name: 'Olga', source: 'panel', role: 'owner' } as const
    chat.shop.write((w) => takeStep(w, { orderId, step, version, actor, trackingNumber: 'RR123456785PT' }))
  }
}

test('the order can be followed, and is cancelled only after a second question', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  const id = await orderMugs(chat, ana)
  await chat.say(ana, '/orders')
  expect(wordsOn(chat.shop, ana)).toContain(`#${id} · Jan 5, 2026 · €30.00\nPlaced`)
  await chat.tap(ana, `#${id}`, screenOf(chat.shop, ana).id)
  expect(wordsOn(chat.shop, ana)).toMatch(/●\sPlaced\s○\sAccepted/)
  const screen = screenOf(chat.shop, ana)
  await chat.tap(ana, 'Cancel this order')
  expect(wordsOn(chat.shop, ana)).toContain(`Cancel order #${id}?`)
  // The same spot that was pressed now keeps the order.
  const spot = screen.buttons.findIndex((row) => row.includes('Cancel this order'))
  expect(screenOf(chat.shop, ana).buttons[spot]).toEqual(['Keep the order'])
  await chat.tap(ana, 'Keep the order')
  expect(ordersOf(chat.shop, ana)[0]?.fulfilment).toBe('placed')
  await chat.tap(ana, 'Cancel this order')
  const question = screenOf(chat.shop, ana)
  expect(await chat.tap(ana, 'Yes, cancel')).toBe(`Order #${id} is cancelled.`)
  expect(wordsOn(chat.shop, ana)).toContain('✕ Cancelled')
  expect(wordsOn(chat.shop, ana)).not.toContain('To be paid')
  expect(availableOf(chat.shop, chat.goods.mug)).toBe(20)

  const yes = existing(question.keyboard[0]?.[0]?.value)
  await chat.forge(ana, yes, question.id)
  expect(wordsOn(chat.shop, ana)).toContain('✕ Cancelled')
  expect(availableOf(chat.shop, chat.goods.mug)).toBe(20)
})

test('an order that is being packed cannot be cancelled, even by a button from before', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  const id = await orderMugs(chat, ana)
  await chat.forge(ana, `d:${id}`)
  await chat.tap(ana, 'Cancel this order')
  work(chat, id, 'accept', 'pack')
  const alert = await chat.tap(ana, 'Yes, cancel')
  expect(alert).toBe(`Order #${id} is packing now.`)
  expect(ordersOf(chat.shop, ana)[0]?.fulfilment).toBe('packing')
  expect(screenOf(chat.shop, ana).buttons.flat()).not.toContain('Cancel this order')
})

test('ordering again fills the cart, and says what is left out', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  const id = await orderMugs(chat, ana)
  const { sql } = await import('../../src/db/statement.ts')
  chat.shop.db.write((tx) => {
    tx.run(sql.updateTable('variants').set({ available: 1 }).where('id', '=', chat.goods.mug))
  })
  await chat.forge(ana, `d:${id}`)
  await chat.tap(ana, 'Order again')
  expect(wordsOn(chat.shop, ana)).toContain('Not in stock as before: Mug')
  expect(wordsOn(chat.shop, ana)).toContain('1 × €15.00 = €15.00')

  await chat.tap(ana, '✕')
  chat.shop.db.write((tx) => {
    tx.run(sql.updateTable('variants').set({ available: 0 }).where('id', '=', chat.goods.mug))
  })
  await chat.forge(ana, `d:${id}`)
  await chat.tap(ana, 'Order again')
  expect(wordsOn(chat.shop, ana)).toContain('Nothing of that order can be had at the moment: Mug')
  expect(wordsOn(chat.shop, ana)).not.toContain('in the cart again')
})

test('after delivery: stars on the notice, then words; both can be said again', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  const id = await orderMugs(chat, ana)
  work(chat, id, 'accept', 'pack', 'dispatch')
  await chat.forge(ana, `d:${id}`)
  expect((await ana.press('Copy tracking number')).copied).toBe('RR123456785PT')
  expect(await chat.forge(ana, `rs:${id}:5`)).toBe('An order can be rated once it has arrived.')
  work(chat, id, 'deliver')
  await chat.pass(60_000)

  const notice = await ana.sees('How was it?')
  await chat.tap(ana, '4 ★', notice.id)
  expect(wordsOn(chat.shop, ana)).toContain('★★★★☆ Thank you.')
  expect(ana.messages().some((message) => message.id === notice.id)).toBe(true)
  await chat.tap(ana, '5 ★', notice.id)
  await chat.tap(ana, 'Write a few words')
  await chat.say(ana, 'Lovely <mugs> & quick 💛')
  expect(wordsOn(chat.shop, ana)).toContain('Thank you for your words.')
  expect(findReview(chat.shop.db, id)).toMatchObject({ rating: 5, words: 'Lovely <mugs> & quick 💛' })
  await chat.forge(ana, `w:${id}`)
  await chat.say(ana, 'x'.repeat(2000))
  expect(wordsOn(chat.shop, ana)).toContain('at most 1000 characters')
  await chat.say(ana, 'Short')
  expect(findReview(chat.shop.db, id)?.words).toBe('Short')
})

test('many orders are shown page by page', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  const ids: number[] = []
  for (let i = 0; i < 8; i++) ids.push(await orderMugs(chat, ana))
  await chat.say(ana, '/orders')
  expect(screenOf(chat.shop, ana).buttons).toEqual([
    [`#${ids[7]}`, `#${ids[6]}`, `#${ids[5]}`],
    [`#${ids[4]}`, `#${ids[3]}`, `#${ids[2]}`],
    ['More ›'],
    ['‹ Back'],
  ])
  await chat.tap(ana, 'More')
  expect(screenOf(chat.shop, ana).buttons).toEqual([[`#${ids[1]}`, `#${ids[0]}`], ['« Newest'], ['‹ Back']])
})

test('the largest order there can be fits on its screen, in a currency with long amounts', async () => {
  const chat = await openTestShop({ CURRENCY: 'IDR' })
  const ana = chat.telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })
  chat.shop.db.write((tx) => {
    savePaymentMethod(tx, { kind: 'bank_transfer', instructions: 'I'.repeat(500), active: 1 })
    tx.run(sql.updateTable('products').set({ title: 'W'.repeat(255) }))
    for (let position = 0; position < 30; position++) {
      const variant = { product_id: chat.goods.soap, title: 'x', price_minor: 1_000_000_000, sku: null }
      tx.run(sql.insertInto('variants').values({ ...variant, available: 99, position }))
    }
  })
  const variants = chat.shop.db.all(sql.selectFrom('variants').select('id').where('available', '=', 99))
  await chat.say(ana, '/start')
  for (const { id } of variants) await chat.forge(ana, `a:${id}:99:0`)
  for (const data of ['b', 'qd:2']) await chat.forge(ana, data)
  for (const text of ['R'.repeat(300), '+351 912 345 678', 'N'.repeat(500)]) await chat.say(ana, text)
  for (const label of ['Bank', 'Place order']) await chat.tap(ana, label)
  const { id } = existing(ordersOf(chat.shop, ana)[0])
  await chat.forge(ana, `d:${id}`)
  expect(wordsOn(chat.shop, ana)).toContain(`Order #${id} ·`)
})
