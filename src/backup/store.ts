import type { Readable } from 'node:stream'
import { BACKUP_PREFIX, type BackupName, readBackupName } from './backup-name.ts'

export interface Stored {
  key: string
  size: number
}

/** Where backups lie: a folder or a bucket, both laid out alike, each enough for itself. */
export interface Store {
  /** Keys that begin with the prefix; one that ends with a slash lists the folder and all below it. */
  list(prefix: string): Promise<Stored[]>
  /** Throws a ShopError not_found when there is no such thing. */
  read(key: string): Promise<Readable>
  remove(key: string): Promise<void>
}

/** Backups in the store, newest first. */
export async function listBackups(store: Store): Promise<(BackupName & { size: number })[]> {
  const stored = await store.list(BACKUP_PREFIX)
  return stored
    .flatMap(({ key, size }) => {
      const name = readBackupName(key)
      return name ? [{ ...name, size }] : []
    })
    .sort((a, b) => b.at - a.at)
}
