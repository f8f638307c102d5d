import type { Reason } from './backup-name.ts'
import { type BucketSettings, openBucketStore } from './bucket-store.ts'
import { fillBucket } from './fill-bucket.ts'
import { openFolderStore } from './folder-store.ts'
import { makeBackup, removeUnfinished, requireBackupRoom } from './make-backup.ts'
import { pruneStore } from './prune-store.ts'

/** What a run has to know; plain data, since it goes to another process. */
export interface BackupRun {
  dataDir: string
  folder: string
  key: string | undefined
  keepDays: number
  bucket: BucketSettings | undefined
  /** Why a backup is to be made; undefined only brings the bucket up to date. */
  reason: Reason | undefined
  now: number
}

/** Makes a backup if one is wanted, uploads what the bucket has not, and removes what is over. Throws what went wrong first. */
export async function runBackup(run: BackupRun): Promise<void> {
  const { folder: root, reason } = run
  const folder = openFolderStore(root)
  if (reason) {
    await removeUnfinished(root)
    // While none succeeds none is removed, unless they take the room of the next.
    await requireBackupRoom(run).catch(() => pruneStore(folder, run))
    await makeBackup({ ...run, reason })
    await pruneStore(folder, run)
  }
  if (!run.bucket) return
  const bucket = openBucketStore(run.bucket)
  await fillBucket(bucket, { store: folder, root }, run)
  await pruneStore(bucket, run)
}
