import Sqlite from 'better-sqlite3'
import { ShopError } from '../lib/shop-error.ts'
import type { Bound, Buildable } from './statement.ts'

type Query<R> = Bound<R> | Buildable<R>

/** Runs reads. Every call is synchronous and blocks the process for as long as the query takes. */
export interface Reader {
  all<R>(query: Query<R>): R[]
  first<R>(query: Query<R>): R | undefined
}

/** A transaction in progress. It cannot await, so nothing slow can ever sit inside one. */
export interface Tx extends Reader {
  /** Runs a write and returns how many rows it changed and the last inserted row id. */
  run(query: Query<unknown>): { changes: number; id: number }
}

export interface Database extends Reader {
  /** Runs `fn` inside BEGIN IMMEDIATE … COMMIT. Throws what `fn` throws, with everything undone. */
  write<T>(fn: (tx: Tx) => T): T
  /** Copies the write-ahead log into the file without waiting for readers. */
  checkpoint(): void
  /** Copies the live file to `path` in small steps; the process stays responsive. */
  backup(path: string): Promise<void>
  /** Rows of `EXPLAIN QUERY PLAN`, one readable line each, for tests of indexes. */
  plan(query: Query<unknown>): string[]
  close(): void
}

const BUSY_TIMEOUT_MS = 200
const CACHE_KIB = 32_000
const BACKUP_PAGES_A_STEP = 200

/** Opens (and makes, where missing) the SQLite file at `path` with the settings of docs/decisions/0001. */
export function openDatabase(path: string): Database {
  const connection = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS })
  setPragmas(connection)
  return databaseOn(connection)
}

function setPragmas(connection: Sqlite.Database): void {
  connection.pragma('journal_mode = WAL')
  // better-sqlite3 drops to NORMAL in WAL, which can lose acknowledged payments when the power goes.
  connection.pragma('synchronous = FULL')
  connection.pragma('foreign_keys = ON')
  connection.pragma('temp_store = MEMORY')
  connection.pragma(`cache_size = -${CACHE_KIB}`)
  // Automatic checkpoints put an 8 ms pause into one commit in a thousand; a timer does them instead.
  connection.pragma('wal_autocheckpoint = 0')
}

function databaseOn(connection: Sqlite.Database): Database {
  const cache = new Map<string, Sqlite.Statement>()
  let writing = false

  function prepared(query: Query<unknown>): [Sqlite.Statement, readonly unknown[]] {
    const bound = 'compile' in query ? compiled(query) : query
    let found = cache.get(bound.sql)
    if (!found) {
      found = connection.prepare(bound.sql)
      cache.set(bound.sql, found)
    }
    return [found, bound.values]
  }

  const reader: Reader = {
    all: <R>(query: Query<R>) => {
      const [found, values] = prepared(query)
      return found.all(...values) as R[]
    },
    first: <R>(query: Query<R>) => {
      const [found, values] = prepared(query)
      return found.get(...values) as R | undefined
    },
  }

  const tx: Tx = {
    ...reader,
    run(query) {
      const [found, values] = prepared(query)
      const { changes, lastInsertRowid } = found.run(...values)
      return { changes, id: Number(lastInsertRowid) }
    },
  }

  const begin = connection.prepare('begin immediate')
  const commit = connection.prepare('commit')
  const rollback = connection.prepare('rollback')

  function write<T>(fn: (tx: Tx) => T): T {
    if (writing) throw new Error('write() inside write(): pass the transaction along instead')
    writing = true
    try {
      begin.run()
      const result = fn(tx)
      refusePromise(result)
      commit.run()
      return result
    } catch (error) {
      if (connection.inTransaction) rollback.run()
      throw asShopError(error)
    } finally {
      writing = false
    }
  }

  return {
    ...reader,
    write,
    checkpoint: () => void connection.pragma('wal_checkpoint(PASSIVE)'),
    backup: async (path) => void (await connection.backup(path, { progress: () => BACKUP_PAGES_A_STEP })),
    plan(query) {
      const bound = 'compile' in query ? compiled(query) : query
      const rows = connection.prepare(`explain query plan ${bound.sql}`).all(...bound.values)
      return (rows as { detail: string }[]).map((row) => row.detail)
    },
    close() {
      connection.pragma('wal_checkpoint(TRUNCATE)')
      connection.close()
    },
  }
}

function compiled<R>(query: Buildable<R>): Bound<R> {
  const { sql, parameters } = query.compile()
  return { sql, values: parameters }
}

function refusePromise(result: unknown): void {
  if (result instanceof Promise) throw new Error('a transaction cannot wait: its function returned a promise')
}

function asShopError(error: unknown): unknown {
  const code = error instanceof Sqlite.SqliteError ? error.code : ''
  if (code.startsWith('SQLITE_BUSY')) return new ShopError('busy', 'The shop is busy. Please try again.')
  if (code === 'SQLITE_FULL') return new ShopError('busy', 'The shop has no room to write. Please try later.')
  return error
}
