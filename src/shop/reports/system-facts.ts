import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { schemaOf } from '../../db/migrate.ts'
import { countOrders } from '../../db/order-lists.ts'
import { findLastReceived } from '../../db/promised.ts'
import { VERSION } from '../../lib/version.ts'
import type { Shop } from '../work.ts'

/** What app.ts knows of the running process. */
export interface ProcessFacts {
  dataDir: string
  /** When it began, ms since 1970. */
  startedAt: number
  /** Of which commit it was built, where that is known. */
  commit: string | undefined
  /** How updates come from Telegram. */
  updates: 'polling' | 'webhook'
}

export type SystemFacts = Awaited<ReturnType<typeof readSystemFacts>>

/** How the machine, the file and the process are. */
export async function readSystemFacts(shop: Shop, { dataDir, startedAt, commit, updates }: ProcessFacts) {
  const { db, clock, settings } = shop
  const file = join(dataDir, 'shop.db')
  const { bavail, blocks, bsize } = await statfs(dataDir)
  return {
    now: clock.now(),
    startedAt,
    version: VERSION,
    commit: commit ?? null,
    database: {
      bytes: (await stat(file)).size,
      walBytes: await sizeIfThere(`${file}-wal`),
      orders: Object.values(countOrders(db)).reduce((sum, count) => sum + count, 0),
      schema: schemaOf(db),
    },
    disk: { freeBytes: bavail * bsize, totalBytes: blocks * bsize },
    residentBytes: process.memoryUsage.rss(),
    telegram: { updates, lastUpdateAt: findLastReceived(db) ?? null },
    channels: settings.channels,
  }
}

/** SQLite removes the log when the last connection closes, and makes it again with the next write. */
async function sizeIfThere(path: string): Promise<number> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  return found?.size ?? 0
}
