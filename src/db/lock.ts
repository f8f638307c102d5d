import { existsSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

/**
 * Makes this process the only owner of the data folder, until it ends or calls the returned function.
 * The lock is a small second SQLite file held in a transaction: the system frees it even after kill -9.
 * Throws at once when another process holds it.
 */
export function lockFolder(path: string): () => void {
  const connection = new Sqlite(path, { timeout: 0 })
  try {
    connection.pragma('locking_mode = EXCLUSIVE')
    connection.exec('begin exclusive')
  } catch (error) {
    connection.close()
    if (isBusy(error)) {
      throw new Error(
        'Another LittleShop process is using this data folder. Stop it first, or set another DATA_DIR.',
      )
    }
    throw error
  }
  return () => connection.close()
}

/** Whether a process, other than this one, owns the data folder of this lock. Only looks. */
export function isFolderLocked(path: string): boolean {
  if (!existsSync(path)) return false
  const connection = new Sqlite(path, { readonly: true, timeout: 0 })
  try {
    connection.prepare('select count(*) from sqlite_schema').get()
    return false
  } catch (error) {
    if (isBusy(error)) return true
    throw error
  } finally {
    connection.close()
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')
}
