import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Flag, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type OrderTaxRow = Selectable<Tables['order_taxes']>

const insert = statement<{
  orderId: number
  name: string
  basisPoints: number
  included: Flag
  netMinor: number
  taxMinor: number
}>()((p) =>
  sql.insertInto('order_taxes').values({
    order_id: p.orderId,
    name: p.name,
    basis_points: p.basisPoints,
    included: p.included,
    net_minor: p.netMinor,
    tax_minor: p.taxMinor,
  }),
)

const ofOrder = statement<{ orderId: number }>()((p) =>
  sql.selectFrom('order_taxes').selectAll().where('order_id', '=', p.orderId).orderBy('basis_points', 'desc'),
)

export function addOrderTax(tx: Tx, tax: Parameters<typeof insert>[0]): void {
  tx.run(insert(tax))
}

/** The taxes in an order's total, highest rate first. */
export function listOrderTaxes(db: Reader, orderId: number): OrderTaxRow[] {
  return db.all(ofOrder({ orderId }))
}
