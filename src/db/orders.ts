import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Fulfilment, Payment, PaymentMethod, Stage, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type OrderRow = Selectable<Tables['orders']>
export type LineItemRow = Selectable<Tables['line_items']> & { product_id: number }

const SUMMARY_COLUMNS = [
  'id',
  'stage',
  'fulfilment',
  'payment',
  'version',
  'needs_review',
  'currency',
  'total_minor',
  'item_count',
  'customer_name',
  'delivery_method',
  'payment_method',
  'placed_at',
  'updated_at',
] as const
export type OrderSummaryRow = Pick<OrderRow, (typeof SUMMARY_COLUMNS)[number]>

export interface NewOrder {
  personId: number
  checkoutKey: string
  payment: Payment
  currency: string
  itemsMinor: number
  deliveryMinor: number
  totalMinor: number
  itemCount: number
  customerName: string
  phone: string | null
  address: string | null
  note: string | null
  deliveryMethod: string
  paymentMethod: PaymentMethod
  now: number
  expiresAt: number | null
}

const insertOrder = statement<NewOrder>()((p) =>
  sql.insertInto('orders').values({
    person_id: p.personId,
    checkout_key: p.checkoutKey,
    fulfilment: 'placed',
    payment: p.payment,
    currency: p.currency,
    items_minor: p.itemsMinor,
    delivery_minor: p.deliveryMinor,
    total_minor: p.totalMinor,
    item_count: p.itemCount,
    customer_name: p.customerName,
    phone: p.phone,
    address: p.address,
    note: p.note,
    delivery_method: p.deliveryMethod,
    payment_method: p.paymentMethod,
    placed_at: p.now,
    updated_at: p.now,
    expires_at: p.expiresAt,
  }),
)

export interface NewLineItem {
  orderId: number
  variantId: number
  title: string
  variantTitle: string
  sku: string | null
  unitPriceMinor: number
  quantity: number
  totalMinor: number
}

const insertLineItem = statement<NewLineItem>()((p) =>
  sql.insertInto('line_items').values({
    order_id: p.orderId,
    variant_id: p.variantId,
    title: p.title,
    variant_title: p.variantTitle,
    sku: p.sku,
    unit_price_minor: p.unitPriceMinor,
    quantity: p.quantity,
    total_minor: p.totalMinor,
  }),
)

const byId = statement<{ id: number }>()((p) => sql.selectFrom('orders').selectAll().where('id', '=', p.id))

const byCheckoutKey = statement<{ key: string }>()((p) =>
  sql.selectFrom('orders').selectAll().where('checkout_key', '=', p.key),
)

const lineItemsOf = statement<{ orderId: number }>()((p) =>
  sql
    .selectFrom('line_items')
    .innerJoin('variants', 'variants.id', 'line_items.variant_id')
    .selectAll('line_items')
    .select('variants.product_id')
    .where('line_items.order_id', '=', p.orderId)
    .orderBy('line_items.id'),
)

export interface OrderChange {
  id: number
  version: number
  fulfilment: Fulfilment
  payment: Payment
  trackingNumber: string | null
  cancelReason: string | null
  needsReview: string | null
  undoUntil: number | null
  now: number
}

const compareAndSet = statement<OrderChange>()((p) =>
  sql
    .updateTable('orders')
    .set((eb) => ({
      fulfilment: p.fulfilment,
      payment: p.payment,
      tracking_number: p.trackingNumber,
      cancel_reason: p.cancelReason,
      needs_review: p.needsReview,
      undo_until: p.undoUntil,
      updated_at: p.now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', p.id)
    .where('version', '=', p.version),
)

const newestOfStage = statement<{ stage: Stage; before: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(SUMMARY_COLUMNS)
    .where('stage', '=', p.stage)
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const newest = statement<{ before: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(SUMMARY_COLUMNS)
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const newestOfPerson = statement<{ personId: number; before: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select([...SUMMARY_COLUMNS, 'address'])
    .where('person_id', '=', p.personId)
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const MOST_PEOPLE_FOUND = 2_000

// The newest matching people first, and not all, so that a common name stays cheap at any number of customers.
const newestOfCustomers = statement<{ match: string; before: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(SUMMARY_COLUMNS)
    .where(
      'person_id',
      'in',
      sql
        .selectFrom('people_search')
        .select('rowid')
        .where('people_search', raw`match`, p.match)
        .orderBy('rowid', 'desc')
        .limit(MOST_PEOPLE_FOUND),
    )
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const counters = statement()(() => sql.selectFrom('order_counters').selectAll())

const overdue = statement<{ now: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(['id', 'version'])
    .where('stage', '=', 'unpaid')
    .where('expires_at', '<=', p.now)
    .orderBy('id')
    .limit(p.limit),
)

export function addOrder(tx: Tx, order: NewOrder): number {
  return tx.run(insertOrder(order)).id
}

export function addLineItem(tx: Tx, item: NewLineItem): void {
  tx.run(insertLineItem(item))
}

export function findOrder(db: Reader, id: number): OrderRow | undefined {
  return db.first(byId({ id }))
}

export function findOrderByCheckoutKey(db: Reader, key: string): OrderRow | undefined {
  return db.first(byCheckoutKey({ key }))
}

export function listLineItems(db: Reader, orderId: number): LineItemRow[] {
  return db.all(lineItemsOf({ orderId }))
}

/** Changes the order only if it still has the version given. Returns whether it did. */
export function changeOrder(tx: Tx, change: OrderChange): boolean {
  return tx.run(compareAndSet(change)).changes === 1
}

export interface Page {
  /** Only orders with a number below this one; leave out for the newest. */
  before?: number | undefined
  limit: number
}

const FROM_THE_TOP = Number.MAX_SAFE_INTEGER

/** Orders newest first, of one stage or of all. */
export function listOrders(db: Reader, page: Page & { stage?: Stage | undefined }): OrderSummaryRow[] {
  const { before = FROM_THE_TOP, limit, stage } = page
  return db.all(stage ? newestOfStage({ stage, before, limit }) : newest({ before, limit }))
}

/** A customer's own orders, newest first; whether one has an address decides how its state is called. */
export function listOrdersOfPerson(
  db: Reader,
  personId: number,
  page: Page,
): (OrderSummaryRow & Pick<OrderRow, 'address'>)[] {
  return db.all(newestOfPerson({ personId, before: page.before ?? FROM_THE_TOP, limit: page.limit }))
}

/** Orders of customers whose name, username or phone has words beginning with those of `words`. */
export function listOrdersOfCustomers(db: Reader, words: string, page: Page): OrderSummaryRow[] {
  const match = words
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => `"${word}"*`)
    .join(' ')
  if (!match) return []
  return db.all(newestOfCustomers({ match, before: page.before ?? FROM_THE_TOP, limit: page.limit }))
}

/** How many orders each stage holds: rows kept by triggers, never counted over the table. */
export function countOrders(db: Reader): Record<Stage, number> {
  const rows = db.all(counters({}))
  return Object.fromEntries(rows.map((row) => [row.stage, row.count])) as Record<Stage, number>
}

export function listOverdueOrders(db: Reader, now: number, limit: number): { id: number; version: number }[] {
  return db.all(overdue({ now, limit }))
}
