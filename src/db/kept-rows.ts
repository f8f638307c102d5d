type Rows = readonly unknown[]

interface Kept {
  tables: readonly string[]
  /** By the values the query was bound to. */
  answers: Map<string, Rows>
}

/** Enough for the pages of a large catalogue. */
const MOST_ANSWERS = 500

/** Remembers what queries answered until one of the tables they read is written to (docs/decisions/0017). */
export function createKeptRows() {
  const queries = new Map<string, Kept>()

  /** The kept answer, or else that of `ask`, frozen: whoever gets it next must see the same. */
  function answer<R>(
    query: { sql: string; values: readonly unknown[]; tables: readonly string[] },
    ask: () => R[],
  ): readonly Readonly<R>[] {
    const { answers } = kept(query.sql, query.tables)
    const key = JSON.stringify(query.values)
    const known = answers.get(key)
    if (known) return known as readonly Readonly<R>[]
    const rows = Object.freeze(ask().map((row) => Object.freeze(row)))
    if (answers.size >= MOST_ANSWERS) answers.delete(answers.keys().next().value ?? '')
    answers.set(key, rows)
    return rows
  }

  function kept(sql: string, tables: readonly string[]): Kept {
    const known = queries.get(sql)
    if (known) return known
    const made = { tables, answers: new Map<string, Rows>() }
    queries.set(sql, made)
    return made
  }

  /** Forgets what was read from these tables. */
  function drop(written: ReadonlySet<string>): void {
    for (const { tables, answers } of queries.values()) {
      if (answers.size > 0 && tables.some((table) => written.has(table))) answers.clear()
    }
  }

  function dropAll(): void {
    queries.clear()
  }

  return { answer, drop, dropAll }
}

/** The table that a statement writes to, as kysely and people write it; undefined when it cannot be told. */
export function tableWrittenBy(sql: string): string | undefined {
  const target = /^\s*(?:insert(?: or \w+)? into|update(?: or \w+)?|replace into|delete from)\s+"?(\w+)"?/i
  return target.exec(sql)?.[1]
}
