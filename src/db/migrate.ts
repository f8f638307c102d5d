import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import type { Reader } from './database.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations')

interface Migration {
  number: number
  name: string
  text: string
}

/**
 * Brings the SQLite file at `path` to the newest schema, each migration in one transaction.
 * Makes no backup: who starts a shop makes one first (`schemaChange`). Returns the names applied.
 * Throws when the file is damaged or newer than this code, or when an applied migration was edited.
 */
export function migrate(path: string, folder = FOLDER): string[] {
  const connection = new Sqlite(path)
  try {
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    // A table is made anew under its own name, which the others' references outlive; they are checked before the commit.
    connection.pragma('foreign_keys = OFF')
    const all = readMigrations(folder)
    const version = connection.pragma('user_version', { simple: true }) as number
    refuseNewer(version, all)
    refuseEdited(connection, version, all)
    const due = all.filter((migration) => migration.number > version)
    for (const migration of due) apply(connection, migration)
    return due.map((migration) => migration.name)
  } catch (error) {
    throw isDamaged(error) ? new Error(damage(path), { cause: error }) : error
  } finally {
    connection.close()
  }
}

/** The number of the newest migration that was applied to this file. */
export function schemaOf(db: Reader): number {
  const query = { sql: 'select user_version from pragma_user_version', values: [] }
  return db.first<{ user_version: number }>(query)?.user_version ?? 0
}

/** The schema which `migrate` would bring the file to, when the file holds data of an older one. */
export function schemaChange(path: string, folder = FOLDER): number | undefined {
  if (!existsSync(path)) return undefined
  const connection = new Sqlite(path)
  try {
    const version = connection.pragma('user_version', { simple: true }) as number
    const newest = newestSchema(folder)
    return version > 0 && version < newest ? newest : undefined
  } catch (error) {
    throw isDamaged(error) ? new Error(damage(path), { cause: error }) : error
  } finally {
    connection.close()
  }
}

/** The schema this program knows. */
export function newestSchema(folder = FOLDER): number {
  return readMigrations(folder).length
}

/** SQLite says that the file is broken, or none of its own. */
export function isDamaged(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)
}

function damage(path: string): string {
  return `${path} is damaged, or no database of LittleShop. It is left as it is. To go back to a backup: npm run restore -- --list`
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => /^\d{4}_.+\.sql$/.test(name))
    .sort()
  return names.map((name, index) => {
    const number = Number(name.slice(0, 4))
    if (number !== index + 1) throw new Error(`migration ${name} should have number ${index + 1}`)
    return { number, name, text: readFileSync(join(folder, name), 'utf8') }
  })
}

function refuseNewer(version: number, all: Migration[]): void {
  if (version <= all.length) return
  throw new Error(
    `The database has schema ${version}, this program knows ${all.length}. Start the newer program, or restore a backup made by this one (npm run restore -- --list).`,
  )
}

function refuseEdited(connection: Sqlite.Database, version: number, all: Migration[]): void {
  connection.exec(
    'create table if not exists migrations (number integer primary key, name text not null, digest text not null) strict',
  )
  const applied = connection.prepare('select number, digest from migrations').all() as {
    number: number
    digest: string
  }[]
  for (const { number, digest } of applied) {
    const known = all[number - 1]
    if (number <= version && known && digestOf(known.text) !== digest) {
      throw new Error(`Migration ${known.name} was edited after it had been applied. Add a new one instead.`)
    }
  }
}

function apply(connection: Sqlite.Database, migration: Migration): void {
  connection.exec('begin immediate')
  try {
    connection.exec(migration.text)
    checkReferences(connection)
    connection
      .prepare('insert into migrations values (?, ?, ?)')
      .run(migration.number, migration.name, digestOf(migration.text))
    connection.pragma(`user_version = ${migration.number}`)
    connection.exec('commit')
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback')
    throw new Error(`Migration ${migration.name} failed; the file is as it was.`, { cause: error })
  }
}

function checkReferences(connection: Sqlite.Database): void {
  const lost = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
  const [first] = lost
  if (first)
    throw new Error(
      `${lost.length} rows, one of ${first.table}, name a row of ${first.parent} that is not there`,
    )
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
