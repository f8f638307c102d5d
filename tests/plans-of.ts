import type { Database, Reader } from '../src/db/database.ts'

/** How SQLite would run every query that `run` makes, reads and writes, one line each. */
export async function plansOf(db: Database, run: (db: Database) => unknown): Promise<string> {
  const plans: string[] = []
  const explain = <Q>(query: Q) => {
    plans.push(...db.plan(query as never))
    return query
  }
  const reader = (on: Reader): Reader => ({
    all: (query) => on.all(explain(query)),
    first: (query) => on.first(explain(query)),
    keep: (query, tables) => on.keep(explain(query), tables),
  })
  await run({
    ...db,
    ...reader(db),
    write: (fn) => db.write((tx) => fn({ ...reader(tx), run: (query) => tx.run(explain(query)) })),
  })
  return plans.join('\n')
}
