import { expect, test } from 'vitest'
import {
  existing,
  givenDevice,
  givenOrder,
  givenShop,
  givenStaff,
  step,
  type TestShop,
} from '../../tests/given.ts'
import { DEPTH_QUERIES } from '../db/depths.ts'
import { storeUpdate } from '../db/inbox.ts'
import { createMetrics } from '../lib/metrics.ts'
import { measureShop } from './measure-shop.ts'
import { takeCharge } from './payments/store-charge.ts'

function givenFigures(shop: TestShop) {
  const metrics = createMetrics()
  measureShop(shop, metrics)
  return async (name: string) => {
    const lines = (await metrics.text()).split('\n')
    return Number(
      existing(lines.find((line) => line.startsWith(`${name} `)))
        .split(' ')
        .at(-1),
    )
  }
}

/** Indexes of what waits alone: reading all of one is reading what is asked for. */
const OF_WHAT_WAITS = 'updates_pending|devices_person|ledger_received|provider_messages_due'

test('the depths of what waits are read from indexes, however much there is beside it', () => {
  const { db } = givenShop()
  for (const query of DEPTH_QUERIES) {
    const plan = db.plan(query).filter((line) => !/^(CO-ROUTINE|SCAN) few$/.test(line))
    expect(plan.length, query.sql).toBeGreaterThan(0)
    for (const line of plan)
      expect(line, query.sql).toMatch(new RegExp(`^SEARCH|^SCAN .* INDEX (${OF_WHAT_WAITS})$`))
  }
})

test('what waits is counted, and how long the oldest of it has waited', async () => {
  const shop = givenShop({ undoGraceMs: 0 })
  const olga = givenStaff(shop)
  const figure = givenFigures(shop)
  expect(await figure('littleshop_pending_orders_count')).toBe(0)
  expect(await figure('littleshop_oldest_pending_order_age_seconds')).toBe(0)
  const order = givenOrder(shop)
  givenDevice(shop, olga.id)
  shop.db.write((tx) => storeUpdate(tx, { updateId: 7, payload: '{}', now: shop.clock.now() }))
  shop.clock.advance(90_000)
  givenOrder(shop)

  expect(await figure('littleshop_pending_orders_count')).toBe(2)
  expect(await figure('littleshop_oldest_pending_order_age_seconds')).toBe(90)
  expect(await figure('littleshop_orders{stage="placed"}')).toBe(2)
  expect(await figure('littleshop_inbox_depth')).toBe(1)
  expect(await figure('littleshop_inbox_oldest_age_seconds')).toBe(90)
  expect(await figure('littleshop_outbox_oldest_age_seconds{channel="telegram"}')).toBe(90)
  // Both customers and both times Olga; her browser came after the first order.
  expect(await figure('littleshop_outbox_depth{channel="telegram"}')).toBe(4)
  expect(await figure('littleshop_outbox_depth{channel="push"}')).toBe(1)
  expect(await figure('littleshop_background_jobs_pending{kind="notice"}')).toBe(5)
  expect(await figure('littleshop_active_push_subscriptions')).toBe(1)

  step(shop, olga, order, 'accept', 'pack')
  expect(await figure('littleshop_pending_orders_count')).toBe(1)
  expect(await figure('littleshop_oldest_pending_order_age_seconds')).toBe(0)
  expect(await figure('littleshop_order_status_changes_total{type="placed"}')).toBe(2)
  expect(await figure('littleshop_order_status_changes_total{type="accepted"}')).toBe(1)
})

test('entries of the ledger are counted as they come, from the start of the process on', async () => {
  const shop = givenShop()
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  const pay = (reference: string) =>
    takeCharge(shop, {
      provider: 'transfer',
      reference,
      orderId: order.id,
      personId: order.person_id,
      amountMinor: 100,
      currency: 'EUR',
      orderMinor: 100,
      at: shop.clock.now(),
      raw: '{}',
    })
  pay('before')
  const figure = givenFigures(shop)
  pay('one')
  expect(await figure('littleshop_payments_total{provider="transfer",kind="charge"}')).toBe(1)
  pay('two')
  pay('two')
  expect(await figure('littleshop_payments_total{provider="transfer",kind="charge"}')).toBe(2)
})
