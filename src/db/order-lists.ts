import { sql as raw } from 'kysely'
import type { Reader } from './database.ts'
import type { OrderRow } from './orders.ts'
import type { Stage } from './schema.ts'
import { sql, statement } from './statement.ts'

const SUMMARY_COLUMNS = [
  'id',
  'stage',
  'fulfilment',
  'payment',
  'version',
  'needs_review',
  'unanswered_since',
  'currency',
  'total_minor',
  'item_count',
  'customer_name',
  'delivery_method',
  'address',
  'payment_method',
  'placed_at',
  'updated_at',
  'assigned_to',
] as const

/** `assignee` is the name of the person the order is assigned to. */
export type OrderSummaryRow = Pick<OrderRow, (typeof SUMMARY_COLUMNS)[number]> & { assignee: string | null }

const assignee = raw<string | null>`(select name from people where people.id = orders.assigned_to)`.as(
  'assignee',
)

const summaryById = statement<{ id: number }>()((p) =>
  sql.selectFrom('orders').select(SUMMARY_COLUMNS).select(assignee).where('id', '=', p.id),
)

const unanswered = statement<{ limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(SUMMARY_COLUMNS)
    .select(assignee)
    .where('unanswered_since', 'is not', null)
    .orderBy('unanswered_since')
    .orderBy('id')
    .limit(p.limit),
)

const newestOfStage = statement<{ stage: Stage; before: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(SUMMARY_COLUMNS)
    .select(assignee)
    .where('stage', '=', p.stage)
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const oldestOfStage = statement<{ stage: Stage; after: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(SUMMARY_COLUMNS)
    .select(assignee)
    .where('stage', '=', p.stage)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
)

const newest = statement<{ before: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(SUMMARY_COLUMNS)
    .select(assignee)
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const newestOfPerson = statement<{ personId: number; before: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select([...SUMMARY_COLUMNS, 'address'])
    .select(assignee)
    .where('person_id', '=', p.personId)
    .where('id', '<', p.before)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const MOST_PEOPLE_FOUND = 2_000

const unpaidTransfers = statement<{ personId: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .selectAll()
    .where('person_id', '=', p.personId)
    .where('payment_method', '=', 'bank_transfer')
    .where('payment', 'in', ['pending', 'failed', 'expired'])
    .orderBy('id', 'desc')
    .limit(p.limit),
)

// The newest matching people first, and not all, so that a common name stays cheap at any number of customers.
const newestOfCustomers = statement<{ match: string; before: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(SUMMARY_COLUMNS)
    .select(assignee)
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

const withMoneyLeft = statement<{ limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .selectAll()
    .where('needs_review', 'is not', null)
    .where('fulfilment', '=', 'cancelled')
    .whereRef('charged_minor', '>', 'refunded_minor')
    .orderBy('id')
    .limit(p.limit),
)

const counters = statement()(() => sql.selectFrom('order_counters').selectAll())

/** Whether something of the money is here, or on its way, so that nobody but a person may give the order up. */
const hasMoneyComing = raw<boolean>`(charged_minor > refunded_minor
  or exists (select 1 from ledger where order_id = orders.id and kind = 'charge'
    and (state = 'received' or (state = 'open' and trouble is not null)))
  or exists (select 1 from payment_proofs where order_id = orders.id and state = 'waiting')
  or exists (select 1 from payment_requests where order_id = orders.id and state = 'seen'))`

const overdue = statement<{ now: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(['id', 'version'])
    .where('stage', '=', 'unpaid')
    .where('expires_at', '<=', p.now)
    .where(raw<boolean>`not ${hasMoneyComing}`)
    .orderBy('id')
    .limit(p.limit),
)

const heldUp = statement<{ now: number; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .selectAll()
    .where('stage', '=', 'unpaid')
    .where('expires_at', '<=', p.now)
    .where(hasMoneyComing)
    .where(
      raw<boolean>`not exists (
        select 1 from events where request_key = 'payment_overdue:' || orders.id || ':' || orders.expires_at)`,
    )
    .orderBy('id')
    .limit(p.limit),
)

export function findOrderSummary(db: Reader, id: number): OrderSummaryRow | undefined {
  return db.first(summaryById({ id }))
}

/** Orders that were cancelled with money on them and are marked for a person to look at, oldest first. */
export function listCancelledWithMoney(db: Reader, limit: number): OrderRow[] {
  return db.all(withMoneyLeft({ limit }))
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

/** Orders of a stage with a number above `after`, longest waiting first. */
export function listOldestOrders(
  db: Reader,
  page: { stage: Stage; after: number; limit: number },
): OrderSummaryRow[] {
  return db.all(oldestOfStage(page))
}

/** Orders whose customers wait for an answer, longest waiting first. */
export function listUnansweredOrders(db: Reader, limit: number): OrderSummaryRow[] {
  return db.all(unanswered({ limit }))
}

/** A customer's own orders, newest first; whether one has an address decides how its state is called. */
export function listOrdersOfPerson(
  db: Reader,
  personId: number,
  page: Page,
): (OrderSummaryRow & Pick<OrderRow, 'address'>)[] {
  return db.all(newestOfPerson({ personId, before: page.before ?? FROM_THE_TOP, limit: page.limit }))
}

/** A customer's newest orders for which no transfer has arrived in full, whether or not they are still waited for. */
export function listUnpaidTransfers(db: Reader, personId: number, limit = 20): OrderRow[] {
  return db.all(unpaidTransfers({ personId, limit }))
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

/** Unpaid orders whose time is up and of whose money nothing is here or on its way. */
export function listOverdueOrders(db: Reader, now: number, limit: number): { id: number; version: number }[] {
  return db.all(overdue({ now, limit }))
}

/** Unpaid orders whose time is up although money is here or on its way, of which nobody has been told yet. */
export function listHeldUpOrders(db: Reader, now: number, limit: number): OrderRow[] {
  return db.all(heldUp({ now, limit }))
}
