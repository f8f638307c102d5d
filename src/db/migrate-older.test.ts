import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { existing, givenFolder, givenStaff, step } from '../../tests/given.ts'
import { settableClock } from '../lib/clock.ts'
import { loadTexts } from '../lib/texts.ts'
import { setCartQuantity } from '../shop/checkout/cart.ts'
import { checkBooks } from '../shop/payments/books/check-books.ts'
import { providersByHand, providersOf } from '../shop/payments/provider.ts'
import { openShop } from '../shop/work.ts'
import { listDifferences } from './books.ts'
import { listCart, listPaymentMethods } from './checkout.ts'
import { openDatabase } from './database.ts'
import { listEvents } from './events.ts'
import { listDuePictures } from './fetched-pictures.ts'
import { listEntriesOfOrder } from './ledger.ts'
import { migrate } from './migrate.ts'
import { countOrders } from './order-lists.ts'
import { findOrder, listLineItems } from './orders.ts'
import { recountShop } from './seed-check.ts'

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations')
const OLD = ['0001_shop.sql', '0002_notices_on_every_channel.sql']
const NOW = Date.UTC(2026, 0, 5, 9)

/** How an order could stand before there was a ledger: fulfilment, payment, way to pay, total. */
const STATES = [
  ['placed', 'pending', 'bank_transfer', 2990],
  ['placed', 'paid', 'bank_transfer', 2990],
  ['placed', 'due_on_delivery', 'cash_on_delivery', 2990],
  ['accepted', 'paid', 'bank_transfer', 2990],
  ['packing', 'due_on_delivery', 'cash_on_delivery', 2990],
  ['dispatched', 'paid', 'bank_transfer', 2990],
  ['delivered', 'paid', 'cash_on_delivery', 2990],
  ['delivered', 'paid', 'bank_transfer', 0],
  ['cancelled', 'paid', 'bank_transfer', 2990],
  ['cancelled', 'pending', 'bank_transfer', 2990],
  ['cancelled', 'expired', 'bank_transfer', 2990],
  ['cancelled', 'due_on_delivery', 'cash_on_delivery', 2990],
] as const
const FIRST = 1001

const PEOPLE = `
  insert into people (id, telegram_id, name, created_at, seen_at) values (1, 501, 'Ana', 1, 1);
  insert into products (id, handle, title, created_at, updated_at) values (1, 'mug', 'Mug', 1, 1);
  insert into product_images (product_id, url) values (1, 'https://shop.example/mug.jpg');
  insert into variants (id, product_id, sku, price_minor, available, reserved) values
    (1, 1, 'MUG', 1250, 10, (select 2 * 5)), (2, 1, 'GIFT', 0, 10, 0);
  update payment_methods set active = 1, instructions = 'IBAN XX00' where kind = 'bank_transfer';
  insert into cart_lines values (1, 1, 3, 1);
  insert into checkouts (person_id, key, payment_method, note, started_at) values (1, 'now', 'bank_transfer', 'Ring twice', 1);
  insert into settings values ('shop.name', 'Fern & Kettle')`

/** A file as the version before wrote it, with an order in each state. */
function givenOldShop(): string {
  const data = givenFolder()
  const folder = join(data, 'migrations')
  mkdirSync(folder)
  for (const name of OLD) copyFileSync(join(MIGRATIONS, name), join(folder, name))
  const path = join(data, 'shop.db')
  migrate(path, folder)
  const db = openDatabase(path)
  db.write((tx) => {
    for (const sql of PEOPLE.split(';')) tx.run({ sql, values: [] })
    STATES.forEach((state, i) => {
      for (const { sql, values } of orderOf(FIRST + i, state)) tx.run({ sql, values })
    })
    // One order was placed and taken back within its own transaction: its number is not given out again.
    tx.run({ sql: "update sqlite_sequence set seq = seq + 1 where name = 'orders'", values: [] })
  })
  db.close()
  return path
}

function orderOf(id: number, [fulfilment, payment, method, total]: (typeof STATES)[number]) {
  const isGift = total === 0
  const expiresAt = payment === 'pending' ? NOW + 3_600_000 : null
  return [
    {
      sql: `insert into orders (id, person_id, checkout_key, fulfilment, payment, version, needs_review, currency, items_minor,
          delivery_minor, total_minor, item_count, customer_name, phone, address, note, delivery_method, payment_method,
          placed_at, updated_at, expires_at, assigned_to, unanswered_since)
        values (?, 1, ?, ?, ?, 3, 'Look', 'EUR', ?, ?, ?, 2, 'Ana', '+351 1', 'Rua Nova 1', 'Soon', 'Courier', ?, ?, ?, ?, 1, 7)`,
      values: [
        id,
        `key-${id}`,
        fulfilment,
        payment,
        isGift ? 0 : 2500,
        isGift ? 0 : 490,
        total,
        method,
        id,
        id + 5,
        expiresAt,
      ],
    },
    {
      sql: `insert into line_items (order_id, variant_id, title, variant_title, unit_price_minor, quantity, total_minor)
        values (?, ?, 'Mug', '', ?, 2, ?)`,
      values: [id, isGift ? 2 : 1, isGift ? 0 : 1250, isGift ? 0 : 2500],
    },
    {
      sql: `insert into events (order_id, type, at, actor_kind, actor_id, actor_name, source)
        values (?, 'placed', ?, 'customer', 1, 'Ana', 'chat')`,
      values: [id, id],
    },
    {
      sql: `insert into events (order_id, type, at, actor_kind, actor_id, actor_name, source, from_fulfilment, from_payment)
        select id, 'cancelled', ?, 'staff', 1, 'Olga', 'panel', 'placed', payment from orders
        where id = ? and fulfilment = 'cancelled'`,
      values: [id + 1, id],
    },
    { sql: 'insert into reviews values (?, 1, 5, null, 1)', values: [id] },
  ]
}

function givenMigrated() {
  const path = givenOldShop()
  expect(migrate(path)).toEqual(readdirSync(MIGRATIONS).sort().slice(OLD.length))
  const db = openDatabase(path)
  onTestFinished(() => db.close())
  const settings = {
    currency: 'EUR',
    timezone: 'UTC',
    undoGraceMs: 5_000,
    channels: { push: false, mail: false },
  }
  const clock = settableClock()
  const providers = providersOf(...providersByHand(3_600_000))
  return { shop: openShop({ db, clock, texts: loadTexts(), settings, providers }), clock }
}

it('brings orders in every state along, with nothing lost', () => {
  const { shop } = givenMigrated()
  const { db } = shop
  STATES.forEach(([fulfilment, payment, method, total], i) => {
    const id = FIRST + i
    expect(findOrder(db, id)).toMatchObject({
      fulfilment,
      payment,
      payment_method: method,
      total_minor: total,
      checkout_key: `key-${id}`,
      version: 3,
      needs_review: 'Look',
      note: 'Soon',
      placed_at: id,
      updated_at: id + 5,
      assigned_to: 1,
      unanswered_since: 7,
      discount_minor: 0,
      charged_minor: payment === 'paid' ? total : 0,
      refunded_minor: 0,
    })
    expect(listLineItems(db, id)).toMatchObject([{ quantity: 2, discount_minor: 0, restocked: 0 }])
    expect(listEvents(db, id)).toHaveLength(fulfilment === 'cancelled' ? 2 : 1)
  })
  expect(countOrders(db)).toEqual({
    unpaid: 1,
    placed: 2,
    accepted: 1,
    packing: 1,
    dispatched: 1,
    delivered: 2,
    cancelled: 4,
  })
  expect(listCart(db, 1)).toMatchObject([{ quantity: 3 }])
  const byKind = Object.fromEntries(listPaymentMethods(db).map((method) => [method.kind, method]))
  expect(byKind).toMatchObject({
    cash_on_delivery: { active: 1 },
    bank_transfer: { active: 1, instructions: 'IBAN XX00' },
    telegram: { active: 0 },
    stars: { active: 0 },
    btcpay: { active: 0 },
  })
  expect(db.all({ sql: 'select count(*) as n from reviews', values: [] })).toEqual([{ n: STATES.length }])
  expect(db.all({ sql: 'pragma foreign_key_check', values: [] })).toEqual([])
  expect(db.all({ sql: 'pragma integrity_check', values: [] })).toEqual([{ integrity_check: 'ok' }])
  expect(listDuePictures(db, 0, 5)).toMatchObject([{ url: 'https://shop.example/mug.jpg', tries: 0 }])
})

it('writes each paid order into the ledger, so that the books agree from the first day, but for money nobody has decided about', async () => {
  const { shop } = givenMigrated()
  STATES.forEach(([, payment, method, total], i) => {
    const entries = listEntriesOfOrder(shop.db, FIRST + i)
    if (payment !== 'paid' || total === 0) expect(entries).toEqual([])
    else {
      const provider = method === 'bank_transfer' ? 'transfer' : 'cash'
      const money = { amount_minor: total, order_minor: total, currency: 'EUR' }
      expect(entries).toMatchObject([
        { kind: 'charge', provider, state: 'applied', at: FIRST + i + 5, ...money },
      ])
    }
  })
  expect(recountShop(shop.db)).toEqual([])
  await checkBooks(shop)
  // Of that one nobody was ever asked what becomes of its money.
  const forgotten = STATES.findIndex(
    ([fulfilment, payment, , total]) => fulfilment === 'cancelled' && payment === 'paid' && total > 0,
  )
  expect(listDifferences(shop.db, 10)).toMatchObject([
    { kind: 'money_undecided', order_id: FIRST + forgotten },
  ])
})

it('goes on where it was: steps are taken, numbers continue, and counters follow', () => {
  const { shop } = givenMigrated()
  const staff = givenStaff(shop)
  const order = (i: number) => existing(findOrder(shop.db, FIRST + i))
  expect(step(shop, staff, order(0), 'mark_paid', 'accept')).toMatchObject({
    stage: 'accepted',
    payment: 'paid',
  })
  expect(step(shop, staff, order(2), 'accept', 'pack', 'dispatch', 'deliver').stage).toBe('delivered')
  expect(step(shop, staff, order(5), 'deliver').stage).toBe('delivered')
  shop.write((work) => setCartQuantity(work, { personId: 1, variantId: 1, quantity: 1 }))
  const columns = `person_id, checkout_key, fulfilment, payment, currency, items_minor, delivery_minor, total_minor,
    item_count, customer_name, delivery_method, payment_method, placed_at, updated_at`
  const sql = `insert into orders (${columns}) values (1, 'next', 'placed', 'pending', 'EUR', 0, 0, 0, 1, 'Ana', 'x', 'bank_transfer', 1, 1)`
  // Twelve orders, and the one number that was given out and taken back.
  expect(shop.db.write((tx) => tx.run({ sql, values: [] })).id).toBe(FIRST + STATES.length + 1)
  expect(countOrders(shop.db)).toMatchObject({
    unpaid: 1,
    placed: 1,
    accepted: 2,
    dispatched: 0,
    delivered: 4,
  })
})
