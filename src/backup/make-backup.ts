import { createReadStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { copyDatabase, examineDatabase } from '../db/copy-database.ts'
import { syncFolder } from '../lib/sync-folder.ts'
import { VERSION } from '../lib/version.ts'
import { openBackup, writeBackup } from './backup-file.ts'
import { nameBackup, type Reason } from './backup-name.ts'
import { hashBytes, hashFile } from './hash-file.ts'
import { keepFiles } from './kept-files.ts'
import type { Manifest } from './manifest.ts'
import { BACKUP_TAKES, requireRoom } from './require-room.ts'

/** Where one is put together; nobody else's folder has that name. */
export const UNFINISHED = '.littleshop-unfinished'

export interface BackupWish {
  dataDir: string
  /** Where backups lie. */
  folder: string
  key: string | undefined
  reason: Reason
  now: number
}

/**
 * Makes a backup of the shop as it is now, and returns its name. It appears in the folder once it has been read back and
 * found whole; whatever goes wrong before is thrown, and leaves nothing half done behind. Nothing unfinished may be there.
 */
export async function makeBackup(wish: BackupWish): Promise<string> {
  const { dataDir, folder, key, reason, now } = wish
  const source = join(dataDir, 'shop.db')
  const unfinished = join(folder, UNFINISHED)
  await mkdir(unfinished, { recursive: true })
  try {
    await requireBackupRoom(wish)
    const copy = join(unfinished, 'shop.db')
    await copyDatabase(source, copy)
    // The database first: it names no file that was not there before it.
    const about = {
      ...(await describe(copy, wish)),
      files: await keepFiles({ dataDir, folder, unfinished, key }),
    }
    const name = nameBackup({ at: now, reason, sealed: key !== undefined })
    const part = join(unfinished, name)
    await writeBackup(part, { about, database: copy, key })
    await readBack(part, about, key)
    await rename(part, join(folder, name))
    await syncFolder(folder)
    return name
  } finally {
    await removeUnfinished(folder)
  }
}

/** Removes what is left of one that was broken off. */
export function removeUnfinished(folder: string): Promise<void> {
  return rm(join(folder, UNFINISHED), { recursive: true, force: true })
}

/** Throws when there is no room to make one. */
export async function requireBackupRoom({
  dataDir,
  folder,
}: Pick<BackupWish, 'dataDir' | 'folder'>): Promise<void> {
  const sizes = await Promise.all(['shop.db', 'shop.db-wal'].map((name) => sizeOf(join(dataDir, name))))
  await requireRoom(folder, BACKUP_TAKES * sizes.reduce((sum, size) => sum + size, 0))
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0
}

async function describe(copy: string, { reason, now }: BackupWish): Promise<Omit<Manifest, 'files'>> {
  const { schema, counts, lastOrderAt } = examineDatabase(copy)
  const database = { ...(await hashFile(copy)), counts, lastOrderAt }
  return { format: 1, program: VERSION, schema, madeAt: now, reason, database }
}

/** What cannot be read back is no backup. */
async function readBack(path: string, about: Manifest, key: string | undefined): Promise<void> {
  const { database } = await openBackup(createReadStream(path), { sealed: key !== undefined, key })
  const { sha256 } = await hashBytes(database)
  if (sha256 !== about.database.sha256) throw new Error('what was written is not what was read back')
}
