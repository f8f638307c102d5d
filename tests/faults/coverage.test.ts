import { expect, onTestFinished, test } from 'vitest'
import { findNotice, type NoticeRow } from '../../src/db/notices.ts'
import { countUntold } from '../../src/db/promised.ts'
import { sql } from '../../src/db/statement.ts'
import { createMetrics } from '../../src/lib/metrics.ts'
import type { Outcome } from '../../src/shop/notifications/channel.ts'
import { createDispatcher } from '../../src/shop/notifications/dispatcher.ts'
import { REMINDER } from '../../src/shop/notifications/plan.ts'
import { suiteLog } from '../suite-log.ts'
import { type CoverageWorld, givenCoverageWorld, MOVES, move } from './coverage-world.ts'
import { chooseSeed, type Random, seeded } from './random.ts'

const RUNS = Number(process.env.RUNS ?? 4)
/** In two lives of five no order expires, in one of six no customer cancels: lives go on until everything has happened once. */
const MOST_RUNS = RUNS + 16
const MOVES_EACH = 220
const MINUTE_MS = 60_000

/** Every event there is; that none is missing shows that the lives are as varied as they should be. */
const EVENTS =
  'placed accepted packing dispatched delivered cancelled paid expired undone escalated reviewed assigned stock_low notice_gave_up device_ended customer_wrote shop_wrote refund_asked payment_proof payment_failed'

/** Channels that mostly deliver, sometimes ask for patience, fail, refuse for good, or say that a device is gone. */
function givenChannels(world: CoverageWorld, trouble: { on: boolean }) {
  const { shop, random } = world
  let messages = 0
  async function answer(isPush: boolean): Promise<Outcome> {
    await new Promise(setImmediate)
    const luck = trouble.on ? random.next() : 1
    if (luck < 0.08) return { kind: 'retry', answer: '502' }
    if (luck < 0.12) return { kind: 'wait', ms: 20_000, answer: '429' }
    if (luck < 0.13) return { kind: 'final', answer: '400' }
    if (isPush && luck < 0.14) return { kind: 'final', answer: '410', ended: 'the browser has ended this' }
    messages += 1
    return { kind: 'sent', answer: 'ok', ...(!isPush && { messageId: messages }) }
  }
  const parts = { shop, log: suiteLog(), metrics: createMetrics(), random: random.next }
  const senders = { telegram: () => answer(false), push: () => answer(true), mail: () => answer(false) }
  const dispatcher = createDispatcher({ ...parts, senders })
  dispatcher.start()
  onTestFinished(() => dispatcher.stop())
  return dispatcher
}

/** The notices of each recipient and order in the order in which they first left. */
function watchLeaving({ shop }: CoverageWorld): Map<string, NoticeRow[]> {
  const left = new Map<string, NoticeRow[]>()
  const seen = new Set<number>()
  shop.listen((change) => {
    const row = change.kind === 'notice' ? findNotice(shop.db, change.noticeId) : undefined
    if (!row?.order_id || row.sent_at === null || seen.has(row.id)) return
    seen.add(row.id)
    const key = `${row.recipient} of order ${row.order_id}`
    left.set(key, [...(left.get(key) ?? []), row])
  })
  return left
}

/** What waits for the end of quiet hours may be overtaken, reminders let news pass, and what was taken up again comes later. */
function outOfOrder({ shop, dropped }: CoverageWorld, left: Map<string, NoticeRow[]>): string[] {
  const mayBeLate = (row: NoticeRow) =>
    row.kind === REMINDER ||
    row.planned_at > row.created_at + shop.settings.undoGraceMs ||
    dropped.has(row.id)
  return [...left].flatMap(([key, rows]) =>
    rows.flatMap((row, i) => {
      const overtaken = rows.slice(0, i).find((earlier) => earlier.id > row.id)
      return overtaken && !mayBeLate(row)
        ? [`${key}: ${overtaken.kind} left before ${row.kind} ${row.id}`]
        : []
    }),
  )
}

/** Rows that neither arrived nor ended for a reason. */
function lost({ shop }: CoverageWorld): string[] {
  const rows = shop.db.all(sql.selectFrom('notices').selectAll())
  return rows
    .filter(({ state, last_error }) => {
      const hasReason = ['dropped', 'dead'].includes(state) && last_error
      return !(state === 'sent' || state === 'undone' || hasReason)
    })
    .map((row) => `${row.id} ${row.kind} to ${row.recipient} is ${row.state}`)
}

async function live(random: Random): Promise<Set<string>> {
  const world = givenCoverageWorld(random)
  const trouble = { on: true }
  const dispatcher = givenChannels(world, trouble)
  const left = watchLeaving(world)
  // The first order goes its whole way before chance begins.
  for (const name of ['place', ...Array(30).fill('step'), ...Array(5).fill('review')]) move(world, name)
  const often = ['place', 'step', 'step', 'step', 'undo', 'device', 'wait']
  for (let i = 0; i < MOVES_EACH; i++) {
    move(world, random.pick([...often, ...Object.keys(MOVES)]))
    if (random.chance(0.4)) await dispatcher.idle()
  }
  trouble.on = false
  for (let i = 0; i < 40; i++) {
    await dispatcher.idle()
    world.shop.clock.advance(i < 20 ? 2 * MINUTE_MS : 60 * MINUTE_MS)
  }
  await dispatcher.idle()
  expect(world.faults.slice(0, 3)).toEqual([])
  expect(lost(world)).toEqual([])
  expect(outOfOrder(world, left)).toEqual([])
  // What the system page counts is right to find nothing here.
  expect(countUntold(world.shop.db, { from: 0, limit: 100_000 })).toBe(0)
  return world.done
}

test('whatever happens, every recipient who should know of it has one row, nobody else has, and none is lost', async () => {
  const first = chooseSeed()
  console.info(`coverage: SEED=${first}`)
  const missing = new Set([...EVENTS.split(' '), ...Object.keys(MOVES)])
  for (let run = 0; run < RUNS || (missing.size > 0 && run < MOST_RUNS); run++) {
    for (const one of await live(seeded(first + run))) missing.delete(one)
  }
  expect([...missing]).toEqual([])
})
