import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Fulfilment, Payment, PaymentMethod, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type OrderRow = Selectable<Tables['orders']>

export type LineItemRow = Selectable<Tables['line_items']> & { product_id: number }

export interface NewOrder {
  personId: number
  checkoutKey: string
  payment: Payment
  currency: string
  itemsMinor: number
  discountMinor: number
  discountCode: string | null
  deliveryMinor: number
  taxMinor: number
  taxAddedMinor: number
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
    discount_minor: p.discountMinor,
    discount_code: p.discountCode,
    delivery_minor: p.deliveryMinor,
    tax_minor: p.taxMinor,
    tax_added_minor: p.taxAddedMinor,
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
  discountMinor: number
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
    discount_minor: p.discountMinor,
  }),
)

const byId = statement<{ id: number }>()((p) => sql.selectFrom('orders').selectAll().where('id', '=', p.id))

const newest = statement()(() => sql.selectFrom('orders').select('currency').orderBy('id', 'desc').limit(1))

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
  assignedTo: number | null
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
      assigned_to: p.assignedTo,
      updated_at: p.now,
      version: eb('version', '+', 1),
    }))
    .where('id', '=', p.id)
    .where('version', '=', p.version),
)

const assign = statement<{ id: number; personId: number | null; now: number }>()((p) =>
  sql.updateTable('orders').set({ assigned_to: p.personId, updated_at: p.now }).where('id', '=', p.id),
)

const flag = statement<{ id: number; reason: string | null; now: number }>()((p) =>
  sql.updateTable('orders').set({ needs_review: p.reason, updated_at: p.now }).where('id', '=', p.id),
)

const sums = statement<{ id: number; charged: number; refunded: number; waived: number }>()((p) =>
  sql
    .updateTable('orders')
    .set({ charged_minor: p.charged, refunded_minor: p.refunded, waived_minor: p.waived })
    .where('id', '=', p.id),
)

const choosePayment = statement<{ id: number; method: PaymentMethod; expiresAt: number }>()((p) =>
  sql.updateTable('orders').set({ payment_method: p.method, expires_at: p.expiresAt }).where('id', '=', p.id),
)

const giveTime = statement<{ id: number; expiresAt: number }>()((p) =>
  sql
    .updateTable('orders')
    .set({ expires_at: raw<number>`max(coalesce(expires_at, 0), ${p.expiresAt})` })
    .where('id', '=', p.id),
)

// The first of several messages counts: that is how long the customer has been waiting.
const markUnanswered = statement<{ id: number; since: number }>()((p) =>
  sql
    .updateTable('orders')
    .set({ unanswered_since: p.since })
    .where('id', '=', p.id)
    .where('unanswered_since', 'is', null),
)

const markAnswered = statement<{ id: number }>()((p) =>
  sql
    .updateTable('orders')
    .set({ unanswered_since: null })
    .where('id', '=', p.id)
    .where('unanswered_since', 'is not', null),
)

const restock = statement<{ id: number; orderId: number; quantity: number }>()((p) =>
  sql
    .updateTable('line_items')
    .set((eb) => ({ restocked: eb('restocked', '+', p.quantity) }))
    .where('id', '=', p.id)
    .where('order_id', '=', p.orderId)
    .where((eb) => eb(eb('restocked', '+', p.quantity), '<=', eb.ref('quantity'))),
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

/** Gives the order to a person, or to nobody. Its version stays: no step is spoilt by it. */
export function setAssignee(tx: Tx, given: { id: number; personId: number | null; now: number }): void {
  tx.run(assign(given))
}

/** Marks the order for a person to look at, or with null takes the mark off. Its version stays. */
export function setNeedsReview(tx: Tx, marked: { id: number; reason: string | null; now: number }): void {
  tx.run(flag(marked))
}

/** The currency of the newest order, if there is one. */
export function newestCurrency(db: Reader): string | undefined {
  return db.first(newest({}))?.currency
}

/** Keeps what the ledger sums to with the order. */
export function setOrderSums(
  tx: Tx,
  given: { id: number; charged: number; refunded: number; waived: number },
): void {
  tx.run(sums(given))
}

/** An unpaid order waits for its money until then, unless it had longer. */
export function extendPaymentTime(tx: Tx, given: { id: number; expiresAt: number }): void {
  tx.run(giveTime(given))
}

/** Another way in which an order is to be paid, and until when. */
export function setPaymentMethod(
  tx: Tx,
  chosen: { id: number; method: PaymentMethod; expiresAt: number },
): void {
  tx.run(choosePayment(chosen))
}

/** Counts pieces of a line as back on the shelf. Returns false when the line has not so many left. */
export function markRestocked(tx: Tx, line: Parameters<typeof restock>[0]): boolean {
  return tx.run(restock(line)).changes === 1
}

/** The customer waits for an answer since then, unless they have been waiting for longer. */
export function setUnanswered(tx: Tx, id: number, since: number): void {
  tx.run(markUnanswered({ id, since }))
}

/** Nobody waits for an answer any more. Returns false when nobody did. */
export function setAnswered(tx: Tx, id: number): boolean {
  return tx.run(markAnswered({ id })).changes === 1
}
