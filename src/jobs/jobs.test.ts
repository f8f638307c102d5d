import { validate } from 'node-cron'
import { expect, test } from 'vitest'
import { givenOrder, givenShop, givenStaff, step } from '../../tests/given.ts'
import { givenJobs } from '../../tests/given-jobs.ts'
import { plansOf } from '../../tests/plans-of.ts'
import { saveConversation } from '../db/chat-state.ts'
import { listPendingUpdates, markDone, storeUpdate } from '../db/inbox.ts'
import { listJobRuns } from '../db/jobs.ts'
import { findOrder } from '../db/orders.ts'
import { addProviderMessage, setMessageDone } from '../db/provider-messages.ts'
import { sql } from '../db/statement.ts'
import { JOBS } from './jobs.ts'

const DAY_MS = 24 * 3_600_000

test('every job has a name that fits into an address and a label, its words, and a time', () => {
  expect(new Set(JOBS.map(({ name }) => name)).size).toBe(JOBS.length)
  for (const { name, does, cron } of JOBS) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(does).toMatch(/^[A-Z]/)
    expect(validate(cron)).toBe(true)
  }
})

test('all of them run twice in a row on an empty shop and on one with orders, and none fails', async () => {
  for (const hour of [0, 12]) {
    const shop = givenShop()
    if (hour) givenOrder(shop)
    shop.clock.advance(hour * 3_600_000)
    const { runAll, runner } = givenJobs(shop)
    await runAll()
    await runAll()
    for (const { name } of JOBS)
      expect({ name, error: runner.standing(name)?.last_error ?? null }).toEqual({ name, error: null })
  }
})

test('handled updates are forgotten once Telegram cannot send them again, unhandled ones never', async () => {
  const shop = givenShop()
  shop.db.write((tx) => {
    for (const updateId of [1, 2]) storeUpdate(tx, { updateId, payload: '{}', now: shop.clock.now() })
    markDone(tx, { updateId: 1, now: shop.clock.now(), error: null })
  })
  const { run } = givenJobs(shop)
  const kept = () => shop.db.all(sql.selectFrom('updates').select('update_id')).map((row) => row.update_id)
  await run('forget-updates')
  expect(kept()).toEqual([1, 2])
  shop.clock.advance(2 * DAY_MS + 1)
  await run('forget-updates')
  expect(kept()).toEqual([2])
  expect(listPendingUpdates(shop.db)).toHaveLength(1)
})

test('a backlog of thousands goes in one run, batch by batch', async () => {
  const shop = givenShop()
  shop.db.write((tx) => {
    for (let updateId = 1; updateId <= 1001; updateId++) {
      storeUpdate(tx, { updateId, payload: '{}', now: shop.clock.now() })
      markDone(tx, { updateId, now: shop.clock.now(), error: null })
    }
  })
  const { run } = givenJobs(shop)
  shop.clock.advance(3 * DAY_MS)
  await run('forget-updates')
  expect(shop.db.all(sql.selectFrom('updates').select('update_id'))).toEqual([])
  expect(listJobRuns(shop.db, { job: 'forget-updates', limit: 5 })).toMatchObject([
    { done: 1001, error: null },
  ])
})

test('what providers said is forgotten half a year after it was acted upon, and never before', async () => {
  const shop = givenShop()
  shop.db.write((tx) => {
    const message = { provider: 'btcpay', body: '{}', now: shop.clock.now() } as const
    for (const key of ['read', 'unread']) addProviderMessage(tx, { ...message, key })
    setMessageDone(tx, 1, shop.clock.now())
  })
  const { run } = givenJobs(shop)
  const kept = () => shop.db.all(sql.selectFrom('provider_messages').select('key')).map(({ key }) => key)
  shop.clock.advance(180 * DAY_MS)
  await run('forget-messages')
  expect(kept()).toEqual(['read', 'unread'])
  shop.clock.advance(1)
  await run('forget-messages')
  expect(kept()).toEqual(['unread'])
})

test('abandoned conversations are forgotten after a week', async () => {
  const shop = givenShop()
  const { run } = givenJobs(shop)
  shop.db.write((tx) => saveConversation(tx, { key: 'old', value: '{}', now: shop.clock.now() }))
  shop.clock.advance(7 * DAY_MS + 1)
  shop.db.write((tx) => saveConversation(tx, { key: 'new', value: '{}', now: shop.clock.now() }))
  await run('forget-conversations')
  expect(shop.db.all(sql.selectFrom('conversations').select('key'))).toEqual([{ key: 'new' }])
})

test('unpaid orders expire with time, and a job that fails ends nothing', async () => {
  const shop = givenShop()
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  const broken = { name: 'broken', does: 'Break', cron: '* * * * * *', run: failing('disk full') }
  const { run, runAll, runner } = givenJobs(shop, [broken])
  shop.clock.advance(3 * DAY_MS)
  await run('broken')
  await runAll()
  expect(findOrder(shop.db, order.id)).toMatchObject({ fulfilment: 'cancelled', payment: 'expired' })
  expect(runner.standing('broken')).toMatchObject({ failures: 2, last_error: 'disk full' })
})

test('what is forgotten is found by index, on every table', async () => {
  const shop = givenShop({ undoGraceMs: 0 })
  step(shop, givenStaff(shop), givenOrder(shop), 'cancel')
  const { place } = givenJobs(shop)
  shop.clock.advance(1_000 * DAY_MS)
  const stopping = new AbortController().signal
  const plans = await plansOf(shop.db, async (db) => {
    for (const job of JOBS)
      if (/^(forget|end)-/.test(job.name)) await job.run({ ...shop, db }, stopping, place)
  })
  for (const index of ['conversations_age', 'sessions_expiry', 'updates_done', 'events_order'])
    expect(plans).toContain(`INDEX ${index} `)
  // The oldest providers' messages, and a list of ids, are read from their beginning as far as the limit.
  expect(plans).not.toMatch(/SCAN (?!json_each|provider_messages)/)
})

function failing(words: string): () => number {
  return () => {
    throw new Error(words)
  }
}
