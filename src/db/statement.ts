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
    let compiled: { sql: string; slots: readonly unknown[] } | undefined
    return (params) => {
      compiled ??= compileOnce(build)
      return { sql: compiled.sql, values: bind(compiled.slots, params as Record<string, unknown>) }
    }
  }
}

function compileOnce<P extends object, R>(build: (params: P) => Buildable<R>) {
  const placeholders = new Proxy({} as P, { get: (_target, name) => new Placeholder(String(name)) })
  const { sql: text, parameters } = build(placeholders).compile()
  return { sql: text, slots: parameters }
}

function bind(slots: readonly unknown[], params: Record<string, unknown>): unknown[] {
  const values = new Array<unknown>(slots.length)
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i]
    values[i] = slot instanceof Placeholder ? params[slot.name] : slot
  }
  return values
}
