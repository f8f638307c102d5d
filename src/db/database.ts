import { setImmediate as breathe } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { ShopError } from '../lib/shop-error.ts'
import { type Aside, createAside } from './aside.ts'
import { createKeptRows, tableWrittenBy } from './kept-rows.ts'
import type { Tables } from './schema.ts'
import type { Bound, Buildable } from './statement.ts'

type Query<R> = Bound<R> | Buildable<R>

/** Runs reads. Every call is synchronous and blocks the process for as long as the query takes. */
export interface Reader {
  all<R>(query: Query<R>): R[]
  first<R>(query: Query<R>): R | undefined
  /**
   * As `all`, and remembered until one of `tables`, which must be all that the query reads, is written to. For queries that
   * cost more than the two microseconds of looking; inside a transaction nothing is remembered.
   */
  keep<R>(query: Query<R>, tables: readonly (keyof Tables)[]): readonly Readonly<R>[]
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
  /** Has SQLite look over the indexes that need it, a sample of each, one table after another. Returns how many. */
  optimise(): Promise<number>
  /** Rows of `EXPLAIN QUERY PLAN`, one readable line each, for tests of indexes. */
  plan(query: Query<unknown>): string[]
  /** What a slow read yields, made in a thread of its own on a connection of its own; see `aside.ts`. */
  aside: Aside['ask']
  close(): void
}

/** Hears how long each read, each whole transaction and each commit took, in seconds. */
export interface QueryTimes {
  read: { observe(seconds: number): void }
  write: { observe(seconds: number): void }
  commit: { observe(seconds: number): void }
}

const BUSY_TIMEOUT_MS = 200
// The system keeps the file's pages, too: what is not in here is still read from memory.
const CACHE_KIB = 8_000
/** A slow read goes over a table once. */
const READER_CACHE_KIB = 2_000
const ANALYSED_ROWS = 200
/** So much of the write-ahead log is kept to be written over; what an import made it grow beyond is given back. */
const KEPT_LOG_BYTES = 16 * 1024 * 1024
/** Says which tables want to be analysed instead of doing it, which takes long for all of them at once. */
const OPTIMISE_LISTED = 0x03

/** Opens (and makes, where missing) the SQLite file at `path` with the settings of docs/decisions/0001. */
export function openDatabase(path: string, times?: QueryTimes): Database {
  const connection = new Sqlite(path, { timeout: BUSY_TIMEOUT_MS })
  setPragmas(connection)
  return databaseOn(connection, times)
}

export interface SnapshotReader extends Reader {
  /** Runs `fn` on one state of the file, whatever is committed meanwhile. */
  snapshot<T>(fn: () => T): T
}

/** Opens a file that is in use, for reading alone. */
export function openReader(path: string): SnapshotReader {
  const connection = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS })
  connection.pragma(`cache_size = -${READER_CACHE_KIB}`)
  return { ...databaseOn(connection), snapshot: (fn) => connection.transaction(fn)() }
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
  connection.pragma(`journal_size_limit = ${KEPT_LOG_BYTES}`)
}

/** Stands for the target of a statement that cannot be told: everything kept is forgotten after it. */
const ANY_TABLE = '*'

interface Prepared {
  statement: Sqlite.Statement
  /** The table it writes to; undefined when it only reads. */
  writesTo: string | undefined
}

function databaseOn(connection: Sqlite.Database, times?: QueryTimes): Database {
  const cache = new Map<string, Prepared>()
  const keptRows = createKeptRows()
  const written = new Set<string>()
  let writing = false

  function prepared({ sql }: Bound<unknown>): Prepared {
    let found = cache.get(sql)
    if (!found) {
      const statement = connection.prepare(sql)
      found = { statement, writesTo: onlyReads(statement) ? undefined : (tableWrittenBy(sql) ?? ANY_TABLE) }
      cache.set(sql, found)
    }
    if (found.writesTo !== undefined) noteWrite(found.writesTo)
    return found
  }

  function noteWrite(table: string): void {
    if (!writing) throw new Error(`a write to ${table} outside write()`)
    written.add(table)
  }

  function forgetWritten(): void {
    if (written.has(ANY_TABLE)) keptRows.dropAll()
    else keptRows.drop(written)
  }

  const versionOfOthers = connection.prepare('pragma data_version').pluck()
  let seenOfOthers = versionOfOthers.get()

  /** Other programs write to the file, too, such as an import; SQLite counts their commits. */
  function forgetWhatOthersChanged(): void {
    const version = versionOfOthers.get()
    if (version !== seenOfOthers) keptRows.dropAll()
    seenOfOthers = version
  }

  const reader: Reader = {
    all: <R>(query: Query<R>) => {
      const bound = boundOf(query)
      return prepared(bound).statement.all(...bound.values) as R[]
    },
    first: <R>(query: Query<R>) => {
      const bound = boundOf(query)
      return prepared(bound).statement.get(...bound.values) as R | undefined
    },
    keep: <R>(query: Query<R>, tables: readonly (keyof Tables)[]) => {
      const bound = boundOf(query)
      const ask = () => prepared(bound).statement.all(...bound.values) as R[]
      if (writing) return ask()
      forgetWhatOthersChanged()
      return keptRows.answer({ ...bound, tables }, ask)
    },
  }

  const tx: Tx = {
    ...reader,
    run(query) {
      const bound = boundOf(query)
      const { changes, lastInsertRowid } = prepared(bound).statement.run(...bound.values)
      return { changes, id: Number(lastInsertRowid) }
    },
  }

  const begin = connection.prepare('begin immediate')
  const commit = connection.prepare('commit')
  const rollback = connection.prepare('rollback')

  function write<T>(fn: (tx: Tx) => T): T {
    if (writing) throw new Error('write() inside write(): pass the transaction along instead')
    writing = true
    written.clear()
    const begun = performance.now()
    try {
      begin.run()
      const result = fn(tx)
      refusePromise(result)
      const committing = performance.now()
      commit.run()
      forgetWritten()
      if (times) {
        const done = performance.now()
        times.commit.observe((done - committing) / 1000)
        times.write.observe((done - begun) / 1000)
      }
      return result
    } catch (error) {
      if (connection.inTransaction) rollback.run()
      throw asShopError(error)
    } finally {
      writing = false
    }
  }

  const aside = createAside(connection.name)

  return {
    ...(times ? timed(reader, times.read) : reader),
    write,
    aside: aside.ask,
    checkpoint: () => void connection.pragma('wal_checkpoint(PASSIVE)'),
    optimise: () => optimise(connection),
    plan(query) {
      const bound = boundOf(query)
      const rows = connection.prepare(`explain query plan ${bound.sql}`).all(...bound.values)
      return (rows as { detail: string }[]).map((row) => row.detail)
    },
    close() {
      if (!connection.open) return
      aside.close()
      connection.pragma('wal_checkpoint(TRUNCATE)')
      connection.close()
    },
  }
}

async function optimise(connection: Sqlite.Database): Promise<number> {
  connection.pragma(`analysis_limit = ${ANALYSED_ROWS}`)
  const wanted = connection.pragma(`optimize(${OPTIMISE_LISTED})`) as { optimize: string }[]
  for (const { optimize: statement } of wanted) {
    connection.exec(statement)
    await breathe()
  }
  return wanted.length
}

/** Reads inside a transaction are not timed: the transaction is, as a whole. */
function timed(reader: Reader, times: QueryTimes['read']): Reader {
  return {
    ...reader,
    all(query) {
      const begun = performance.now()
      const rows = reader.all(query)
      times.observe((performance.now() - begun) / 1000)
      return rows
    },
    first(query) {
      const begun = performance.now()
      const row = reader.first(query)
      times.observe((performance.now() - begun) / 1000)
      return row
    },
    keep(query, tables) {
      const begun = performance.now()
      const rows = reader.keep(query, tables)
      times.observe((performance.now() - begun) / 1000)
      return rows
    },
  }
}

function onlyReads({ readonly, source }: Sqlite.Statement): boolean {
  return readonly || /^\s*pragma/i.test(source)
}

function boundOf<R>(query: Query<R>): Bound<R> {
  if (!('compile' in query)) return query
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
