import { describe, expect, test } from 'vitest'
import { existing, givenOrder, givenPerson, givenShop, givenStaff, step } from '../../../tests/given.ts'
import { plansOf } from '../../../tests/plans-of.ts'
import { markDone, storeUpdate } from '../../db/inbox.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { addTally } from '../../db/proof.ts'
import { sql } from '../../db/statement.ts'
import { createMetrics } from '../../lib/metrics.ts'
import { bucketOf } from '../notifications/settle.ts'
import { undoStep } from '../orders/undo-step.ts'
import { shareWithin } from './share-within.ts'
import { readTargets, type TargetName } from './targets.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

function givenPromises() {
  const shop = givenShop()
  const olga = givenStaff(shop)
  const metrics = createMetrics()
  const read = async (name: TargetName) =>
    existing((await readTargets(shop, metrics)).find((one) => one.name === name))
  return { shop, olga, metrics, read }
}

test('a shop in which nothing has happened has nothing to measure by', async () => {
  const { shop, metrics } = givenPromises()
  for (const target of await readTargets(shop, metrics))
    expect(target).toMatchObject({ value: null, isMet: null, count: 0 })
})

describe('admin response', () => {
  const NAME = 'admin_response_seconds'

  test('is the time from when an order could be accepted until it was: placed, or paid', async () => {
    const { shop, olga, read } = givenPromises()
    const cash = givenOrder(shop)
    const transfer = givenOrder(shop, { payment: 'bank_transfer' })
    shop.clock.advance(10 * MINUTE_MS)
    step(shop, olga, cash, 'accept')
    expect(await read(NAME)).toMatchObject({ value: 600, limit: 3_600, isMet: true, count: 1, span: 'week' })
    shop.clock.advance(5 * HOUR_MS)
    const paid = step(shop, olga, transfer, 'mark_paid')
    shop.clock.advance(MINUTE_MS)
    step(shop, olga, paid, 'accept')
    // Of two, 95 of 100 is the slower one.
    expect(await read(NAME)).toMatchObject({ value: 600, count: 2 })
  })

  test('counts an order that waits too long with the time it has waited', async () => {
    const { shop, read } = givenPromises()
    givenOrder(shop)
    shop.clock.advance(HOUR_MS)
    expect(await read(NAME)).toMatchObject({ value: null, count: 0 })
    shop.clock.advance(MINUTE_MS)
    expect(await read(NAME)).toMatchObject({ value: 3_660, isMet: false, count: 1 })
  })

  test('goes on from the beginning when it is taken back', async () => {
    const { shop, olga, read } = givenPromises()
    const order = step(shop, olga, givenOrder(shop), 'accept')
    const undone = shop.write((work) =>
      undoStep(work, { orderId: order.id, version: order.version, actor: olga }),
    )
    expect(await read(NAME)).toMatchObject({ count: 0 })
    shop.clock.advance(20 * MINUTE_MS)
    step(shop, olga, undone, 'accept')
    expect(await read(NAME)).toMatchObject({ value: 1_200, count: 1 })
  })

  test('is of seven days, and tells the slowest twentieth apart', async () => {
    const { shop, olga, read } = givenPromises()
    const accept = (order: OrderRow, minutes: number) => {
      shop.clock.advance(minutes * MINUTE_MS)
      step(shop, olga, order, 'accept')
    }
    accept(givenOrder(shop), 30)
    for (let i = 0; i < 19; i++) accept(givenOrder(shop), 2)
    expect(await read(NAME)).toMatchObject({ value: 120, isMet: true, count: 20 })
    accept(givenOrder(shop), 50)
    expect(await read(NAME)).toMatchObject({ value: 1_800, count: 21 })
    shop.clock.advance(7 * DAY_MS + 1)
    expect(await read(NAME)).toMatchObject({ count: 0 })
  })
})

test('order processing ends with the dispatch; what lies in any stage for more than a day counts', async () => {
  const { shop, olga, read } = givenPromises()
  const quick = givenOrder(shop)
  const slow = givenOrder(shop)
  shop.clock.advance(3 * HOUR_MS)
  step(shop, olga, quick, 'accept', 'pack', 'dispatch')
  expect(await read('order_processing_seconds')).toMatchObject({ value: 10_800, isMet: true, count: 1 })
  step(shop, olga, slow, 'accept', 'pack')
  shop.clock.advance(22 * HOUR_MS)
  expect(await read('order_processing_seconds')).toMatchObject({ value: 90_000, isMet: false, count: 2 })
  step(shop, olga, existing(findOrder(shop.db, slow.id)), 'dispatch')
  expect(await read('order_processing_seconds')).toMatchObject({ value: 90_000, count: 2 })
})

test('the bot is measured from the arrival of an update to its answer, and by what it leaves unanswered', async () => {
  const { shop, read } = givenPromises()
  const store = (updateId: number) =>
    shop.db.write((tx) => storeUpdate(tx, { updateId, payload: '{}', now: shop.clock.now() }))
  const answer = (updateId: number) =>
    shop.db.write((tx) => markDone(tx, { updateId, now: shop.clock.now(), error: null }))
  store(1)
  shop.clock.advance(80)
  answer(1)
  expect(await read('bot_answer_seconds')).toMatchObject({ value: 0.08, isMet: true, count: 1, span: 'day' })
  store(2)
  shop.clock.advance(2_500)
  expect(await read('bot_answer_seconds')).toMatchObject({ value: 2.5, isMet: false, count: 2 })
  answer(2)
  shop.clock.advance(DAY_MS + 1)
  expect(await read('bot_answer_seconds')).toMatchObject({ value: null, count: 0 })
})

describe('notice coverage', () => {
  const NAME = 'notice_coverage_ratio'

  test('is whole while everybody was told, or is about to be', async () => {
    const { shop, read } = givenPromises()
    const order = givenOrder(shop)
    expect(await read(NAME)).toMatchObject({ value: null })
    shop.db.write((tx) => {
      tx.run(sql.updateTable('notices').set({ state: 'sent', sent_at: 1 }).where('order_id', '=', order.id))
      addTally(tx, {
        hour: Math.floor(shop.clock.now() / HOUR_MS),
        channel: 'telegram',
        outcome: 'sent',
        bucket: 1,
      })
    })
    expect(await read(NAME)).toMatchObject({ value: 1, isMet: true, count: 1, span: 'day' })
  })

  test('lacks a notice that should have left a quarter of an hour ago', async () => {
    const { shop, read } = givenPromises()
    givenOrder(shop)
    shop.clock.advance(15 * MINUTE_MS)
    expect(await read(NAME)).toMatchObject({ count: 0 })
    shop.clock.advance(10 * MINUTE_MS)
    expect(await read(NAME)).toMatchObject({ value: 0, isMet: false })
  })

  test('lacks an event whose customer has no notice at all', async () => {
    const { shop, read } = givenPromises()
    const { id } = givenOrder(shop, { person: givenPerson(shop, 'Bea') })
    shop.db.write((tx) => tx.run(sql.deleteFrom('notices').where('order_id', '=', id)))
    expect(await read(NAME)).toMatchObject({ value: 0, isMet: false, count: 1 })
  })
})

test('push is measured from due to taken', async () => {
  const { shop, read } = givenPromises()
  const hour = Math.floor(shop.clock.now() / HOUR_MS)
  shop.db.write((tx) => {
    for (const ms of [100, 100, 7_000])
      addTally(tx, { hour, channel: 'push', outcome: 'sent', bucket: bucketOf(ms) })
    addTally(tx, { hour, channel: 'telegram', outcome: 'sent', bucket: bucketOf(60_000) })
  })
  const { value, ...rest } = await read('push_delivery_seconds')
  expect(rest).toMatchObject({ isMet: false, count: 3, limit: 5, span: 'day' })
  expect(value).toBeGreaterThan(7 * 0.955)
  expect(value).toBeLessThan(7 * 1.045)
})

test('the API is measured since the start, over all its routes', async () => {
  const { metrics, read } = givenPromises()
  const observe = (route: string, seconds: number, count: number) => {
    for (let i = 0; i < count; i++)
      metrics.requestSeconds.observe({ method: 'GET', route, status: '200' }, seconds)
  }
  observe('/orders', 0.004, 90)
  observe('/money/books', 0.15, 10)
  expect(await read('api_answer_seconds')).toMatchObject({ isMet: true, count: 100, span: 'start' })
  observe('/money/books', 0.4, 50)
  expect(await read('api_answer_seconds')).toMatchObject({ isMet: false, count: 150 })
})

test('a share of a histogram lies where Prometheus puts it', () => {
  const bucket = (le: string, value: number) => ({ metricName: 'x_bucket', labels: { le }, value })
  const lines = [
    bucket('1', 50),
    bucket('2', 90),
    bucket('+Inf', 100),
    { metricName: 'x_sum', labels: {}, value: 7 },
  ]
  expect(shareWithin(lines, 0.5)).toEqual({ value: 1, count: 100 })
  expect(shareWithin(lines, 0.7)).toEqual({ value: 1.5, count: 100 })
  expect(shareWithin(lines, 0.95)).toEqual({ value: 2, count: 100 })
  expect(shareWithin([], 0.95)).toEqual({ value: null, count: 0 })
})

test('no table is read whole', async () => {
  const { shop, olga, metrics } = givenPromises()
  step(shop, olga, givenOrder(shop), 'accept')
  const plans = await plansOf(shop.db, (db) => readTargets({ ...shop, db }, metrics))
  expect(plans).toContain('SEARCH events USING INDEX events_promised (type=? AND at>?)')
  expect(plans).toContain('SEARCH updates USING INDEX updates_done (done_at>?)')
  expect(plans).toContain('SEARCH orders USING INDEX orders_stage (stage=?)')
  // What waits is in partial indexes; the newest events are read from the end of their table, as far as the limit.
  expect(plans).not.toMatch(
    /SCAN (?!events$|\(?newest\)?|\(?overdue\)?|.*INDEX (updates_pending|notices_(due|recipient)))/m,
  )
})
