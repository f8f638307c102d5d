import type { Shop } from '../shop/work.ts'
import type { Reason } from './backup-name.ts'
import type { BucketStore } from './bucket-store.ts'
import { listWithin } from './list-within.ts'
import { type BackupFailure, readFailure } from './note-outcome.ts'
import type { BackupSettings } from './settings.ts'
import { listBackups, type Store } from './store.ts'

const HOUR_MS = 3_600_000

export interface ShownBackups {
  /** Newest first. Each was read back and found whole before it got its name. */
  backups: { name: string; at: number; reason: Reason; sealed: boolean; size: number; places: Place[] }[]
  /** Since when one is being made. */
  since: number | null
  failure: BackupFailure | null
  bucket: { name: string; trouble: string | null } | null
  everyHours: number
  keepDays: number
  sealed: boolean
}

type Place = 'folder' | 'bucket'

interface Asked {
  shop: Shop
  settings: BackupSettings
  folder: Store
  bucket: BucketStore | undefined
  since: number | undefined
}

/** All backups there are, where they lie, and how it stands with them. */
export async function readBackups({ shop, settings, folder, bucket, since }: Asked): Promise<ShownBackups> {
  const [here, there] = await Promise.all([
    // What keeps the folder from being read fails the next backup, too, which says so.
    listBackups(folder).catch(() => []),
    bucket ? listWithin(bucket) : [],
  ])
  const inBucket = there instanceof Error ? [] : there
  const all = new Map([...inBucket, ...here].map((backup) => [backup.name, backup]))
  const placesOf = (name: string): Place[] => [
    ...(here.some((backup) => backup.name === name) ? ['folder' as const] : []),
    ...(inBucket.some((backup) => backup.name === name) ? ['bucket' as const] : []),
  ]
  return {
    backups: [...all.values()]
      .sort((a, b) => b.at - a.at)
      .map((backup) => ({ ...backup, places: placesOf(backup.name) })),
    since: since ?? null,
    failure: readFailure(shop.db) ?? null,
    bucket: settings.bucket
      ? { name: settings.bucket.bucket, trouble: there instanceof Error ? there.message : null }
      : null,
    everyHours: settings.everyMs / HOUR_MS,
    keepDays: settings.keepDays,
    sealed: settings.key !== undefined,
  }
}
