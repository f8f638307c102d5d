import { addJobRun, isPeriodDone, type JobRow, listJobs, saveJob } from '../db/jobs.ts'
import { localDay } from '../lib/local-day.ts'
import { type Log, withoutTokens } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import { ShopError } from '../lib/shop-error.ts'
import { recordEvent } from '../shop/record-event.ts'
import type { Actor, Shop } from '../shop/work.ts'
import { isNoteworthy, type Ran, standingAfter } from './job-standing.ts'
import type { Job, Workplace } from './jobs.ts'
import { dayDue } from './period.ts'
import { tellOwner } from './tell-owner.ts'

/** Jobs that have nothing to do run each second: how they stand is written down once a minute, all at once. */
const KEEP_EVERY_MS = 60_000
const KEPT_RUNS = 100
const MAX_ERROR = 300

export interface JobRunnerParts {
  shop: Shop
  jobs: readonly Job[]
  place: Workplace
  log: Log
  metrics: Metrics
}

/** Runs jobs, one run of each at a time, and keeps how they went. */
export interface JobRunner {
  /** Runs a job if it is due and not under way; never throws. */
  run(job: Job): Promise<void>
  /** Begins a run because somebody wants it now. Throws a ShopError: not_found, or conflict while it is under way. */
  runNow(name: string, actor: Actor): void
  standing(name: string): JobRow | undefined
  /** Since when the job is under way, ms since 1970. */
  runningSince(name: string): number | undefined
  /** Whether a daily job is done for today. */
  isDoneToday(job: Job): boolean
  /** Waits for what is under way, and writes down how all stand. */
  stop(): Promise<void>
}

interface Asked {
  /** The day it is done for, of jobs that are done once a day. */
  period: string | null
  by: number | null
}

/** Makes the runner for these jobs; it goes on from how they stood when the shop was last open. */
export function createJobRunner({ shop, jobs, place, log, metrics }: JobRunnerParts): JobRunner {
  const { clock, db, settings } = shop
  const stopping = new AbortController()
  const standings = new Map(listJobs(db).map((row) => [row.name, row]))
  const running = new Map<string, { since: number; ended: Promise<void> }>()
  const failureNotedAt = new Map<string, number>()
  const changed = new Set<string>()
  let keptAt = clock.now()
  for (const { name } of jobs) {
    metrics.jobFailures.inc({ job: name }, 0)
    showLastSuccess(name)
  }

  function run(job: Job): Promise<void> {
    if (stopping.signal.aborted || running.has(job.name)) return Promise.resolve()
    const day = dayDue(job, clock.now(), settings.timezone)
    if (day === undefined || (day !== null && isPeriodDone(db, { job: job.name, period: day })))
      return Promise.resolve()
    return begin(job, { period: day, by: null })
  }

  function runNow(name: string, actor: Actor): void {
    const job = jobs.find((one) => one.name === name)
    if (!job) throw new ShopError('not_found', 'There is no such job.')
    if (running.has(name)) throw new ShopError('conflict', 'This job is running already.')
    shop.write((work) => recordEvent(work, { type: 'job_asked', orderId: null, actor, data: { job: name } }))
    void begin(job, { period: null, by: actor.id })
  }

  function begin(job: Job, asked: Asked): Promise<void> {
    const ended = attempt(job).then((ran) => {
      running.delete(job.name)
      // What was cut short, or failed, leaves its day to be done.
      const isWhole = ran.error === null && !stopping.signal.aborted
      settle(job, ran, isWhole ? asked : { ...asked, period: null })
    })
    running.set(job.name, { since: clock.now(), ended })
    return ended
  }

  async function attempt(job: Job): Promise<Ran> {
    const startedAt = clock.now()
    const begun = performance.now()
    let result: Pick<Ran, 'done' | 'error'>
    try {
      result = { done: await job.run(shop, stopping.signal, place), error: null }
      if (result.done > 0) log.debug({ job: job.name, done: result.done }, 'job')
    } catch (err) {
      log.error({ err, job: job.name }, 'a job failed')
      result = { done: 0, error: sentenceOf(err) }
    }
    return { ...result, startedAt, endedAt: clock.now(), tookMs: Math.round(performance.now() - begun) }
  }

  function settle(job: Job, ran: Ran, asked: Asked): void {
    const { name } = job
    const before = standings.get(name)
    standings.set(name, standingAfter(name, before, ran))
    changed.add(name)
    observe(name, ran)
    const isOver = before?.failing_since != null && ran.error === null
    const isNoted =
      asked.by !== null || asked.period !== null || isNoteworthy(before, ran, failureNotedAt.get(name))
    if (!isNoted && !isOver && ran.endedAt - keptAt < KEEP_EVERY_MS) return
    keep(job, isNoted ? { ran, asked } : undefined)
    if (ran.error !== null && isNoted) failureNotedAt.set(name, ran.endedAt)
  }

  /** Writes down how all jobs stand, and this run. A full disk must not end the process: a later run tries again. */
  function keep(job?: Job, noted?: { ran: Ran; asked: Asked }): void {
    keptAt = clock.now()
    try {
      const told = shop.write((work) => {
        for (const name of changed) saveJob(work.tx, standings.get(name) as JobRow)
        if (job && noted) addJobRun(work.tx, { job: job.name, ...runRow(noted) }, KEPT_RUNS)
        return job && tellOwner(work, job, standings.get(job.name) as JobRow)
      })
      if (told) standings.set(told.name, told)
      changed.clear()
    } catch (err) {
      log.error({ err }, 'how the jobs stand could not be written down')
    }
  }

  function observe(job: string, { tookMs, error }: Ran): void {
    metrics.jobSeconds.observe({ job }, tookMs / 1000)
    if (error !== null) metrics.jobFailures.inc({ job })
    showLastSuccess(job)
  }

  function showLastSuccess(job: string): void {
    const at = standings.get(job)?.succeeded_at
    if (at != null) metrics.jobLastSuccess.set({ job }, at / 1000)
  }

  return {
    run,
    runNow,
    standing: (name) => standings.get(name),
    isDoneToday: ({ name }) =>
      isPeriodDone(db, { job: name, period: localDay(settings.timezone, clock.now()) }),
    runningSince: (name) => running.get(name)?.since,
    async stop() {
      stopping.abort()
      await Promise.all([...running.values()].map(({ ended }) => ended))
      keep()
    },
  }
}

function runRow({ ran, asked }: { ran: Ran; asked: Asked }) {
  return {
    period: asked.period,
    started_at: ran.startedAt,
    took_ms: ran.tookMs,
    done: ran.done,
    error: ran.error,
    asked_by: asked.by,
  }
}

function sentenceOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error)
  return withoutTokens(words).slice(0, MAX_ERROR) || 'it gave no reason'
}
