import type { CompiledQuery } from 'kysely'
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Tables } from './schema.ts'

/** Builds and types queries; it has no connection and never runs one (docs/decisions/0001). */
export const sql = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

export interface Buildable<R> {
  compile(): CompiledQuery<R>
}

/** A query ready to run: its text, the values in order, and a key for the prepared-statement cache. */
export interface Bound<R> {
  readonly sql: string
  readonly values: readonly unknown[]
  readonly row?: R
}

class Placeholder {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/**
 * A query that is compiled once, on first use, and afterwards only bound to values.
 * `build` sees placeholders in place of the parameters, so it must not branch on them.
 */
export function statement<P extends object = Record<never, never>>() {
  return <R>(build: (params: P) => Buildable<R>): ((params: P) => Bound<R>) => {
    let compiled: { sql: string; names: readonly string[] } | undefined
    return (params) => {
      compiled ??= compileOnce(build)
      return { sql: compiled.sql, values: bind(compiled.names, params as Record<string, unknown>) }
    }
  }
}

function compileOnce<P extends object, R>(build: (params: P) => Buildable<R>) {
  const placeholders = new Proxy({} as P, { get: (_target, name) => new Placeholder(String(name)) })
  const { sql: text, parameters } = build(placeholders).compile()
  const pieces = text.split('?')
  if (pieces.length !== parameters.length + 1) throw new Error(`a question mark inside a text: ${text}`)
  const filled = pieces.map((piece, i) => (i === 0 ? piece : `${inSql(parameters[i - 1])}${piece}`)).join('')
  return { sql: filled, names: parameters.filter((one) => one instanceof Placeholder).map((one) => one.name) }
}

/**
 * A constant becomes part of the text, so that the planner can match it with partial indexes. A parameter becomes `+?`:
 * SQLite 3.54 plans a query with a bare `?` again whenever it is bound (docs/decisions/0001).
 */
function inSql(parameter: unknown): string {
  if (parameter instanceof Placeholder) return '+?'
  if (typeof parameter === 'string') return `'${parameter.replaceAll("'", "''")}'`
  if (typeof parameter === 'number' || parameter === null) return String(parameter)
  throw new Error(`no constant for SQL: ${String(parameter)}`)
}

function bind(names: readonly string[], params: Record<string, unknown>): unknown[] {
  const values = new Array<unknown>(names.length)
  for (let i = 0; i < names.length; i++) values[i] = params[names[i] as string]
  return values
}
