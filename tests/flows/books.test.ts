import { expect, test } from 'vitest'
import { listDifferences } from '../../src/db/books.ts'
import { savePaymentMethod } from '../../src/db/checkout.ts'
import { listEntriesOfOrder } from '../../src/db/ledger.ts'
import { findOrder } from '../../src/db/orders.ts'
import { sql } from '../../src/db/statement.ts'
import { askForCheck, checkBooks } from '../../src/shop/payments/books/check-books.ts'
import { refundOrder } from '../../src/shop/payments/refund-order.ts'
import { saveStarsRate } from '../../src/shop/payments/stars-rate.ts'
import { existing } from '../given.ts'
import { openTestShop, ordersOf, type TestChat } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const HOUR_MS = 3_600_000

/** A shop that sells a guide for Stars. */
async function openStarShop(): Promise<TestChat> {
  const chat = await openTestShop({ UNDO_SECONDS: '0' })
  chat.shop.db.write((tx) => {
    savePaymentMethod(tx, { kind: 'stars', instructions: '', active: 1 })
    saveStarsRate(tx, 130)
    const now = chat.shop.clock.now()
    const guide = { handle: 'guide', title: 'Guide', digital: 1, created_at: now, updated_at: now } as const
    const { id } = tx.run(sql.insertInto('products').values(guide))
    tx.run(sql.insertInto('variants').values({ product_id: id, price_minor: 1300, available: 5 }))
  })
  return chat
}

/** Ana orders the guide, up to the invoice. */
async function orderGuide(chat: TestChat) {
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  for (const button of [
    'Shop',
    'Everything else',
    'Guide',
    /^Add 1/,
    /Cart/,
    /^Check out/,
    'No note',
    /Stars/,
  ])
    await chat.tap(ana, button)
  await chat.tap(ana, /Place order/)
  for (let i = 0; i < 3; i++) await chat.pass(2_000)
  return { ana, id: existing(ordersOf(chat.shop, ana).at(-1)).id }
}

async function check({ shop, clock }: TestChat): Promise<string[]> {
  clock.advance(1_000)
  shop.write((work) => askForCheck(work))
  await checkBooks(shop)
  return listDifferences(shop.db, 10).map(({ kind }) => kind)
}

test('Stars that were paid and given back stand in Telegram’s list as in the ledger', async () => {
  const chat = await openStarShop()
  const { ana, id } = await orderGuide(chat)
  expect((await ana.pay()).status).toBe('paid')
  await chat.settled()
  const [charge] = listEntriesOfOrder(chat.shop.db, id)
  expect(charge).toMatchObject({ provider: 'stars', state: 'applied', currency: 'XTR' })
  const order = existing(findOrder(chat.shop.db, id))
  const actor = { kind: 'staff', id: order.person_id, name: 'Olga', source: 'panel', role: 'owner' } as const
  const wish = { orderId: id, version: order.version, amountMinor: order.total_minor, actor }
  chat.shop.write((work) => refundOrder(work, wish))
  await chat.settled()
  expect(findOrder(chat.shop.db, id)).toMatchObject({ payment: 'refunded' })
  await chat.pass(2 * HOUR_MS)
  expect(await check(chat)).toEqual([])
})

test('a payment whose news Telegram has forgotten by the time the shop is back is found by the books and taken in', async () => {
  const chat = await openStarShop()
  const olga = chat.staff(701, 'owner')
  await chat.say(olga, '/start')
  const { ana, id } = await orderGuide(chat)
  expect((await ana.pay({ beforeMoney: () => chat.stop() })).status).toBe('paid')
  chat.clock.advance(25 * HOUR_MS)
  await chat.start()
  await chat.settled()
  expect(listEntriesOfOrder(chat.shop.db, id)).toEqual([])
  expect(await check(chat)).toEqual(['only_theirs'])
  expect(listDifferences(chat.shop.db, 1)).toMatchObject([{ order_id: id, provider: 'stars' }])
  await chat.settled()
  await olga.sees(/The books do not agree: one difference/)
  const [charge] = listEntriesOfOrder(chat.shop.db, id)
  expect(charge).toMatchObject({
    provider: 'stars',
    order_id: id,
    person_id: findOrder(chat.shop.db, id)?.person_id,
  })
  expect(await check(chat)).toEqual([])
})

test('the customer opens the receipt from the order, and from the news that it is paid', async () => {
  const chat = await openStarShop()
  const { ana, id } = await orderGuide(chat)
  await ana.pay()
  for (let i = 0; i < 3; i++) await chat.pass(2_000)
  const { url } = await ana.press('Receipt')
  const path = new URL(existing(url)).pathname
  expect(path).toMatch(new RegExp(`^/receipts/${id}/[\\w-]{16}$`))
  const page = await fetch(`http://localhost:${chat.port}${path}`)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain(`Receipt for order #${id}`)
  await chat.tap(ana, new RegExp(`Order #${id}`))
  expect((await ana.press('Receipt')).url).toBe(url)
  expect(findOrder(chat.shop.db, id)).toMatchObject({ payment: 'paid' })
})
