import { type Database, openDatabase, type Tx } from '../../src/db/database.ts'
import { addEvent } from '../../src/db/events.ts'
import { addEntry, type NewEntry } from '../../src/db/ledger.ts'
import { migrate } from '../../src/db/migrate.ts'
import { countOrders, listOrders } from '../../src/db/order-lists.ts'
import { addLineItem } from '../../src/db/orders.ts'
import { saveReview } from '../../src/db/reviews.ts'
import { addReserved, addWholeNotice, addWholeOrder } from '../../src/db/seed.ts'
import { tallyMadeUpNotices } from '../../src/db/seed-notices.ts'
import { ShopError } from '../../src/lib/shop-error.ts'
import { type Chance, chanceFrom } from './chance.ts'
import { noticesOf } from './make-up-notices.ts'
import { type MadeUpOrder, makeUpOrder, type World } from './make-up-order.ts'
import { seedCatalogue } from './seed-catalogue.ts'
import { seedCustomers, seedStaff } from './seed-people.ts'

export interface SeedWish {
  orders: number
  /** The same seed makes the same shop. */
  seed?: number
  /** When the last order was placed, in ms since the epoch. */
  now?: number
  currency?: string
  /** Adds to a shop that already has orders, instead of refusing. */
  add?: boolean
  /** Called after each transaction with how many orders there are so far. */
  onProgress?: (done: number) => void
}

const DAY_MS = 86_400_000
const BATCH = 5000
const DEFAULT_NOW = Date.UTC(2026, 5, 1, 12)

/**
 * Fills a shop with made-up orders of up to three years, for trials and benchmarks: customers, products, line items,
 * events and notices, all of which add up. `target` is an open, migrated database or the path of a file to make.
 * Throws a ShopError conflict on a shop that already has orders, unless `add` is set.
 */
export function seedOrders(target: Database | string, wish: SeedWish): void {
  if (typeof target !== 'string') {
    fill(target, wish)
    return
  }
  migrate(target)
  const db = openDatabase(target)
  try {
    fill(db, wish)
  } finally {
    db.close()
  }
}

function fill(db: Database, wish: SeedWish): void {
  const { orders, seed = 1, now = DEFAULT_NOW, onProgress } = wish
  if (!wish.add && Object.values(countOrders(db)).some((count) => count > 0)) {
    throw new ShopError(
      'conflict',
      'This shop already has orders. To add made-up ones all the same, say --add.',
    )
  }
  const chance = chanceFrom(seed)
  const days = Math.min(1095, Math.max(30, orders / 40))
  const start = now - days * DAY_MS
  const world = makeWorld(db, chance, { orders, start, now, currency: wish.currency ?? 'EUR' })
  const prefix = `seed-${listOrders(db, { limit: 1 })[0]?.id ?? 0}`
  for (let done = 0; done < orders; ) {
    const size = Math.min(BATCH, orders - done)
    const made = Array.from({ length: size }, (_, i) => {
      const share = (done + i + chance.next()) / orders
      return makeUpOrder(chance, world, Math.floor(start + share * (now - start)), `${prefix}-${done + i}`)
    })
    db.write((tx) => store(tx, made, world))
    db.checkpoint()
    done += size
    onProgress?.(done)
  }
  db.write(tallyMadeUpNotices)
}

function makeWorld(
  db: Database,
  chance: Chance,
  wish: { orders: number; start: number; now: number; currency: string },
): World {
  const { orders, start, now, currency } = wish
  const count = Math.min(50_000, Math.max(20, Math.ceil(orders / 8)))
  return db.write((tx) => ({
    variants: seedCatalogue(tx, start),
    customers: seedCustomers(tx, chance, { count, now: start }),
    staff: seedStaff(tx, start),
    currency,
    now,
  }))
}

// Events and notices of a batch are written in order of time, so that an order's rows lie apart as in a real shop.
function store(tx: Tx, batch: MadeUpOrder[], world: World): void {
  const reserved = new Map<number, number>()
  const stored = batch.map((made) => ({ made, id: storeOrder(tx, made, reserved), eventIds: [] as number[] }))
  const events = stored.flatMap((owner) => owner.made.events.map((event) => ({ owner, event })))
  for (const { owner, event } of events.sort((a, b) => a.event.at - b.event.at)) {
    owner.eventIds.push(addEvent(tx, { ...event, orderId: owner.id }))
  }
  const notices = stored.flatMap(({ made, id, eventIds }) => noticesOf(made, id, eventIds, world))
  for (const notice of notices.sort((a, b) => a.due_at - b.due_at)) addWholeNotice(tx, notice)
  for (const [variantId, quantity] of reserved) addReserved(tx, variantId, quantity)
}

function storeOrder(
  tx: Tx,
  { order, lines, rating, customer }: MadeUpOrder,
  reserved: Map<number, number>,
): number {
  if (order.payment === 'paid') order.charged_minor = order.total_minor
  const id = addWholeOrder(tx, order)
  if (order.payment === 'paid') addEntry(tx, chargeOf(order, id))
  const isOpen = ['placed', 'accepted', 'packing'].includes(order.fulfilment)
  for (const line of lines) {
    addLineItem(tx, { ...line, orderId: id })
    if (isOpen) reserved.set(line.variantId, (reserved.get(line.variantId) ?? 0) + line.quantity)
  }
  if (rating)
    saveReview(tx, { orderId: id, personId: customer.id, rating, words: null, now: order.updated_at })
  return id
}

function chargeOf(order: MadeUpOrder['order'], orderId: number): NewEntry {
  return {
    kind: 'charge',
    provider: order.payment_method === 'bank_transfer' ? 'transfer' : 'cash',
    reference: `seed-${orderId}`,
    chargeId: null,
    orderId,
    personId: order.person_id,
    amountMinor: order.total_minor,
    currency: order.currency,
    orderMinor: order.total_minor,
    state: 'applied',
    reason: null,
    raw: '{}',
    at: order.updated_at,
    now: order.updated_at,
    checkAt: null,
  }
}
