import type { Insertable } from 'kysely'
import type { Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

/** An order as it stands today, with its past left to its events. */
export type WholeOrder = Required<Omit<Insertable<Tables['orders']>, 'id'>>
/** A notice whose fate is known. */
export type WholeNotice = Required<Omit<Insertable<Tables['notices']>, 'id'>>

const ORDER_COLUMNS = [
  'person_id',
  'checkout_key',
  'fulfilment',
  'payment',
  'version',
  'needs_review',
  'currency',
  'items_minor',
  'delivery_minor',
  'total_minor',
  'charged_minor',
  'item_count',
  'customer_name',
  'phone',
  'address',
  'note',
  'delivery_method',
  'payment_method',
  'tracking_number',
  'cancel_reason',
  'placed_at',
  'updated_at',
  'expires_at',
  'undo_until',
] as const

const NOTICE_COLUMNS = [
  'event_id',
  'order_id',
  'person_id',
  'device_id',
  'group_id',
  'recipient',
  'channel',
  'kind',
  'card',
  'silent',
  'lane',
  'state',
  'planned_at',
  'due_at',
  'attempts',
  'revision',
  'lease',
  'last_error',
  'message_id',
  'created_at',
  'sent_at',
  'shown_at',
  'opened_at',
  'updated_at',
] as const

/** Takes the named values of `row` as they are; a placeholder cannot be spread, so they are named one by one. */
function only<Row, Key extends keyof Row>(row: Row, keys: readonly Key[]): Pick<Row, Key> {
  return Object.fromEntries(keys.map((key) => [key, row[key]])) as Pick<Row, Key>
}

const insertOrder = statement<WholeOrder>()((p) => sql.insertInto('orders').values(only(p, ORDER_COLUMNS)))

const insertNotice = statement<WholeNotice>()((p) =>
  sql.insertInto('notices').values(only(p, NOTICE_COLUMNS)),
)

const moreReserved = statement<{ id: number; quantity: number }>()((p) =>
  sql
    .updateTable('variants')
    .set((eb) => ({ reserved: eb('reserved', '+', p.quantity) }))
    .where('id', '=', p.id),
)

/** Adds an order in any state and returns its number. The counters follow by trigger; stock is the caller's to set. */
export function addWholeOrder(tx: Tx, order: WholeOrder): number {
  return tx.run(insertOrder(order)).id
}

export function addWholeNotice(tx: Tx, notice: WholeNotice): void {
  tx.run(insertNotice(notice))
}

/** Sets stock aside for made-up orders, on top of what is available. */
export function addReserved(tx: Tx, variantId: number, quantity: number): void {
  tx.run(moreReserved({ id: variantId, quantity }))
}
