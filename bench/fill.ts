import { rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { migrate } from '../src/db/migrate.ts'
import { newFolder } from './folder.ts'

export interface Filling {
  orders: number
  customers?: number
  /** Leaves every order placed and ready to accept; otherwise most are delivered and paid, as in a shop that has run for years. */
  fresh?: boolean
  /** How many orders still wait, the newest of every twenty; otherwise a hundred at most, however many there ever were. */
  waiting?: number
  /** Spreads the money over the thirty days until now; otherwise it came with its order. */
  paidLately?: boolean
}

const shared = new Map<number, string>()

/**
 * The file of a shop with this many orders, made once in a run and used by one bench after the other: a million take
 * a while. What is done to it must not matter to the next.
 */
export function sharedShop(orders: number): string {
  const known = shared.get(orders)
  if (known) return known
  if (shared.size === 0) process.once('exit', removeSharedShops)
  const file = join(newFolder(), 'shop.db')
  fillShop(file, { orders, customers: Math.max(200, orders / 50) })
  shared.set(orders, file)
  return file
}

/** Removes what `sharedShop` made. Done at the end of the process, unless somebody ends it by a signal. */
export function removeSharedShops(): void {
  for (const file of shared.values()) rmSync(dirname(file), { recursive: true, force: true })
  shared.clear()
}

export const OWNER_ID = 1
export const VARIANTS = 20
const DAY_MS = 86_400_000
const START = Date.UTC(2026, 0, 5, 9)

/** Makes a shop file with orders that look like those the bot places: line item, event, both cards already sent, and the money. */
export function fillShop(file: string, filling: Filling): void {
  const { customers = 200 } = filling
  migrate(file)
  const db = new Sqlite(file)
  db.pragma('synchronous = OFF')
  db.pragma('foreign_keys = OFF')
  db.transaction(() => {
    addPeople(db, customers)
    addProducts(db)
    addOrders(db, { customers, fresh: false, waiting: 100, paidLately: false, ...filling })
    addPayments(db, filling)
  })()
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.close()
}

const NUMBERS = 'with recursive n (i) as (select 1 union all select i + 1 from n where i < @count)'

function addPeople(db: Sqlite.Database, customers: number): void {
  db.prepare(
    `${NUMBERS} insert into people (id, telegram_id, name, username, language, reach, created_at, seen_at)
     select i, 500000 + i, 'Person ' || i, 'person' || i, 'en', 'ok', @now, @now from n`,
  ).run({ count: customers + OWNER_ID, now: START })
  db.prepare(`insert into staff (person_id, role, added_at) values (?, 'owner', ?)`).run(OWNER_ID, START)
}

function addProducts(db: Sqlite.Database): void {
  db.prepare(`insert into categories (id, slug, name) values (1, 'tea', 'Tea')`).run()
  db.prepare(
    `${NUMBERS} insert into products (id, handle, category_id, title, description, created_at, updated_at)
     select i, 'tea-' || i, 1, 'Mountain tea no. ' || i, 'Picked by hand.', @now, @now from n`,
  ).run({ count: VARIANTS, now: START })
  db.prepare(
    `${NUMBERS} insert into variants (id, product_id, sku, title, price_minor, available, reserved)
     select i, i, 'TEA-' || i, '100 g', 1000 + i, 1000000, 2000000 from n`,
  ).run({ count: VARIANTS })
}

const FULFILMENT = `iif(@fresh or (i % 20 = 0 and i > @count - 20 * @waiting), 'placed', 'delivered')`

function addOrders(db: Sqlite.Database, { orders, customers, fresh, waiting }: Required<Filling>): void {
  const values = { count: orders, fresh: fresh ? 1 : 0, waiting, customers, now: START }
  db.prepare(
    `${NUMBERS} insert into orders (person_id, checkout_key, fulfilment, payment, charged_minor, currency, items_minor,
       delivery_minor, total_minor, item_count, customer_name, phone, address, delivery_method, payment_method, placed_at, updated_at)
     select 2 + i % @customers, 'key-' || i, fulfilment, iif(fulfilment = 'placed', 'due_on_delivery', 'paid'),
       iif(fulfilment = 'placed', 0, 2390), 'EUR', 2000, 390, 2390, 2,
       'Person ' || (2 + i % @customers), '+49 30 1234567', 'Long Street ' || i || ', 12345 Town', 'Local delivery',
       'cash_on_delivery', @now + i * 1000, @now + i * 1000
     from (select i, ${FULFILMENT} as fulfilment from n)`,
  ).run(values)
  db.prepare(
    `insert into line_items (order_id, variant_id, title, variant_title, sku, unit_price_minor, quantity, total_minor)
     select id, 1 + id % ${VARIANTS}, 'Mountain tea', '100 g', 'TEA', 1000, 2, 2000 from orders order by id`,
  ).run()
  db.prepare(
    `insert into events (order_id, type, at, actor_kind, actor_id, actor_name, source)
     select id, 'placed', placed_at, 'customer', person_id, customer_name, 'chat' from orders order by id`,
  ).run()
  db.prepare(
    `insert into escalations (order_id, waiting_since, due_at)
     select id, placed_at, placed_at + 120000 from orders where fulfilment = 'placed'`,
  ).run()
  for (const [person, kind] of [
    ['orders.person_id', 'order_received'],
    [OWNER_ID, 'staff_order'],
  ]) {
    db.prepare(
      `insert into notices (event_id, order_id, person_id, channel, recipient, kind, card, state, planned_at, due_at,
         message_id, attempts, created_at, sent_at, updated_at)
       select events.id, orders.id, ${person}, 'telegram', 'telegram:' || ${person}, '${kind}', 1, 'sent', placed_at,
         placed_at, orders.id, 1, placed_at, placed_at, placed_at
       from orders join events on events.order_id = orders.id order by orders.id`,
    ).run()
  }
}

/** What was delivered is paid, and the books say so. */
function addPayments(db: Sqlite.Database, { paidLately = false }: Filling): void {
  db.prepare(
    `insert into ledger (kind, provider, reference, order_id, person_id, amount_minor, currency, order_minor, state,
       raw, at, stored_at, updated_at)
     select 'charge', 'cash', 'order-' || id, id, person_id, total_minor, currency, total_minor, 'applied', '{}',
       iif(@lately, @now - id % 30 * @day, placed_at), placed_at, placed_at
     from orders where fulfilment = 'delivered' order by id`,
  ).run({ lately: paidLately ? 1 : 0, now: Date.now(), day: DAY_MS })
}
