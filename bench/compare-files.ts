import type Sqlite from 'better-sqlite3'

/** A floor that did less would flatter nobody: both files must hold the same rows. */
export function compareFiles(raw: Sqlite.Database, other: string, tables: readonly string[]): void {
  raw.prepare('attach ? as other').run(other)
  for (const table of tables) {
    const rows = (one: string, two: string) =>
      `select * from ${one}.${table} except select * from ${two}.${table}`
    const differ = raw
      .prepare(
        `select (select count(*) from (${rows('main', 'other')})) + (select count(*) from (${rows('other', 'main')})) as n`,
      )
      .get() as { n: number }
    if (differ.n > 0) throw new Error(`the two sides differ in ${differ.n} rows of ${table}`)
  }
}
