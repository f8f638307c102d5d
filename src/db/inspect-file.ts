import Sqlite from 'better-sqlite3'
import { isDamaged, newestSchema } from './migrate.ts'

const PATIENCE_MS = 5_000
const MOST_FAULTS = 5

/** What can be seen of a shop's file from outside. */
export interface FileState {
  /** The schema it has, and the newest this program knows. */
  schema: number
  newest: number
  journal: string
  /** What SQLite finds damaged, in its own words, at most five; empty when all is well. */
  damage: string[]
  /** Rows that name a row which is not there. */
  lostReferences: number
  /** That of the newest order, if there is one. */
  currency?: string | undefined
}

/** Looks through the whole file at `path`, also while a shop runs on it, and changes nothing. */
export function inspectFile(path: string): FileState {
  const connection = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: PATIENCE_MS })
  try {
    return look(connection)
  } catch (error) {
    if (!isDamaged(error)) throw error
    return {
      schema: 0,
      newest: newestSchema(),
      journal: '',
      damage: [(error as Error).message],
      lostReferences: 0,
    }
  } finally {
    connection.close()
  }
}

function look(connection: Sqlite.Database): FileState {
  const one = (pragma: string) => connection.pragma(pragma, { simple: true })
  const schema = one('user_version') as number
  return {
    schema,
    newest: newestSchema(),
    journal: one('journal_mode') as string,
    ...findFaults(connection),
    currency: schema > 0 ? newestCurrency(connection) : undefined,
  }
}

function newestCurrency(connection: Sqlite.Database): string | undefined {
  return connection.prepare<[], string>('select currency from orders order by id desc limit 1').pluck().get()
}

/** Reads every page and every reference. */
export function findFaults(connection: Sqlite.Database): Pick<FileState, 'damage' | 'lostReferences'> {
  const found = connection.pragma(`integrity_check(${MOST_FAULTS})`) as { integrity_check: string }[]
  return {
    damage: found.map((row) => row.integrity_check).filter((words) => words !== 'ok'),
    lostReferences: (connection.pragma('foreign_key_check') as unknown[]).length,
  }
}
