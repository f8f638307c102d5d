import type Sqlite from 'better-sqlite3'
import type { Reader } from '../src/db/database.ts'
import type { Bound, Buildable } from '../src/db/statement.ts'

interface Read {
  sql: string
  values: readonly unknown[]
  isOne: boolean
}

type Query = Bound<unknown> | Buildable<unknown>

/** What `use` reads, as SQL, whichever of the reader's ways it takes. */
export function recordReads<R extends Reader>(db: R, use: (db: R) => void): Read[] {
  const reads: Read[] = []
  const recorder = Object.fromEntries(
    Object.entries(db).map(([name, ask]) => [
      name,
      (query: Query, ...rest: unknown[]) => {
        reads.push({ ...textOf(query), isOne: name === 'first' })
        return ask(query, ...rest)
      },
    ]),
  )
  use(recorder as unknown as R)
  return reads
}

/** A floor: the same reads, prepared by hand. */
export function repeatReads(raw: Sqlite.Database, reads: readonly Read[]): () => void {
  const prepared = new Map(reads.map(({ sql }) => [sql, raw.prepare(sql)]))
  const ready = reads.map(({ sql, values, isOne }) => ({ statement: prepared.get(sql), values, isOne }))
  return () => {
    for (const { statement, values, isOne } of ready) {
      if (isOne) statement?.get(...values)
      else statement?.all(...values)
    }
  }
}

function textOf(query: Query): Pick<Read, 'sql' | 'values'> {
  if (!('compile' in query)) return query
  const { sql, parameters } = query.compile()
  return { sql, values: parameters }
}
