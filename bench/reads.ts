import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import {
  listCategories,
  listImagesOfProducts,
  listProducts,
  listProductsForStaff,
  listVariantsOfProducts,
  saveProductTraits,
} from '../src/db/catalogue.ts'
import { countOrders, listOrders } from '../src/db/order-lists.ts'
import { readOverview } from '../src/shop/notifications/proof-overview.ts'
import type { Shop } from '../src/shop/work.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { type Figure, inTurns, type Result, rateResult, type Size } from './measure.ts'
import { openBenchShop } from './open-shop.ts'
import { openRaw } from './raw-step.ts'
import { recordReads, repeatReads } from './record-reads.ts'

const PRODUCTS = 500
const SIZES = {
  full: { times: 200, rounds: 24 },
  quick: { times: 100, rounds: 8 },
  smallest: { times: 3, rounds: 1 },
}

/** What the chat and the panel read over and over, against the very same statements by hand. */
export function benchReads(size: Size): Promise<Result[]> {
  return inFolder(async (folder) => {
    const file = join(folder, 'shop.db')
    fillShop(file, { orders: 1_000 })
    addProducts(file)
    const shop = openBenchShop(file)
    const raw = openRaw(file)
    const compare = async (name: string, read: (shop: Shop) => void, between?: () => void) => {
      const measured = await compareReads({ shop, raw, read, size, between })
      return rateResult(`${name} / its statements by hand`, measured, {}, 'reads/s')
    }
    const results = [
      await compare('catalogue', readCatalogue),
      await compare('catalogue, just changed', readCatalogue, () => changeCatalogue(shop)),
      await compare('dashboard', readDashboard),
    ]
    shop.db.close()
    raw.close()
    return results
  })
}

interface Comparison {
  shop: Shop
  raw: Sqlite.Database
  read(shop: Shop): void
  size: Size
  /** Happens before each read, and is not measured. */
  between?: (() => void) | undefined
}

async function compareReads({ shop, raw, read, size, between }: Comparison) {
  const { times, rounds } = SIZES[size]
  const reads = recordReads(shop.db, (db) => read({ ...shop, db }))
  const ours = rateOf(() => read(shop), times, between)
  const theirs = rateOf(repeatReads(raw, reads), times, between)
  await inTurns(ours, theirs, 2)
  return inTurns(ours, theirs, rounds)
}

function rateOf(read: () => void, times: number, between: () => void = () => undefined): Figure {
  return () => {
    let took = 0
    for (let i = 0; i < times; i++) {
      between()
      const start = performance.now()
      read()
      took += performance.now() - start
    }
    return (times / took) * 1000
  }
}

/** A page of a category as the chat shows it, and one of all products as the panel does. */
function readCatalogue({ db }: Shop): void {
  listCategories(db)
  listProducts(db, { categoryId: 1, limit: 9, offset: 0 })
  const ids = listProductsForStaff(db, { words: '', limit: 50 }).map(({ id }) => id)
  listVariantsOfProducts(db, ids)
  listImagesOfProducts(db, ids)
}

/** What the panel opens with: how many orders wait and which, and how notices arrive. */
function readDashboard(shop: Shop): void {
  countOrders(shop.db)
  listOrders(shop.db, { stage: 'placed', limit: 50 })
  readOverview(shop, 'day')
}

function changeCatalogue(shop: Shop): void {
  const traits = { id: 1, status: 'active', digital: 0, taxRateId: null } as const
  shop.write(({ tx, now }) => saveProductTraits(tx, { ...traits, now }))
}

function addProducts(file: string): void {
  const db = new Sqlite(file)
  db.exec(
    `with recursive n (i) as (select 100 union all select i + 1 from n where i < 99 + ${PRODUCTS})
     insert into products (id, handle, category_id, title, description, created_at, updated_at)
     select i, 'mug-' || i, 1, 'Mug no. ' || i, 'Made by hand.', 0, 0 from n;
     insert into variants (product_id, sku, title, price_minor, available)
     select id, 'MUG-' || id, 'Blue', 1500, 10 from products where id >= 100`,
  )
  db.close()
}
