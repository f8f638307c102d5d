import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { chooseSeed, type Random, seeded } from '../../tests/faults/random.ts'
import { givenShop, givenVariant } from '../../tests/given.ts'
import {
  changeVariant,
  findVariant,
  listCategories,
  listImagesOfProducts,
  listProducts,
  listProductsForStaff,
  listVariantsOfProducts,
  releaseStock,
  reserveStock,
  saveProductTraits,
  searchProducts,
} from './catalogue.ts'
import { addCategory, addPicture, addProduct, addVariant, replaceImages } from './catalogue-import.ts'
import { type Database, openDatabase, type Reader, type Tx } from './database.ts'
import { failPicture, forgetPicture, keepFetchedPicture } from './fetched-pictures.ts'
import { tableWrittenBy } from './kept-rows.ts'
import { sql } from './statement.ts'

/** Everything that is read by way of `keep`, in one value. */
function readAll(db: Reader) {
  const ids = [1, 2, 3, 4, 5, 6]
  return {
    categories: listCategories(db),
    pages: [null, 1, 2].map((categoryId) => listProducts(db, { categoryId, limit: 4, offset: 1 })),
    found: searchProducts(db, 'mug', 5),
    staff: listProductsForStaff(db, { words: '', after: 1, limit: 10 }),
    variants: listVariantsOfProducts(db, ids),
    images: listImagesOfProducts(db, ids),
  }
}

/** The same, remembered by nobody. */
function readAfresh(db: Database) {
  return readAll({ ...db, keep: (query) => db.all(query) })
}

const REFUSED = new Error('the rule says no')

/** Changes one thing of a small catalogue, whatever it is. */
function writeSomething(tx: Tx, random: Random, round: number): void {
  const id = random.between(1, 6)
  const now = round
  const url = `https://shop.example/${random.between(1, 3)}.jpg`
  const changes: (() => unknown)[] = [
    () => reserveStock(tx, id, 1),
    () => releaseStock(tx, id, 1),
    () => changeVariant(tx, { id, priceMinor: round, available: 9, seenAvailable: 10 }),
    () =>
      saveProductTraits(tx, {
        id,
        taxRateId: null,
        now,
        digital: 0,
        status: random.chance(0.5) ? 'active' : 'draft',
      }),
    () => addCategory(tx, { slug: `c${round}`, name: `Category ${round}`, position: round }),
    () => addPicture(tx, { productId: id, position: round, file: 'mug.jpg' }),
    () => replaceImages(tx, id, [{ url, telegramFileId: null }]),
    () => keepFetchedPicture(tx, { url, file: `${round}.jpg`, small: `${round}.webp` }),
    () => failPicture(tx, { url, trouble: `No. ${round}`, tries: 1, dueAt: now }),
    () => forgetPicture(tx, url),
    () =>
      tx.run(
        sql
          .updateTable('products')
          .set({ category_id: random.between(1, 2) })
          .where('id', '=', id),
      ),
    () =>
      tx.run(
        sql
          .updateTable('categories')
          .set({ name: `Name ${round}` })
          .where('id', '=', 1),
      ),
    () => tx.run(sql.deleteFrom('product_images').where('product_id', '=', id)),
    () => {
      const values = {
        handle: `mug-${round}`,
        categoryId: 1,
        title: `Mug ${round}`,
        description: '',
        digital: 0,
      } as const
      const productId = addProduct(tx, { ...values, optionNames: '[]', status: 'active', now })
      const variant = {
        sku: null,
        title: '',
        options: '[]',
        priceMinor: 5,
        available: 3,
        position: 0,
        active: 1,
      } as const
      addVariant(tx, { ...variant, productId })
    },
  ]
  random.pick(changes)()
}

function attempt(fn: () => unknown): void {
  try {
    fn()
  } catch (error) {
    // A constraint undoes a transaction as a rule does.
    if (error !== REFUSED && !/CHECK constraint/.test(String(error))) throw error
  }
}

it('a kept answer is always the fresh one, whoever writes and whatever fails', () => {
  const seed = chooseSeed()
  console.log(`kept rows: SEED=${seed}`)
  const random = seeded(seed)
  const shop = givenShop()
  const { db, folder } = shop
  for (let i = 0; i < 6; i++) givenVariant(shop, 10, 1_000 + i)
  db.write((tx) => [1, 2].map((n) => addCategory(tx, { slug: `c-${n}`, name: `C ${n}`, position: n })))
  const other = openDatabase(join(folder, 'shop.db'))
  onTestFinished(() => other.close())

  for (let round = 1; round <= 400; round++) {
    const writer = random.chance(0.25) ? other : db
    attempt(() =>
      writer.write((tx) => {
        for (let i = random.between(0, 2); i >= 0; i--) writeSomething(tx, random, round * 10 + i)
        // What is read inside shows the change, and is not what others get when it is taken back.
        if (random.chance(0.5)) expect(readAll(tx)).toEqual(readAfresh(writer))
        if (random.chance(0.3)) throw REFUSED
      }),
    )
    if (random.chance(0.5)) expect(readAll(db)).toEqual(readAfresh(db))
  }
})

it('asks once, until what was read from changes', () => {
  const shop = givenShop()
  const variantId = givenVariant(shop)
  const ask = () => listProductsForStaff(shop.db, { words: '', limit: 10 })
  const first = ask()
  expect(ask()).toBe(first)
  shop.db.write((tx) => reserveStock(tx, variantId, 1))
  expect(ask()).toBe(first)
  const { product_id: id } = findVariant(shop.db, variantId) ?? { product_id: 0 }
  const traits = { id, taxRateId: null, now: 1, digital: 0, status: 'draft' } as const
  expect(() =>
    shop.db.write((tx) => {
      saveProductTraits(tx, traits)
      throw REFUSED
    }),
  ).toThrow(REFUSED)
  expect(ask()).toBe(first)
  shop.db.write((tx) => saveProductTraits(tx, traits))
  expect(ask()).toMatchObject([{ status: 'draft' }])
})

it('refuses a write outside a transaction, and changes of what is remembered', () => {
  const { db } = givenShop()
  const insert = sql.insertInto('categories').values({ slug: 'tea', name: 'Tea' }).returningAll()
  expect(() => db.all(insert)).toThrow('a write to categories outside write()')
  db.write((tx) => addCategory(tx, { slug: 'tea', name: 'Tea', position: 1 }))
  const [kept] = db.keep(sql.selectFrom('categories').selectAll(), ['categories'])
  expect(() => Object.assign(kept ?? {}, { name: 'Coffee' })).toThrow(TypeError)
})

it('knows the table that a statement writes to', () => {
  expect(tableWrittenBy('insert into "orders" ("id") values (1)')).toBe('orders')
  expect(tableWrittenBy('insert or ignore into people values (1)')).toBe('people')
  expect(tableWrittenBy('update "variants" set x = 1')).toBe('variants')
  expect(tableWrittenBy('delete from "product_images"')).toBe('product_images')
  expect(tableWrittenBy('with x as (select 1) delete from orders')).toBeUndefined()
})

it('no trigger and no cascade writes, unseen, to a table of which answers are kept', () => {
  const { db } = givenShop()
  const kept = /\b(categories|products|variants|product_images|fetched_pictures)\b/
  const triggers = db.all<{ sql: string }>({
    sql: `select sql from sqlite_master where type = 'trigger'`,
    values: [],
  })
  expect(triggers.length).toBeGreaterThan(3)
  expect(triggers.filter(({ sql: text }) => kept.test(text))).toEqual([])
  const cascades = db.all({
    sql: `select name from sqlite_master where sql like '% on delete %' or sql like '% on update %'`,
    values: [],
  })
  expect(cascades).toEqual([])
})
