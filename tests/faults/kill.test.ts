import { expect, test } from 'vitest'
import { quantile } from '../../bench/measure.ts'
import { givenFolder } from '../given.ts'
import { all, look } from './check-file.ts'
import { runAndKill } from './crash-run.ts'
import { chooseSeed } from './random.ts'
import { noticesTo, ordersNamedTo, unconfirmed } from './told.ts'

const KILLS = Number(process.env.KILLS ?? 10)
const IN_FLIGHT = 4
/** Calls to Telegram, of which a start takes twenty and more; nobody waits for a lease to end. */
const GOES_ON_WITHIN = 100

test(`kill -9 at ${KILLS} random moments under load loses nothing and does nothing twice`, async () => {
  const seed = chooseSeed()
  console.info(`kill -9: SEED=${seed} KILLS=${KILLS}`)
  const run = await runAndKill(givenFolder(), KILLS, seed)
  const db = look(run.file)

  expect(run.faults).toEqual([])
  expect(run.lives.flatMap((life) => life.faults)).toEqual([])
  expect(run.complaints).toEqual([])

  const orders = all<{ id: number; checkout_key: string }>(db, 'select id, checkout_key from orders')
  const ids = new Set(orders.map((order) => order.id))
  const keys = new Set(orders.map((order) => order.checkout_key))
  for (const { person, confirmed } of run.customers) {
    expect(
      [...confirmed].filter((key) => !keys.has(key)),
      'every press of "Place order" became an order',
    ).toEqual([])
    expect(
      [...ordersNamedTo(person)].filter((id) => !ids.has(id)),
      'orders told of exist',
    ).toEqual([])
  }

  const handled = all<{ update_id: number }>(
    db,
    'select update_id from updates where done_at is not null and last_error is null',
  )
  const done = new Set(handled.map((row) => row.update_id))
  expect(
    run.telegram.confirmedUpdateIds().filter((id) => !done.has(id)),
    'every confirmed update is handled',
  ).toEqual([])

  const applied = new Set(
    all<{ key: string }>(
      db,
      `select substr(request_key, instr(request_key, ':') + 1) as key from events`,
    ).map((row) => row.key),
  )
  for (const { key, status } of run.desks.flatMap((desk) => desk.sent)) {
    if (status === 200) expect(applied, 'a step answered with 200 is there').toContain(key)
    else if (status !== undefined)
      expect(applied, `a step answered with ${status} changed nothing`).not.toContain(key)
  }

  const open = all(db, `select * from notices where state not in ('sent', 'undone') or lease is not null`)
  expect(open, 'every notice was sent, and nobody holds one').toEqual([])
  const copies = checkWords(run, db)
  expect(copies, 'extra copies').toBeLessThanOrEqual(KILLS * IN_FLIGHT + unconfirmed(db).length)
  db.close()

  const slowest = (pick: (life: (typeof run.lives)[number]) => number) => Math.max(...run.lives.map(pick))
  console.info(
    `kill -9: ${orders.length} orders, ${done.size} updates, ${applied.size} steps, ${copies} extra copies; ` +
      `ready after ${slowest((life) => life.readyAfter)} ms at most, went on within ${slowest((life) => life.resumedAfter)} calls`,
  )
  expect(orders.length).toBeGreaterThan(KILLS / 2)
  expect(slowest((life) => life.resumedAfter)).toBeLessThan(GOES_ON_WITHIN)
  // In the quicker quarter of all lives: in the others the machine may have been busy with something else.
  const readyAfter = run.lives.map((life) => life.readyAfter)
  expect(quantile(readyAfter, 0.25)).toBeLessThan(30_000)
})

/** Every notice reached its customer at least once, those of one order in their order; returns how many came again. */
function checkWords(run: Awaited<ReturnType<typeof runAndKill>>, db: ReturnType<typeof look>): number {
  let copies = 0
  for (const { person } of run.customers) {
    const told = noticesTo(person).map(({ orderId, kind }) => `${orderId} ${kind}`)
    const sql = `select order_id || ' ' || kind as name from notices join people on people.id = person_id
      where telegram_id = ? and state = 'sent' order by order_id, notices.id`
    const planned = all<{ name: string }>(db, sql, person.id).map((row) => row.name)
    const first = [...new Set(told)].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    expect(first, 'each notice came, in the order of its order').toEqual(planned)
    copies += told.length - first.length
  }
  return copies
}
