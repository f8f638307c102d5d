import type { Reader, Tx } from './database.ts'
import { sql, statement } from './statement.ts'

const byKey = statement<{ key: string }>()((p) =>
  sql.selectFrom('settings').select('value').where('key', '=', p.key),
)

const put = statement<{ key: string; value: string }>()((p) =>
  sql
    .insertInto('settings')
    .values({ key: p.key, value: p.value })
    .onConflict((oc) => oc.column('key').doUpdateSet({ value: p.value })),
)

const remove = statement<{ key: string }>()((p) => sql.deleteFrom('settings').where('key', '=', p.key))

export function readSetting(db: Reader, key: string): string | undefined {
  return db.first(byKey({ key }))?.value
}

export function saveSetting(tx: Tx, key: string, value: string): void {
  tx.run(put({ key, value }))
}

export function removeSetting(tx: Tx, key: string): void {
  tx.run(remove({ key }))
}
