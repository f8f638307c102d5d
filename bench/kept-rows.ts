import { join } from 'node:path'
import {
  findImage,
  findProduct,
  listCategories,
  listImagesOfProducts,
  listProducts,
  listProductsForStaff,
  listVariants,
  listVariantsOfProducts,
  searchProducts,
} from '../src/db/catalogue.ts'
import { openDatabase, type Reader } from '../src/db/database.ts'
import { migrate } from '../src/db/migrate.ts'
import { countOrders } from '../src/db/order-lists.ts'
import { importCatalogue } from '../src/shop/catalogue/import/import-catalogue.ts'
import { readProductFile } from '../src/shop/catalogue/import/plan-import.ts'
import { inFolder } from './folder.ts'
import { median, type Result, rateResult, type Side, type Size, takeTurns } from './measure.ts'

const SIZES = {
  full: { products: 5_000, rounds: 20 },
  quick: { products: 5_000, rounds: 6 },
  smallest: { products: 40, rounds: 1 },
}
const CATEGORIES = 20
const TIMES = 200

/** What reads of the catalogue cost when they are remembered, and when they are not. */
export function benchKeptRows(size: Size): Promise<Result[]> {
  const { products, rounds } = SIZES[size]
  return inFolder(async (folder) => {
    const db = givenCatalogue(join(folder, 'shop.db'), products)
    // As it was before anything was remembered.
    const fresh: Reader = { ...db, keep: (query) => db.all(query) }
    const results: Result[] = []
    for (const [name, read] of Object.entries(READS)) {
      results.push(
        await compare(
          `kept: ${name}`,
          side(() => read(db)),
          side(() => read(fresh)),
          rounds,
        ),
      )
    }
    // These are not kept: as many looks as they have queries are what that would save them.
    for (const [name, { read, queries }] of Object.entries(LEFT_ALONE)) {
      const looks = side(() => {
        for (let i = 0; i < queries; i++) listCategories(db)
      })
      results.push(
        await compare(
          `not kept: ${name}`,
          looks,
          side(() => read(db)),
          rounds,
          {},
        ),
      )
    }
    db.close()
    return results
  })
}

const READS: Record<string, (db: Reader) => unknown> = {
  categories: listCategories,
  'a page of a category': (db) => listProducts(db, { categoryId: 1, limit: 8, offset: 8 }),
  'a search': (db) => searchProducts(db, 'tea 12', 20),
  'the products of the panel': (db) => {
    const ids = listProductsForStaff(db, { words: '', limit: 50 }).map(({ id }) => id)
    return [listVariantsOfProducts(db, ids), listImagesOfProducts(db, ids)]
  },
}

const LEFT_ALONE: Record<string, { read: (db: Reader) => unknown; queries: number }> = {
  'a product card': { read: (db) => [findProduct(db, 9), listVariants(db, 9), findImage(db, 9)], queries: 3 },
  'the counters of orders': { read: countOrders, queries: 1 },
}

function side(read: () => unknown): Side {
  return {
    run() {
      for (let i = 0; i < TIMES; i++) read()
      return TIMES
    },
  }
}

async function compare(
  name: string,
  kept: Side,
  fresh: Side,
  rounds: number,
  marks: { goal?: number; aim?: number } = { goal: 1, aim: 2 },
): Promise<Result> {
  await takeTurns(kept, fresh, 3)
  const measured = await takeTurns(kept, fresh, rounds)
  const micros = (rates: number[]) => `${(1e6 / median(rates)).toFixed(1)} µs`
  const result = rateResult(name, measured, marks, 'reads/s')
  return { ...result, shop: micros(measured.shop), floor: micros(measured.floor) }
}

function givenCatalogue(path: string, products: number) {
  const rows = Array.from(
    { length: products },
    (_, i) => `tea-${i},Mountain tea ${i},Teas ${i % CATEGORIES},Title,Default Title,TEA-${i},9,4.50,active`,
  )
  const headings =
    'Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Status'
  const file = readProductFile(new TextEncoder().encode([headings, ...rows].join('\n')), 'EUR')
  migrate(path)
  const db = openDatabase(path)
  const pieces = importCatalogue(db, file, { currency: 'EUR', now: Date.now() })
  while (!pieces.next().done);
  return db
}
