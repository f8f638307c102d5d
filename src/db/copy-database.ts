import { closeSync, fdatasyncSync, openSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { findFaults } from './inspect-file.ts'

const BUSY_TIMEOUT_MS = 5_000
/** 1 MB. */
const PAGES_A_STEP = 256

/**
 * Copies the SQLite file at `from`, as it is at this moment, to the new file `to`, whoever writes meanwhile.
 * For a process of its own: each step blocks for as long as the disk takes.
 */
export async function copyDatabase(from: string, to: string): Promise<void> {
  const source = new Sqlite(from, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  const target = openSync(to, 'wx', 0o600)
  try {
    // SQLite begins a copy anew whenever another connection has written; a read transaction holds this moment still.
    source.exec('begin')
    source.prepare('select count(*) from sqlite_schema').get()
    await source.backup(to, { progress: () => writtenStepByStep(target) })
  } finally {
    closeSync(target)
    source.close()
  }
  standAlone(to)
}

/** Were all of it written at the end, a commit of the shop's would have to wait until the disk has taken it. */
function writtenStepByStep(target: number): number {
  fdatasyncSync(target)
  return PAGES_A_STEP
}

/** Without a write-ahead log, so that the copy is one file and can be read where nothing can be written. */
function standAlone(path: string): void {
  const copy = new Sqlite(path)
  try {
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}

/** What a database file holds. */
export interface DatabaseFigures {
  schema: number
  /** Rows of each table. */
  counts: Record<string, number>
  lastOrderAt: number | null
}

/**
 * Reads every page of the SQLite file at `path` and counts what it holds. Throws an Error with what is wrong with it.
 * Takes seconds for a large file: for a process of its own.
 */
export function examineDatabase(path: string): DatabaseFigures {
  const db = new Sqlite(path, { readonly: true, fileMustExist: true })
  try {
    refuseFaults(db)
    const tables = listTables(db)
    return {
      schema: db.pragma('user_version', { simple: true }) as number,
      counts: Object.fromEntries(tables.map((name) => [name, countRows(db, name)])),
      lastOrderAt: tables.includes('orders') ? lastOrderAt(db) : null,
    }
  } finally {
    db.close()
  }
}

function refuseFaults(db: Sqlite.Database): void {
  const { damage, lostReferences } = findFaults(db)
  if (damage.length > 0) throw new Error(`the database is not whole: ${damage[0]}`)
  if (lostReferences > 0)
    throw new Error(`the database is not whole: ${lostReferences} rows name a row that is not there`)
}

function listTables(db: Sqlite.Database): string[] {
  const sql = `select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name`
  return db.prepare(sql).pluck().all() as string[]
}

function countRows(db: Sqlite.Database, table: string): number {
  return db.prepare(`select count(*) from "${table}"`).pluck().get() as number
}

function lastOrderAt(db: Sqlite.Database): number | null {
  return db.prepare('select max(placed_at) from orders').pluck().get() as number | null
}

/**
 * Lets all numbers that are given out (of orders, payments, notices) go on `by` further, so that none is given a second
 * time which somebody knows from the time after the copy was made.
 */
export function skipNumbers(path: string, by: number): void {
  const db = new Sqlite(path)
  try {
    // A table that never had a row is not in the list yet.
    db.exec(`insert into sqlite_sequence (name, seq) select name, 0 from sqlite_schema
      where type = 'table' and sql like '%autoincrement%' and name not in (select name from sqlite_sequence)`)
    db.prepare('update sqlite_sequence set seq = seq + ?').run(by)
  } finally {
    db.close()
  }
}
