import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { importAll } from '../../../../tests/import-all.ts'
import {
  findImage,
  listVariants,
  releaseStock,
  reserveStock,
  saveProductTraits,
  saveTelegramFileId,
} from '../../../db/catalogue.ts'
import { addPicture, readExcerpt } from '../../../db/catalogue-import.ts'
import { type Database, openDatabase } from '../../../db/database.ts'
import { listEventsAfter } from '../../../db/events.ts'
import { migrate } from '../../../db/migrate.ts'
import { describePlan } from './describe-plan.ts'
import { importCatalogue, previewImport } from './import-catalogue.ts'
import { readProductFile } from './plan-import.ts'

const HEADINGS =
  'Handle,Title,Type,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Status'
const MUG = `mug,Mug,Ceramics,Glaze,Blue,M-1,4,18.00,https://x.test/1.jpg,active
mug,,,,Sand,M-2,2,19.50,https://x.test/2.jpg,`

let folder: string
let db: Database
let now = 1000

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-'))
  migrate(join(folder, 'shop.db'))
  db = openDatabase(join(folder, 'shop.db'))
})

afterEach(() => {
  db.close()
  rmSync(folder, { recursive: true })
})

function importBytes(bytes: Uint8Array, currency = 'EUR') {
  now += 1000
  return importAll(db, readProductFile(bytes, currency), { currency, now })
}

function importRows(rows: string, headings = HEADINGS) {
  return importBytes(new TextEncoder().encode(`${headings}\n${rows}\n`))
}

function fixture(name: string): Uint8Array {
  return readFileSync(join(import.meta.dirname, 'fixtures', name))
}

function product(handle: string) {
  const { products, variants, images, categories } = readExcerpt(db, { handles: [handle], skus: [] })
  const category = categories.find(({ id }) => id === products[0]?.category_id)?.name
  return { ...products[0], variants, images: images.map(({ url }) => url), category }
}

function differencesOf(rows: string, headings?: string): string[] {
  return importRows(rows, headings).changed.flatMap(({ differences }) => differences)
}

describe('a Shopify export', () => {
  test.each(['shopify-2021.csv', 'shopify-2024.csv'])('%s becomes products', (name) => {
    const plan = importBytes(fixture(name))
    expect(plan.refusals).toEqual([])
    expect(plan.added).toHaveLength(4)
    const mug = product('stoneware-mug')
    expect(mug).toMatchObject({
      title: 'Stoneware mug',
      category: 'Ceramics',
      status: 'active',
      option_names: '["Glaze","Size"]',
      description:
        'Thrown on the wheel in our courtyard studio.\n\n• 350 ml\n• Safe for dishwasher & microwave',
    })
    expect(mug.variants).toMatchObject([
      {
        sku: 'MUG-BL-S',
        title: 'Sea blue / Small',
        options: '["Sea blue","Small"]',
        price_minor: 1800,
        available: 12,
      },
      { sku: 'MUG-BL-L', title: 'Sea blue / Large', price_minor: 2450, available: 5 },
      { sku: 'MUG-SA-S', title: 'Sand / Small', price_minor: 1800, available: 0 },
    ])
    expect(mug.images).toHaveLength(3)
    expect(product('huila-beans').variants).toMatchObject([
      { sku: '00417', title: '', options: '[]', price_minor: 1290 },
    ])
    expect(product('winter-candle')).toMatchObject({ status: 'draft', category: 'Candles' })
    expect(product('old-poster')).toMatchObject({ status: 'archived' })
  })

  test('changes nothing the second time, not even in its newer form', () => {
    importBytes(fixture('shopify-2021.csv'))
    const before = product('stoneware-mug')
    const plan = importBytes(fixture('shopify-2024.csv'))
    expect([plan.added.length, plan.changed.length, plan.unchanged.length]).toEqual([0, 0, 4])
    expect(product('stoneware-mug')).toEqual(before)
    expect(listEventsAfter(db, 0, 10)).toHaveLength(1)
  })

  test('is described without changing anything', () => {
    const file = readProductFile(fixture('faults.csv'), 'EUR')
    expect(describePlan(previewImport(db, file, 'EUR'), 'EUR')).toMatchSnapshot()
    expect(product('good-one').id).toBeUndefined()
  })

  test('takes the good products of a file with bad rows', () => {
    const plan = importBytes(fixture('faults.csv'))
    expect(plan.added.map(({ title }) => title)).toEqual(['Good one'])
    expect(plan.refusals).toHaveLength(13)
    expect(product('oversold').id).toBeUndefined()
  })
})

describe('what needs no shipping', () => {
  const headings = 'Handle,Title,Variant Price,Variant SKU,Variant Requires Shipping'

  test('is digital; what a file does not say stays as it is', () => {
    importRows('guide,Guide,5.00,G-1,FALSE\nmug,Mug,9.00,M-1,true', headings)
    expect([product('guide').digital, product('mug').digital]).toEqual([1, 0])
    importRows('guide,Guide,5.00,G-1', 'Handle,Title,Variant Price,Variant SKU')
    expect(product('guide').digital).toBe(1)
    expect(differencesOf('guide,Guide,5.00,G-1,true', headings)).toEqual(['to be shipped from now on'])
    expect(differencesOf('guide,Guide,5.00,G-1,false', headings)).toEqual([
      'digital from now on: nothing to ship',
    ])
  })

  test('is said of the whole product: half of it counts as to be shipped, nonsense is refused', () => {
    const options = `${headings},Option1 Name,Option1 Value`
    const half = importRows('zine,Zine,5.00,Z-1,FALSE,Kind,PDF\nzine,,7.00,Z-2,TRUE,,Paper', options)
    expect(product('zine').digital).toBe(0)
    expect(half.notes).toMatchObject([{ reason: expect.stringContaining('counts as to be shipped') }])
    const wrong = importRows('film,Film,5.00,F-1,perhaps', headings)
    expect(wrong.refusals).toMatchObject([{ reason: expect.stringContaining('“perhaps”') }])
  })
})

describe('a product already in the shop', () => {
  beforeEach(() => void importRows(MUG))

  test('gets the new price and stock, and keeps what is reserved', () => {
    const [blue] = product('mug').variants
    if (!blue) throw new Error('no variant')
    db.write((tx) => reserveStock(tx, blue.id, 3))
    const lines = differencesOf(MUG.replace('4,18.00', '9,17.00'))
    expect(lines).toEqual(['price of “Blue”: €18.00 → €17.00', 'stock of “Blue”: 1 → 9'])
    expect(product('mug').variants[0]).toMatchObject({ available: 9, reserved: 3, price_minor: 1700 })
    db.write((tx) => releaseStock(tx, blue.id, 3))
    expect(product('mug').variants[0]).toMatchObject({ available: 12, reserved: 0 })
  })

  test('keeps its variants through new option values (by SKU) and new SKUs (by option values)', () => {
    const ids = product('mug').variants.map(({ id }) => id)
    importRows(MUG.replace('Blue', 'Navy').replace('M-2', 'M-9'))
    expect(product('mug').variants).toMatchObject([
      { id: ids[0], title: 'Navy', sku: 'M-1' },
      { id: ids[1], title: 'Sand', sku: 'M-9' },
    ])
  })

  test('takes a variant missing in the file off sale, and sells it again when it is back', () => {
    const [first] = MUG.split('\n')
    expect(differencesOf(first ?? '')).toEqual(['no longer sold: “Sand”', 'pictures: 2 → 1, as in the file'])
    const { id, variants } = product('mug')
    expect(variants.map(({ active }) => active)).toEqual([1, 0])
    expect(listVariants(db, id ?? 0)).toHaveLength(1)
    expect(differencesOf(MUG)).toContain('sold again: “Sand”')
    expect(product('mug').variants[1]).toMatchObject({ id: variants[1]?.id, active: 1 })
  })

  test('stays when the file no longer has it', () => {
    importRows('cup,Cup,Ceramics,Title,Default Title,C-1,1,5.00,,active')
    expect(product('mug').status).toBe('active')
  })

  test('keeps what the file has no columns for', () => {
    expect(differencesOf('mug,Big mug', 'Handle,Title')).toEqual(['title: “Mug” → “Big mug”'])
    expect(differencesOf('mug,Big mug,M-2,20', 'Handle,Title,SKU,Price')).toEqual([
      'price of “Sand”: €19.50 → €20.00',
    ])
    expect(product('mug')).toMatchObject({
      category: 'Ceramics',
      status: 'active',
      option_names: '["Glaze"]',
    })
    expect(product('mug').variants).toMatchObject([
      { active: 1, available: 4 },
      { active: 1, available: 2 },
    ])
    const plan = importRows('mug,Big mug,20', 'Handle,Title,Price')
    expect(plan.refusals[0]?.reason).toContain('the file has no option columns')
  })

  test('is left as it was when one of its rows is bad', () => {
    const before = product('mug')
    const plan = importRows(MUG.replace('2,19.50', 'two,19.50').replace('Mug', 'Cup'))
    expect(plan.refusals).toMatchObject([{ row: 3, handle: 'mug' }])
    expect(product('mug')).toEqual(before)
  })
})

describe('a SKU', () => {
  beforeEach(() => void importRows(MUG))

  test('cannot be taken from a product that is on sale', () => {
    const plan = importRows('cup,Cup,,Title,Default Title,M-2,1,5.00,,active')
    expect(plan.refusals).toEqual([
      { row: 2, handle: 'cup', reason: 'has the SKU “M-2” of another product, “mug”' },
    ])
  })

  test('can be taken from an archived product, as after a change of handle', () => {
    const { id } = product('mug')
    db.write((tx) =>
      saveProductTraits(tx, { id: id ?? 0, status: 'archived', digital: 0, taxRateId: null, now }),
    )
    expect(importRows(MUG.replaceAll('mug,', 'new-mug,')).refusals).toEqual([])
    expect(product('new-mug').variants.map(({ sku }) => sku)).toEqual(['M-1', 'M-2'])
    expect(product('mug').variants.map(({ sku }) => sku)).toEqual([null, null])
  })

  test('can move between two products of the file', () => {
    const moved = `cup,Cup,,Title,Default Title,M-2,1,5.00,,active\n${MUG.replace('M-2', 'M-3')}`
    expect(importRows(moved).refusals).toEqual([])
    expect(product('cup').variants[0]?.sku).toBe('M-2')
    expect(product('mug').variants.map(({ sku }) => sku)).toEqual(['M-1', 'M-3'])
    expect(importRows(moved).unchanged).toHaveLength(2)
  })

  test('does not move when the product that gives it up is refused', () => {
    const moved = `cup,Cup,,Title,Default Title,M-2,1,5.00,,active\n${MUG.replace('M-2', 'M-3').replace('18.00', 'x')}`
    expect(importRows(moved).refusals.map(({ handle }) => handle)).toEqual(['cup', 'mug'])
    expect(product('cup').id).toBeUndefined()
  })
})

describe('money', () => {
  test('is read into the minor units of the currency', () => {
    const row = 'tea,Tea,,Title,Default Title,T,1,1200.00,,active'
    const plan = importBytes(new TextEncoder().encode(`${HEADINGS}\n${row}`), 'JPY')
    expect(plan.added[0]?.variants[0]?.priceMinor).toBe(1200)
  })
})

test('a picture Telegram knows keeps its id there, and one uploaded in the shop is never replaced', () => {
  importRows(MUG)
  const { id = 0 } = product('mug')
  const image = findImage(db, id)
  db.write((tx) => saveTelegramFileId(tx, image?.id ?? 0, 'known'))
  expect(differencesOf(MUG.replace('2.jpg', '3.jpg'))).toEqual(['pictures: 2 → 2, as in the file'])
  expect(findImage(db, id)?.telegram_file_id).toBe('known')
  db.write((tx) => addPicture(tx, { productId: id, position: 2, file: 'own.jpg' }))
  const plan = importRows(MUG)
  expect([plan.changed, plan.notes.map(({ reason }) => reason)]).toEqual([
    [],
    ['keeps the pictures that were uploaded in the shop'],
  ])
})

test('is written in short pieces between which the shop sells, and completed by a second run when it is cut short', () => {
  const rows = (stock: number) =>
    Array.from(
      { length: 250 },
      (_, i) => `t-${i},Tea ${i},Tea,Title,Default Title,T-${i},${stock},5.00,,active`,
    )
  const fileOf = (stock: number) =>
    readProductFile(new TextEncoder().encode(`${HEADINGS}\n${rows(stock).join('\n')}\n`), 'EUR')
  const stocks = () => Array.from({ length: 250 }, (_, i) => product(`t-${i}`).variants[0]?.available)

  const pieces = importCatalogue(db, fileOf(9), { currency: 'EUR', now })
  expect(pieces.next().done).toBe(false)
  const first = product('t-0').variants[0]?.id ?? 0
  expect(stocks().filter((stock) => stock === 9)).toHaveLength(100)
  db.write((tx) => reserveStock(tx, first, 2))
  pieces.return(previewImport(db, fileOf(9), 'EUR'))

  importAll(db, fileOf(9), { currency: 'EUR', now })
  expect(new Set(stocks())).toEqual(new Set([9]))
  expect(product('t-0').variants[0]).toMatchObject({ available: 9, reserved: 2 })
  expect(product('t-249').category).toBe('Tea')
  expect(listEventsAfter(db, 0, 10).filter(({ type }) => type === 'catalogue_imported')).toHaveLength(1)
})
