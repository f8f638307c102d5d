import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listCategories, listProducts } from '../../src/db/catalogue.ts'
import { openDatabase } from '../../src/db/database.ts'
import { nextDueAt } from '../../src/db/notices.ts'
import { countOrders, listOrders } from '../../src/db/orders.ts'
import { listStaff } from '../../src/db/people.ts'
import { recountShop } from '../../src/db/seed-check.ts'
import { readShopName } from '../../src/shop/staff/shop-settings.ts'
import { givenFolder } from '../../tests/given.ts'
import { fillDemoShop } from './fill-demo-shop.ts'

test('the demo shop is full, adds up, and has nothing old left to send', async () => {
  const wish = { dataDir: givenFolder(), now: Date.UTC(2026, 4, 6, 10) }
  expect(await fillDemoShop(wish)).toBe(true)
  const db = openDatabase(join(wish.dataDir, 'shop.db'))
  onTestFinished(() => db.close())

  expect(readShopName(db)).toBe('Fern & Kettle')
  const goods = listCategories(db).flatMap(({ id }) =>
    listProducts(db, { categoryId: id, limit: 50, offset: 0 }),
  )
  expect(goods).toHaveLength(18)
  expect(goods.filter(({ available }) => available === 0).map(({ title }) => title)).toEqual(['Bud vase'])
  expect(listStaff(db).map(({ telegram_id, role }) => [telegram_id, role])).toEqual([
    [701, 'owner'],
    [702, 'manager'],
    [703, 'packer'],
  ])
  const counts = countOrders(db)
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(40)
  expect(Object.values(counts).every((count) => count > 0)).toBe(true)
  expect(recountShop(db)).toEqual([])
  const orders = listOrders(db, { limit: 50 })
  expect(orders.every(({ placed_at, updated_at }) => placed_at <= updated_at && updated_at < wish.now)).toBe(
    true,
  )
  expect(new Set(orders.map(({ payment }) => payment))).toEqual(
    new Set(['pending', 'due_on_delivery', 'paid', 'expired']),
  )
  for (const lane of [0, 1]) expect(nextDueAt(db, lane, 0)).toBeUndefined()
  expect(readdirSync(join(wish.dataDir, 'media'))).toHaveLength(18)

  expect(await fillDemoShop(wish)).toBe(false)
})
