import cron, { type ScheduledTask } from 'node-cron'
import { listJobRuns } from '../db/jobs.ts'
import type { Actor } from '../shop/work.ts'
import { createJobRunner, type JobRunnerParts } from './job-runner.ts'
import { JOBS, type Job } from './jobs.ts'
import { dueToday, dueTomorrow } from './period.ts'

const MAY_TAKE_MS = 10 * 60_000
const SHOWN_RUNS = 20

/** The shop's background work. Runs nothing before it is started. */
export function createJobs(parts: Omit<JobRunnerParts, 'jobs'>) {
  const { shop } = parts
  const runner = createJobRunner({ ...parts, jobs: JOBS })
  // Node-cron would complain on the console of each missed run, which the next one makes up.
  const options = { suppressMissedWarning: true }
  const tasks = JOBS.map((job) => cron.createTask(job.cron, () => runner.run(job), options))

  return {
    /** Begins to run each job at its times. */
    start(): void {
      for (const task of tasks) void task.start()
    },
    /** All jobs and how they stand, in the order of the table. */
    list: () => JOBS.map((job, i) => viewOf(job, tasks[i])),
    /** The newest runs of a job that did something or failed, newest first. */
    runs: (job: string) => listJobRuns(shop.db, { job, limit: SHOWN_RUNS }),
    /** Begins a run now. Throws a ShopError: not_found, or conflict while one is under way. */
    runNow: (name: string, actor: Actor) => runner.runNow(name, actor),
    /** Begins no more runs, and lets those in hand finish. */
    async stop(): Promise<void> {
      for (const task of tasks) void task.destroy()
      await runner.stop()
    },
  }

  function viewOf(job: Job, task: ScheduledTask | undefined) {
    const now = shop.clock.now()
    const row = runner.standing(job.name)
    const runningSince = runner.runningSince(job.name) ?? null
    return {
      name: job.name,
      does: job.does,
      lastStartedAt: row?.started_at ?? null,
      tookMs: row?.took_ms ?? null,
      succeededAt: row?.succeeded_at ?? null,
      runs: row?.runs ?? 0,
      failures: row?.failures ?? 0,
      failingSince: row?.failing_since ?? null,
      failingRuns: row?.failing_runs ?? 0,
      lastError: row?.failing_since ? row.last_error : null,
      runningSince,
      isStuck: runningSince !== null && now - runningSince > (job.mayTakeMs ?? MAY_TAKE_MS),
      nextAt: nextAt(job, now, task?.getNextRun()?.getTime() ?? now),
    }
  }

  function nextAt(job: Job, now: number, tick: number): number {
    if (job.daily === undefined) return tick
    const { timezone } = shop.settings
    if (runner.isDoneToday(job)) return dueTomorrow(job.daily, now, timezone)
    return Math.max(tick, dueToday(job.daily, now, timezone))
  }
}
