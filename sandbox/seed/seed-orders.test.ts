import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { listEvents } from '../../src/db/events.ts'
import { countOrders, listOrders } from '../../src/db/order-lists.ts'
import { listLineItems } from '../../src/db/orders.ts'
import { nextDueAt } from '../../src/db/outbox.ts'
import { listNoticesOfOrder } from '../../src/db/proof.ts'
import { recountShop } from '../../src/db/seed-check.ts'
import { sql } from '../../src/db/statement.ts'
import { bucketOf } from '../../src/shop/notifications/settle.ts'
import { givenFolder } from '../../tests/given.ts'
import { seedOrders } from './seed-orders.ts'

function seeded(orders: number, seed: number) {
  const path = join(givenFolder(), 'shop.db')
  seedOrders(path, { orders, seed })
  const db = openDatabase(path)
  onTestFinished(() => db.close())
  return db
}

test('2,000 orders add up, in every stage, most of them delivered', () => {
  const db = seeded(2000, 7)
  const counts = countOrders(db)
  expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(2000)
  expect(counts.delivered).toBeGreaterThan(1600)
  expect(Object.entries(counts).filter(([, count]) => count === 0)).toEqual([])
  expect(recountShop(db)).toEqual([])
  expect(nextDueAt(db, { channel: 'telegram', lane: 0, now: 0 })).toBeUndefined()
})

test('every order has a past that leads to its present', () => {
  const db = seeded(300, 3)
  for (const order of listOrders(db, { limit: 300 })) {
    const events = listEvents(db, order.id)
    expect(events[0]).toMatchObject({ type: 'placed', at: order.placed_at })
    expect(events.at(-1)?.at).toBe(order.updated_at)
    expect(events).toHaveLength(order.version)
    expect(listNoticesOfOrder(db, order.id).length).toBeGreaterThanOrEqual(2)
  }
})

test('the same seed makes the same shop, and another seed another', () => {
  const picture = (seed: number) => {
    const db = seeded(200, seed)
    return listOrders(db, { limit: 200 }).map((order) => [
      order,
      listLineItems(db, order.id),
      listEvents(db, order.id),
    ])
  }
  const first = picture(5)
  expect(picture(5)).toEqual(first)
  expect(picture(6)).not.toEqual(first)
})

test('a shop that has orders is left alone, unless more are asked for', () => {
  const db = seeded(50, 1)
  expect(() => seedOrders(db, { orders: 10 })).toThrow('already has orders')
  seedOrders(db, { orders: 10, seed: 2, add: true })
  expect(listOrders(db, { limit: 100 })).toHaveLength(60)
  expect(recountShop(db)).toEqual([])
})

test('the made-up notices are counted as those are that really leave', () => {
  const db = seeded(50, 1)
  const rows = db.all(sql.selectFrom('notice_tallies').selectAll())
  const sum = (outcome: string) =>
    rows.filter((row) => row.outcome === outcome).reduce((all, row) => all + row.count, 0)
  const sent = db.all(sql.selectFrom('notices').select('id').where('sent_at', 'is not', null))
  expect(sum('sent')).toBe(sent.length)
  expect(new Set(rows.filter((row) => row.outcome === 'sent').map((row) => row.bucket))).toEqual(
    new Set([bucketOf(350)]),
  )
})
