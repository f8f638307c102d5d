import { existsSync } from 'node:fs'
import { link, mkdir, rename, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { syncFolder } from '../lib/sync-folder.ts'
import { KEPT_FOLDERS } from './manifest.ts'

const DATABASE = 'shop.db'
const LOGS = [`${DATABASE}-wal`, `${DATABASE}-shm`]

/** What was to be replaced all at once was replaced in part: the one case in which something has changed. */
export class HalfReplaced extends Error {
  override readonly name = 'HalfReplaced'
  constructor(aside: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(
      `The data could be replaced only in part: ${reason}. What was there before is in ${aside}. Mend the cause and restore again before you start the shop.`,
      { cause },
    )
  }
}

/**
 * Puts what lies in `fresh` into the shop's folder, and what was there into a folder beside it, whose path it returns.
 * There is a database at every moment: a shop that found none would begin an empty one. Throws HalfReplaced.
 */
export async function swapIn(dataDir: string, fresh: string, now: number): Promise<string | undefined> {
  const moment = new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '')
  const aside = join(dataDir, `before-restore-${moment}Z`)
  const old = [...KEPT_FOLDERS, ...LOGS, DATABASE].filter((name) => existsSync(join(dataDir, name)))
  await mkdir(aside)
  try {
    await replace(dataDir, { fresh, aside })
  } catch (error) {
    throw new HalfReplaced(aside, error)
  }
  await syncFolder(aside)
  await syncFolder(dataDir)
  if (old.length > 0) return aside
  await rmdir(aside)
  return undefined
}

async function replace(dataDir: string, { fresh, aside }: { fresh: string; aside: string }): Promise<void> {
  for (const name of KEPT_FOLDERS) {
    await moveIfThere(join(dataDir, name), join(aside, name))
    await moveIfThere(join(fresh, name), join(dataDir, name))
  }
  const database = join(dataDir, DATABASE)
  if (existsSync(database)) await link(database, join(aside, DATABASE))
  // The old log must never meet the new file: SQLite would write it in. And without it the old file may not be whole.
  for (const name of LOGS) await moveIfThere(join(dataDir, name), join(aside, name))
  await rename(join(fresh, DATABASE), database)
}

async function moveIfThere(from: string, to: string): Promise<void> {
  if (existsSync(from)) await rename(from, to)
}
