import cron from 'node-cron'
import type { Log } from '../lib/log.ts'
import type { Shop } from '../shop/work.ts'
import { JOBS, type Job } from './jobs.ts'

const CHECKPOINT_MS = 1_000

/** Runs the jobs at their times, and brings the write-ahead log into the file. Returns how to stop them. */
export function scheduleJobs(shop: Shop, log: Log): () => void {
  const tasks = JOBS.map((job) => cron.schedule(job.cron, () => runJob(job, shop, log), { noOverlap: true }))
  const checkpoints = setInterval(() => shop.db.checkpoint(), CHECKPOINT_MS)
  return () => {
    clearInterval(checkpoints)
    for (const task of tasks) void task.destroy()
  }
}

/** Runs one job now. A failure is logged; the next run does what this one left. */
export function runJob(job: Job, shop: Shop, log: Log): void {
  try {
    const done = job.run(shop)
    if (done > 0) log.info({ job: job.name, done }, 'job')
  } catch (err) {
    log.error({ err, job: job.name }, 'a job failed')
  }
}
