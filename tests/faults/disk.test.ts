import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { Database } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { findOrder } from '../../src/db/orders.ts'
import { ShopError } from '../../src/lib/shop-error.ts'
import { readOrder } from '../../src/shop/orders/read-orders.ts'
import { existing, givenFolder, givenOrder, givenShop, givenStaff, givenVariant, step } from '../given.ts'
import { findFaults } from './check-file.ts'

function refusal(fn: () => unknown): unknown {
  try {
    fn()
  } catch (error) {
    return error
  }
  return undefined
}

/** Leaves the file no more room than it has; the connection's own limit stands for a full disk. */
function fillDisk(db: Database): () => void {
  const pragma = (text: string) =>
    existing(db.first<Record<string, number>>({ sql: `pragma ${text}`, values: [] }))
  const pages = existing(Object.values(pragma('page_count'))[0])
  pragma(`max_page_count = ${pages}`)
  return () => void pragma('max_page_count = 1000000')
}

test('a full disk: the shop says it is busy, changes nothing by halves, reads on, and goes on when there is room', () => {
  const shop = givenShop()
  const variantId = givenVariant(shop, 500)
  const stock = new Map([[variantId, 500]])
  const order = givenOrder(shop, { variantId, quantity: 1 })
  const makeRoom = fillDisk(shop.db)
  let refused: unknown
  for (let i = 0; i < 400 && !refused; i++)
    refused = refusal(() => givenOrder(shop, { variantId, quantity: 1 }))
  expect(refused).toBeInstanceOf(ShopError)
  expect(refused).toMatchObject({ code: 'busy', message: expect.stringContaining('room') })
  expect(findFaults(join(shop.folder, 'shop.db'), stock)).toEqual([])
  expect(readOrder(shop.db, order.id).order.fulfilment).toBe('placed')
  makeRoom()
  const later = givenOrder(shop, { variantId, quantity: 1 })
  step(shop, givenStaff(shop), later, 'accept', 'pack', 'dispatch', 'deliver')
  expect(findFaults(join(shop.folder, 'shop.db'), stock)).toEqual([])
})

test('a long write lock of another program: busy within a moment, nothing changed, then it works again', () => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  const variantId = givenVariant(shop, 5)
  const order = givenOrder(shop, { variantId })
  const other = new Sqlite(join(shop.folder, 'shop.db'))
  other.exec('begin immediate')
  const times = [1, 2, 3].map(() => {
    const begun = performance.now()
    const refused = refusal(() => step(shop, olga, order, 'accept'))
    expect(refused).toMatchObject({ name: 'ShopError', code: 'busy' })
    return performance.now() - begun
  })
  // The quickest of them: in the others the machine may have been busy with something else.
  expect(Math.min(...times)).toBeLessThan(3_000)
  expect(findOrder(shop.db, order.id)).toMatchObject({ version: 1, fulfilment: 'placed' })
  other.exec('rollback')
  other.close()
  expect(step(shop, olga, order, 'accept').version).toBe(2)
  expect(findFaults(join(shop.folder, 'shop.db'), new Map([[variantId, 5]]))).toEqual([])
})

test('a torn end of the write-ahead log is ignored: what was committed before it is there', () => {
  const shop = givenShop()
  const variantId = givenVariant(shop, 5)
  const order = givenOrder(shop, { variantId })
  const copy = join(givenFolder(), 'shop.db')
  const source = join(shop.folder, 'shop.db')
  shop.db.checkpoint()
  const accepted = step(shop, givenStaff(shop), order, 'accept')
  const wal = readFileSync(`${source}-wal`)
  const before = readFileSync(source)
  for (const cut of [wal.length - 1, wal.length - 3_000, 40_000, 5_000, 33, 0]) {
    writeFileSync(copy, before)
    writeFileSync(`${copy}-wal`, wal.subarray(0, Math.max(0, cut)))
    const db = new Sqlite(copy)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    const found = db.prepare('select version from orders where id = ?').get(order.id) as { version: number }
    expect([order.version, accepted.version]).toContain(found.version)
    db.close()
  }
})

test('a file that is no database is refused with words, and kept', () => {
  const file = join(givenFolder(), 'shop.db')
  writeFileSync(file, 'This was a shop once. '.repeat(500))
  expect(() => migrate(file)).toThrow(/shop\.db.*(backup|damaged)/is)
  expect(readFileSync(file).toString()).toContain('This was a shop once.')
})
