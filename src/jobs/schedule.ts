import cron from 'node-cron'
import type { Log } from '../lib/log.ts'
import type { Shop } from '../shop/work.ts'
import { JOBS, type Job } from './jobs.ts'

/** Runs the jobs at their times. Returns how to stop them. */
export function scheduleJobs(shop: Shop, log: Log): () => void {
  // Node-cron would complain on the console of each missed run, which the next one makes up.
  const options = { noOverlap: true, suppressMissedWarning: true }
  const tasks = JOBS.map((job) => cron.schedule(job.cron, () => runJob(job, shop, log), options))
  return () => {
    for (const task of tasks) void task.destroy()
  }
}

/** Runs one job now. A failure is logged; the next run does what this one left. */
export function runJob(job: Job, shop: Shop, log: Log): void {
  try {
    const done = job.run(shop)
    if (done > 0) log.debug({ job: job.name, done }, 'job')
  } catch (err) {
    log.error({ err, job: job.name }, 'a job failed')
  }
}
