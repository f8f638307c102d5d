import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { listDifferences } from '../../src/db/books.ts'
import { listCategories, listProducts } from '../../src/db/catalogue.ts'
import { openDatabase } from '../../src/db/database.ts'
import { findDiscountCode } from '../../src/db/discounts.ts'
import { listMoneyMatters } from '../../src/db/ledger.ts'
import { countOrders, listOrders } from '../../src/db/order-lists.ts'
import { nextDueAt } from '../../src/db/outbox.ts'
import { listWaitingProofs } from '../../src/db/payment-proofs.ts'
import { listStaff } from '../../src/db/people.ts'
import { recountShop } from '../../src/db/seed-check.ts'
import { askForCheck, checkBooks } from '../../src/shop/payments/books/check-books.ts'
import { readShopName } from '../../src/shop/staff/shop-settings.ts'
import { givenFolder, givenShop } from '../../tests/given.ts'
import { fillDemoDatabase, fillDemoShop } from './fill-demo-shop.ts'

test.each([0, 6, 10, 17, 23])(
  'its stories of money are there at %i o’clock, and the books agree',
  async (hour) => {
    const { db, ...rest } = givenShop()
    const shop = { db, ...rest }
    const now = Date.UTC(2026, 4, 6, hour, 30)
    shop.clock.advance(now - shop.clock.now())
    fillDemoDatabase(db, now)
    expect(
      listMoneyMatters(db, 10)
        .map(({ kind, state, trouble }) => [kind, state, trouble])
        .sort(),
    ).toEqual([
      ['charge', 'open', 'after_expiry'],
      ['charge', 'open', 'paid_twice'],
      ['refund', 'by_hand', null],
    ])
    expect(listWaitingProofs(db, 10)).toHaveLength(1)
    expect(findDiscountCode(db, 'WELCOME10')).toMatchObject({ used: 1 })
    expect(recountShop(db)).toEqual([])
    shop.write((work) => askForCheck(work))
    await checkBooks(shop)
    expect(listDifferences(db, 10)).toEqual([])
  },
)

test('the demo shop is full, adds up, and has nothing old left to send', async () => {
  const wish = { dataDir: givenFolder(), now: Date.UTC(2026, 4, 6, 10) }
  expect(await fillDemoShop(wish)).toBe(true)
  const db = openDatabase(join(wish.dataDir, 'shop.db'))
  onTestFinished(() => db.close())

  expect(readShopName(db)).toBe('Fern & Kettle')
  const goods = listCategories(db).flatMap(({ id }) =>
    listProducts(db, { categoryId: id, limit: 50, offset: 0 }),
  )
  expect(goods).toHaveLength(19)
  expect(goods.filter(({ available }) => available === 0).map(({ title }) => title)).toEqual(['Bud vase'])
  expect(listStaff(db).map(({ telegram_id, role }) => [telegram_id, role])).toEqual([
    [701, 'owner'],
    [702, 'manager'],
    [703, 'packer'],
  ])
  const counts = countOrders(db)
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(44)
  expect(Object.values(counts).every((count) => count > 0)).toBe(true)
  expect(recountShop(db)).toEqual([])
  const orders = listOrders(db, { limit: 50 })
  expect(orders.every(({ placed_at, updated_at }) => placed_at <= updated_at && updated_at < wish.now)).toBe(
    true,
  )
  expect(new Set(orders.map(({ payment }) => payment))).toEqual(
    new Set(['pending', 'due_on_delivery', 'paid', 'expired', 'refunded']),
  )
  for (const lane of [0, 1]) expect(nextDueAt(db, { channel: 'telegram', lane, now: 0 })).toBeUndefined()
  expect(readdirSync(join(wish.dataDir, 'media'))).toHaveLength(19)

  expect(await fillDemoShop(wish)).toBe(false)
})
