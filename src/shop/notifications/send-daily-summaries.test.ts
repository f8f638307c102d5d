import { expect, it } from 'vitest'
import { givenOrder, givenShop, givenStaff, givenVariant, step, type TestShop } from '../../../tests/given.ts'
import { saveStaffWish } from '../../db/audience.ts'
import { findEvent } from '../../db/events.ts'
import { listNoticesOfEvent } from '../../db/proof.ts'
import { sql } from '../../db/statement.ts'
import { dailySummary } from './daily-summary.ts'
import { gatherFacts } from './facts.ts'
import { sendDailySummaries } from './send-daily-summaries.ts'

const HOUR_MS = 3_600_000

function givenReader(shop: TestShop, timezone: string | null = null) {
  const olga = givenStaff(shop)
  const wish = {
    personId: olga.id,
    timezone,
    quietFrom: null,
    quietTo: null,
    urgentAnyway: 0,
    dailySummary: 1,
  } as const
  shop.db.write((tx) => {
    saveStaffWish(tx, wish)
    tx.run(sql.updateTable('people').set({ email: 'olga@shop.example' }).where('id', '=', olga.id))
  })
  return olga
}

function summaries(shop: TestShop) {
  const events = shop.db.all(sql.selectFrom('events').selectAll().where('type', '=', 'daily_summary'))
  return events.flatMap((event) => listNoticesOfEvent(shop.db, event.id))
}

it('tells of yesterday once a day, from seven in the morning where the reader is', () => {
  const shop = givenShop()
  const olga = givenReader(shop, 'America/New_York')
  const variantId = givenVariant(shop, 10, 1000)
  step(shop, olga, givenOrder(shop, { variantId, quantity: 1 }), 'accept', 'pack', 'dispatch', 'deliver')
  step(shop, olga, givenOrder(shop, { variantId, quantity: 2 }), 'cancel')
  // 09:00 UTC is four in the morning in New York: what happened belongs to that same day.
  shop.clock.advance(26 * HOUR_MS)
  expect([sendDailySummaries(shop), sendDailySummaries(shop)]).toEqual([0, 0])
  shop.clock.advance(1 * HOUR_MS)
  expect([sendDailySummaries(shop), sendDailySummaries(shop)]).toEqual([1, 0])
  const [notice] = summaries(shop)
  expect(notice).toMatchObject({ channel: 'mail', person_id: olga.id, recipient: `mail:${olga.id}` })
  expect(JSON.parse(findEvent(shop.db, notice?.event_id ?? 0)?.data ?? '')).toEqual({
    day: '2026-01-05',
    orders: 2,
    totalMinor: 3980,
    delivered: 1,
    cancelled: 1,
    waiting: 0,
    deadLetters: 0,
  })
  shop.clock.advance(24 * HOUR_MS)
  expect(sendDailySummaries(shop)).toBe(1)
})

it('says it in words', () => {
  const shop = givenShop()
  givenReader(shop)
  givenOrder(shop, { variantId: givenVariant(shop, 10, 1000), quantity: 1 })
  shop.clock.advance(24 * HOUR_MS)
  sendDailySummaries(shop)
  const [notice] = summaries(shop)
  const facts = notice && gatherFacts(shop, notice)
  expect(facts && dailySummary(facts)).toBe(
    [
      'Your shop on Monday, January 5, 2026\n',
      'One order came in, worth <b>€14.90</b>.',
      'Delivered: 0 · cancelled: 0',
      '⏰ One order is waiting to be accepted.',
    ].join('\n'),
  )
})

it('sends nothing where mail is switched off, or nobody asked', () => {
  const off = givenShop({ channels: { push: false, mail: false } })
  givenReader(off)
  const silent = givenShop()
  givenStaff(silent)
  expect([sendDailySummaries(off), sendDailySummaries(silent)]).toEqual([0, 0])
})
