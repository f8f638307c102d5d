import { expect, test } from 'vitest'
import { givenOrder, givenShop } from '../../tests/given.ts'
import { listPendingUpdates, markDone, storeUpdate } from '../db/inbox.ts'
import { findOrder } from '../db/orders.ts'
import { sql } from '../db/statement.ts'
import { createLog } from '../lib/log.ts'
import { JOBS } from './jobs.ts'
import { runJob } from './schedule.ts'

const DAY_MS = 24 * 3_600_000
const log = createLog('silent')

test('handled updates are forgotten once Telegram cannot send them again, unhandled ones never', () => {
  const shop = givenShop()
  shop.db.write((tx) => {
    for (const updateId of [1, 2]) storeUpdate(tx, { updateId, payload: '{}', now: shop.clock.now() })
    markDone(tx, { updateId: 1, now: shop.clock.now(), error: null })
  })
  const kept = () => shop.db.all(sql.selectFrom('updates').select('update_id')).map((row) => row.update_id)
  for (const job of JOBS) runJob(job, shop, log)
  expect(kept()).toEqual([1, 2])
  shop.clock.advance(2 * DAY_MS + 1)
  for (const job of JOBS) runJob(job, shop, log)
  expect(kept()).toEqual([2])
  expect(listPendingUpdates(shop.db)).toHaveLength(1)
})

test('unpaid orders expire with time, and a job that fails ends nothing', () => {
  const shop = givenShop()
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  const broken = {
    name: 'broken',
    cron: '',
    run: () => {
      throw new Error('disk full')
    },
  }
  shop.clock.advance(3 * DAY_MS)
  for (const job of [broken, ...JOBS]) runJob(job, shop, log)
  expect(findOrder(shop.db, order.id)).toMatchObject({ fulfilment: 'cancelled', payment: 'expired' })
})
