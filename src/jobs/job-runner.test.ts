import { describe, expect, test } from 'vitest'
import { existing, givenShop, givenStaff, type TestShop } from '../../tests/given.ts'
import { givenJobs } from '../../tests/given-jobs.ts'
import { listJobRuns, listJobs } from '../db/jobs.ts'
import { sql } from '../db/statement.ts'
import type { Job } from './jobs.ts'

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A job that does what the test says. */
function givenJob(wish: Partial<Job> = {}) {
  const shop = givenShop({ timezone: 'Europe/Lisbon' })
  const said: { error?: string; done: number } = { done: 0 }
  let runs = 0
  const job: Job = {
    name: 'probe',
    does: 'Look around',
    cron: '* * * * * *',
    run() {
      runs += 1
      if (said.error) throw new Error(said.error)
      return said.done
    },
    ...wish,
  }
  const given = givenJobs(shop, [job])
  return {
    ...given,
    shop,
    job,
    said,
    count: () => runs,
    tick: () => given.runner.run(job),
    noted: () => listJobRuns(shop.db, { job: 'probe', limit: 1_000 }),
    kept: () => listJobs(shop.db).find(({ name }) => name === 'probe'),
  }
}

function told(shop: TestShop): string[] {
  const query = sql
    .selectFrom('events')
    .innerJoin('notices', 'notices.event_id', 'events.id')
    .select(['events.type', 'events.data'])
    .where('events.type', 'in', ['shop_trouble', 'shop_trouble_over'])
    .orderBy('events.id')
  return shop.db.all(query).map(({ data }) => (JSON.parse(data) as { reason: string }).reason)
}

describe('what is written down', () => {
  test('a job that has nothing to do costs one write a minute, however often it runs', async () => {
    const { shop, tick, noted, kept, count } = givenJob()
    await tick()
    for (let i = 0; i < 59; i++) {
      shop.clock.advance(SECOND_MS)
      await tick()
    }
    expect(kept()).toBeUndefined()
    shop.clock.advance(SECOND_MS)
    await tick()
    expect(kept()).toMatchObject({ runs: 61, failures: 0, succeeded_at: shop.clock.now() })
    expect(count()).toBe(61)
    expect(noted()).toEqual([])
  })

  test('a run that did something, failed, or was asked for has a row of its own, and the newest hundred stay', async () => {
    const { shop, tick, said, noted, runner, kept } = givenJob()
    said.done = 3
    await tick()
    expect(noted()).toMatchObject([{ done: 3, error: null, period: null }])
    said.error = 'disk full'
    await tick()
    expect(noted()).toMatchObject([{ done: 0, error: 'disk full' }, { done: 3 }])
    expect(kept()).toMatchObject({ runs: 2, failures: 1, failing_runs: 1, last_error: 'disk full' })
    delete said.error
    said.done = 0
    const olga = givenStaff(shop)
    runner.runNow('probe', olga)
    await runner.stop()
    expect(noted()[0]).toMatchObject({ done: 0, error: null, asked_by: olga.id, asked_by_name: 'Olga' })
    expect(
      shop.db.all(sql.selectFrom('events').select('actor_name').where('type', '=', 'job_asked')),
    ).toEqual([{ actor_name: 'Olga' }])
  })

  test('of a busy job the newest hundred runs stay', async () => {
    const { tick, said, noted } = givenJob()
    for (said.done = 1; said.done <= 120; said.done++) await tick()
    expect(noted()).toHaveLength(100)
    expect(noted().at(-1)).toMatchObject({ done: 21 })
  })

  test('the same failure over and over is written down once a minute', async () => {
    const { shop, tick, said, noted, kept } = givenJob()
    said.error = 'disk full'
    for (let i = 0; i < 121; i++) {
      await tick()
      shop.clock.advance(SECOND_MS)
    }
    expect(noted()).toHaveLength(3)
    expect(kept()).toMatchObject({ failing_runs: 121 })
    said.error = 'something else'
    await tick()
    expect(noted()).toHaveLength(4)
  })

  test('how a job stands outlives the process', async () => {
    const { shop, tick, said, runner, start, metrics } = givenJob()
    await tick()
    said.error = 'disk full'
    shop.clock.advance(SECOND_MS)
    await tick()
    await runner.stop()
    const next = start()
    expect(next.standing('probe')).toMatchObject({
      runs: 2,
      failures: 1,
      failing_since: shop.clock.now(),
      succeeded_at: shop.clock.now() - SECOND_MS,
    })
    const text = await metrics.text()
    expect(text).toContain('littleshop_job_failures_total{job="probe"} 1')
    expect(text).toContain('littleshop_job_duration_seconds_count{job="probe"} 2')
    const at = (shop.clock.now() - SECOND_MS) / 1000
    expect(text).toContain(`littleshop_job_last_success_timestamp_seconds{job="probe"} ${at}`)
  })

  test('a token in what went wrong is not', async () => {
    const { tick, said, noted } = givenJob()
    said.error = 'no answer from https://api.telegram.org/bot123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAA/getMe'
    await tick()
    expect(noted()[0]?.error).toBe('no answer from https://api.telegram.org/bot[redacted]/getMe')
  })
})

describe('no overlap', () => {
  test('a job that is under way is not begun again, by its time or by hand', async () => {
    const gate = Promise.withResolvers<number>()
    let begun = 0
    const run = () => {
      begun += 1
      return gate.promise
    }
    const { shop, tick, runner } = givenJob({ run })
    const ended = tick()
    await tick()
    expect(runner.runningSince('probe')).toBe(shop.clock.now())
    expect(() => runner.runNow('probe', givenStaff(shop))).toThrow('This job is running already.')
    expect(begun).toBe(1)
    gate.resolve(1)
    await ended
    expect(runner.runningSince('probe')).toBeUndefined()
  })

  test('stopping waits for it, and leaves the day of what was cut short to be done', async () => {
    const run = (_shop: unknown, stopping: AbortSignal) =>
      new Promise<number>((resolve) => stopping.addEventListener('abort', () => resolve(1)))
    const { tick, runner, noted } = givenJob({ run, daily: 0 })
    void tick()
    await runner.stop()
    expect(noted()).toMatchObject([{ done: 1, period: null }])
  })

  test('there is no job of another name', () => {
    const { runner, shop } = givenJob()
    expect(() => runner.runNow('nothing', givenStaff(shop))).toThrow('There is no such job.')
  })
})

describe('once a day', () => {
  const EIGHT = 8 * 60

  test('not before its minute, then once, across restarts, and again the next day', async () => {
    const { shop, tick, count, start, job, noted } = givenJob({ daily: EIGHT })
    // The clock of the tests stands at nine.
    shop.clock.advance(22 * HOUR_MS)
    await tick()
    expect(count()).toBe(0)
    shop.clock.advance(HOUR_MS)
    await tick()
    await tick()
    await start().run(job)
    expect(count()).toBe(1)
    shop.clock.advance(DAY_MS)
    await start().run(job)
    expect(noted().map(({ period }) => period)).toEqual(['2026-01-07', '2026-01-06'])
  })

  test('a clock that jumps a day ahead and back makes it run no day twice', async () => {
    const { shop, tick, count } = givenJob({ daily: EIGHT })
    await tick()
    shop.clock.advance(DAY_MS)
    await tick()
    shop.clock.advance(-DAY_MS)
    await tick()
    shop.clock.advance(DAY_MS)
    await tick()
    expect(count()).toBe(2)
  })

  test('one that was missed is made up, and one that fails is tried again until it is done', async () => {
    const { shop, tick, said, count, noted } = givenJob({ daily: EIGHT })
    shop.clock.advance(12 * HOUR_MS)
    said.error = 'disk full'
    await tick()
    await tick()
    delete said.error
    await tick()
    await tick()
    expect(count()).toBe(3)
    expect(noted()[0]).toMatchObject({ period: '2026-01-05', error: null })
  })

  test('a run by hand is none for the day', async () => {
    const { shop, tick, runner, count, noted } = givenJob({ daily: EIGHT })
    runner.runNow('probe', givenStaff(shop))
    await expect.poll(() => noted().length).toBe(1)
    await tick()
    expect(count()).toBe(2)
  })
})

describe('the owner', () => {
  test('hears of a job that keeps failing once, also across a restart, and once that it works again', async () => {
    const { shop, tick, said, start, job, runner } = givenJob()
    givenStaff(shop)
    said.error = 'disk full'
    for (let i = 0; i < 5; i++) {
      await tick()
      shop.clock.advance(MINUTE_MS)
    }
    expect(told(shop)).toEqual([])
    await tick()
    const failing = '“Look around” keeps failing: disk full'
    expect(told(shop)).toEqual([failing])
    await runner.stop()
    const next = start()
    for (let i = 0; i < 90; i++) {
      await next.run(job)
      shop.clock.advance(MINUTE_MS)
    }
    expect(told(shop)).toEqual([failing])
    delete said.error
    await next.run(job)
    await next.run(job)
    const over = '“Look around” works again.'
    expect(told(shop)).toEqual([failing, over])
    said.error = 'disk full again'
    for (let i = 0; i < 7; i++) {
      await next.run(job)
      shop.clock.advance(MINUTE_MS)
    }
    expect(told(shop)).toEqual([failing, over, '“Look around” keeps failing: disk full again'])
  })

  test('hears nothing of a hiccup', async () => {
    const { shop, tick, said } = givenJob()
    givenStaff(shop)
    for (let i = 0; i < 20; i++) {
      said.error = 'busy'
      await tick()
      await tick()
      delete said.error
      await tick()
      shop.clock.advance(10 * MINUTE_MS)
    }
    expect(told(shop)).toEqual([])
  })
})

test('a file that takes no writes stops no job, and what could not be written is written later', async () => {
  const { shop, tick, said, kept } = givenJob()
  const full = {
    sql: 'create trigger full before insert on jobs begin select raise(abort, "full"); end',
    values: [],
  }
  shop.db.write((tx) => tx.run(full))
  said.done = 1
  await tick()
  expect(kept()).toBeUndefined()
  shop.db.write((tx) => tx.run({ sql: 'drop trigger full', values: [] }))
  await tick()
  expect(existing(kept())).toMatchObject({ runs: 2 })
})
