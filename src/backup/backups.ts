import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import { ShopError } from '../lib/shop-error.ts'
import { recordEvent } from '../shop/record-event.ts'
import type { Actor, Shop } from '../shop/work.ts'
import type { Reason } from './backup-name.ts'
import { openBucketStore } from './bucket-store.ts'
import { openFolderStore } from './folder-store.ts'
import { type BackupFailure, noteFailure, noteSuccess, readFailure } from './note-outcome.ts'
import { readBackups, type ShownBackups } from './read-backups.ts'
import { runApart } from './run-apart.ts'
import type { BackupSettings } from './settings.ts'
import { listBackups } from './store.ts'

/** What failed is tried again so much later. */
const RETRY_MS = 10 * 60_000

export interface Backups {
  read(): Promise<ShownBackups>
  /** How they fail now, if they do. */
  failure(): BackupFailure | undefined
  /** Begins one now, and records who wanted it. Throws a ShopError conflict while one is under way. */
  ask(actor: Actor): void
  /** Makes one if the newest is too old, and brings the bucket up to date. Returns how much was due; throws what failed. */
  runDue(stopping: AbortSignal): Promise<number>
  /** Breaks off what is under way. */
  stop(): Promise<void>
}

export interface BackupParts {
  shop: Shop
  log: Log
  metrics: Metrics
  dataDir: string
  settings: BackupSettings
}

/** Makes the shop's backups, one at a time, in a process of its own. */
export function createBackups({ shop, log, metrics, dataDir, settings }: BackupParts): Backups {
  const folder = openFolderStore(settings.folder)
  const bucket = settings.bucket && openBucketStore(settings.bucket)
  const ending = new AbortController()
  let underWay: { since: number; ended: Promise<unknown> } | undefined
  // Nobody knows yet whether the last process could upload all it had made.
  let isBucketBehind = bucket !== undefined
  let notBefore = 0
  metrics.backupInterval.set(settings.everyMs / 1000)
  metrics.beforeReading(() => {
    const now = shop.clock.now()
    metrics.backupFailing.set((now - (readFailure(shop.db)?.since ?? now)) / 1000)
  })

  async function run(reason: Reason | undefined, stopping: AbortSignal): Promise<void> {
    const { everyMs: _, ...rest } = settings
    try {
      await runApart({ ...rest, dataDir, reason, now: shop.clock.now() }, stopping)
      isBucketBehind = false
      shop.write(noteSuccess)
    } catch (error) {
      if (stopping.aborted) return
      isBucketBehind = bucket !== undefined
      notBefore = shop.clock.now() + RETRY_MS
      metrics.backupFailures.inc()
      shop.write((work) => noteFailure(work, error instanceof Error ? error.message : String(error)))
      throw error
    }
  }

  async function begin(reason: Reason | undefined, stopping: AbortSignal): Promise<void> {
    const running = run(reason, stopping)
    underWay = { since: shop.clock.now(), ended: Promise.allSettled([running]) }
    try {
      await running
    } finally {
      underWay = undefined
    }
  }

  async function isDue(): Promise<boolean> {
    const now = shop.clock.now()
    // One from the future, as a clock that was wrong leaves it, puts off no other.
    const newest = (await listBackups(folder)).find(({ at }) => at <= now)
    if (newest) {
      metrics.backupLastSuccess.set(newest.at / 1000)
      metrics.backupBytes.set(newest.size)
    }
    return settings.everyMs > 0 && (!newest || now - newest.at >= settings.everyMs)
  }

  return {
    read: () => readBackups({ shop, settings, folder, bucket, since: underWay?.since }),
    failure: () => readFailure(shop.db),
    ask(actor) {
      if (underWay) throw new ShopError('conflict', 'A backup is being made already.')
      shop.write((work) => recordEvent(work, { type: 'backup_asked', orderId: null, actor }))
      begin('asked', ending.signal).catch((err) => log.error({ err }, 'the backup failed'))
    },
    async runDue(stopping) {
      if (underWay || shop.clock.now() < notBefore) return 0
      // A folder that cannot be read fails the backup itself, which says so.
      const reason = (await isDue().catch(() => true)) ? 'scheduled' : undefined
      if (underWay || !(reason || isBucketBehind)) return 0
      await begin(reason, stopping)
      return stopping.aborted ? 0 : 1
    },
    async stop() {
      ending.abort()
      await underWay?.ended
    },
  }
}
