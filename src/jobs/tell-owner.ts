import { type JobRow, saveJob } from '../db/jobs.ts'
import { announceTrouble } from '../shop/notifications/announce-trouble.ts'
import type { Work } from '../shop/work.ts'
import { newsOf } from './job-standing.ts'
import type { Job } from './jobs.ts'

/** Tells the owner that a job keeps failing, or works again. Returns how it stands now that this is told; undefined without news. */
export function tellOwner(work: Work, job: Job, standing: JobRow): JobRow | undefined {
  const news = newsOf(standing)
  if (!news) return undefined
  const failing = news === 'failing'
  const reason = failing
    ? `“${job.does}” keeps failing: ${standing.last_error}`
    : `“${job.does}” works again.`
  const at = failing ? standing.failing_since : standing.ended_at
  announceTrouble(work, {
    key: `trouble:job:${job.name}:${news}:${at}`,
    type: failing ? 'shop_trouble' : 'shop_trouble_over',
    data: { reason, job: job.name },
  })
  const told: JobRow = { ...standing, told: failing ? 1 : 0 }
  saveJob(work.tx, told)
  return told
}
