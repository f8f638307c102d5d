import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Flag, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type TaxRateRow = Selectable<Tables['tax_rates']>

const all = statement()(() => sql.selectFrom('tax_rates').selectAll().orderBy('id'))

const put = statement<{
  id: number | null
  name: string
  basisPoints: number
  included: Flag
  usual: Flag
  active: Flag
}>()((p) => {
  const values = {
    name: p.name,
    basis_points: p.basisPoints,
    included: p.included,
    usual: p.usual,
    active: p.active,
  }
  return sql
    .insertInto('tax_rates')
    .values({ id: p.id as number, ...values })
    .onConflict((oc) => oc.column('id').doUpdateSet(values))
})

// Only one can be the usual one: it is free for another before the new one takes it.
const noneUsual = statement()(() => sql.updateTable('tax_rates').set({ usual: 0 }).where('usual', '=', 1))

const ofProducts = statement<{ id: number }>()((p) =>
  sql.selectFrom('products').select('id').where('tax_rate_id', '=', p.id).limit(1),
)

const remove = statement<{ id: number }>()((p) => sql.deleteFrom('tax_rates').where('id', '=', p.id))
const switchOff = statement<{ id: number }>()((p) =>
  sql.updateTable('tax_rates').set({ active: 0, usual: 0 }).where('id', '=', p.id),
)

/** All tax rates, switched off ones included. */
export function listTaxRates(db: Reader): TaxRateRow[] {
  return db.all(all({}))
}

/** Adds a rate (id null) or changes one. */
export function saveTaxRate(tx: Tx, rate: Parameters<typeof put>[0]): void {
  tx.run(put(rate))
}

export function clearUsualTaxRate(tx: Tx): void {
  tx.run(noneUsual({}))
}

/** Takes a rate away; one that products name is switched off instead. Orders have their own copy. */
export function dropTaxRate(tx: Tx, id: number): void {
  tx.run(tx.first(ofProducts({ id })) ? switchOff({ id }) : remove({ id }))
}
