import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Sqlite from 'better-sqlite3'

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations')

interface Migration {
  number: number
  name: string
  text: string
}

/**
 * Brings the SQLite file at `path` to the newest schema, each migration in one transaction.
 * A file that holds data is first copied to `backups/` beside it. Returns the names applied.
 * Throws when the file is damaged or newer than this code, or when an applied migration was edited.
 */
export function migrate(path: string, folder = FOLDER): string[] {
  const connection = new Sqlite(path)
  try {
    connection.pragma('journal_mode = WAL')
    connection.pragma('synchronous = FULL')
    const all = readMigrations(folder)
    const version = connection.pragma('user_version', { simple: true }) as number
    refuseNewer(version, all)
    refuseEdited(connection, version, all)
    const due = all.filter((migration) => migration.number > version)
    if (version > 0 && due.length > 0) backUp(connection, path, version)
    for (const migration of due) apply(connection, migration)
    return due.map((migration) => migration.name)
  } catch (error) {
    throw isDamaged(error) ? new Error(damage(path), { cause: error }) : error
  } finally {
    connection.close()
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)
}

function damage(path: string): string {
  return `${path} is damaged, or no database of LittleShop. It is left as it is: move it away and put a backup in its place.`
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
    `The database has schema ${version}, this program knows ${all.length}. Start the newer program, or restore a backup made by this one.`,
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

function backUp(connection: Sqlite.Database, path: string, version: number): void {
  const folder = join(dirname(path), 'backups')
  mkdirSync(folder, { recursive: true })
  const target = join(folder, `before-schema-${version + 1}.db`)
  // Under its own name only once it is whole; what a crash left of an earlier one must not pass for a backup.
  rmSync(`${target}.tmp`, { force: true })
  connection.prepare('vacuum into ?').run(`${target}.tmp`)
  renameSync(`${target}.tmp`, target)
}

function apply(connection: Sqlite.Database, migration: Migration): void {
  connection.exec('begin immediate')
  try {
    connection.exec(migration.text)
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

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
