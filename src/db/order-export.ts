import { sql as raw } from 'kysely'
import type { Reader } from './database.ts'
import { sql, statement } from './statement.ts'

/** Orders placed from `from` until before `to` (ms since 1970), in the order in which they were placed. */
export interface ExportSpan {
  from: number
  to: number
}

const ORDER_COLUMNS = [
  'id',
  'placed_at',
  'customer_name',
  'item_count',
  'currency',
  'items_minor',
  'discount_minor',
  'discount_code',
  'delivery_minor',
  'tax_minor',
  'tax_added_minor',
  'total_minor',
  'charged_minor',
  'refunded_minor',
  'waived_minor',
  'payment_method',
  'payment',
  'delivery_method',
  'fulfilment',
] as const

const ordersAfter = statement<ExportSpan & { after: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(ORDER_COLUMNS)
    .where(raw<boolean>`(placed_at, id) > (${p.from}, ${p.after})`)
    .where('placed_at', '<', p.to)
    .orderBy('placed_at')
    .orderBy('id')
    .limit(p.limit),
)

const itemsOf = statement<{ ids: string }>()((p) =>
  sql
    .selectFrom('line_items')
    .selectAll()
    .where('order_id', 'in', raw<number>`(select value from json_each(${p.ids}))`)
    .orderBy('order_id')
    .orderBy('id'),
)

export type ExportedOrder = ReturnType<typeof listPlaced>[number]
export type ExportedItem = ReturnType<typeof listItemsOfOrders>[number]

/** A page of orders for a file: those behind the order `after`, which was placed at the moment `from`. */
export function listPlaced(db: Reader, page: Parameters<typeof ordersAfter>[0]) {
  return db.all(ordersAfter(page))
}

export function listItemsOfOrders(db: Reader, orderIds: number[]) {
  return db.all(itemsOf({ ids: JSON.stringify(orderIds) }))
}
