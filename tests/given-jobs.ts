import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createBackups } from '../src/backup/backups.ts'
import { createJobRunner } from '../src/jobs/job-runner.ts'
import { JOBS, type Job, type Workplace } from '../src/jobs/jobs.ts'
import { createMetrics, type Metrics } from '../src/lib/metrics.ts'
import { createPictureFetcher } from '../src/pictures/fetch-picture.ts'
import { createPaymentWorker } from '../src/shop/payments/payment-worker.ts'
import type { TestShop } from './given.ts'
import { suiteLog } from './suite-log.ts'

const DAY_MS = 86_400_000

/** What the settings say when nobody sets them. */
export const KEEP = { noticesMs: 180 * DAY_MS, auditMs: 730 * DAY_MS, proofsMs: 365 * DAY_MS }

/** What jobs need besides the shop, with folders of its own. Backups are made only when asked for. */
export function givenWorkplace(shop: TestShop, metrics: Metrics): Workplace {
  const [mediaFolder, proofsFolder] = [join(shop.folder, 'media'), join(shop.folder, 'proofs')]
  for (const folder of [mediaFolder, proofsFolder]) mkdirSync(folder, { recursive: true })
  const log = suiteLog()
  const folder = join(shop.folder, 'backups')
  const settings = { folder, everyMs: 0, keepDays: 30, key: undefined, bucket: undefined }
  const backups = createBackups({ shop, log, metrics, dataDir: shop.folder, settings })
  return {
    mediaFolder,
    proofsFolder,
    keep: KEEP,
    metrics,
    fetchPicture: createPictureFetcher({ clock: shop.clock, hosts: [] }),
    askProviders: createPaymentWorker({ shop, log }).nudgeAndCount,
    backUp: backups.runDue,
  }
}

/** The runner of a shop's background work; `more` are jobs beside the shop's. */
export function givenJobs(shop: TestShop, more: readonly Job[] = []) {
  const metrics = createMetrics()
  const place = givenWorkplace(shop, metrics)
  const jobs = [...JOBS, ...more]
  const log = suiteLog()
  const start = () => createJobRunner({ shop, jobs, place, log, metrics })
  const runner = start()

  /** Runs one job, as its time has come. */
  async function run(name: string): Promise<void> {
    for (const job of jobs) if (job.name === name) await runner.run(job)
  }
  async function runAll(): Promise<void> {
    for (const job of jobs) await runner.run(job)
  }
  return { runner, start, run, runAll, place, metrics }
}
