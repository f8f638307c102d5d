import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { ActorKind, Fulfilment, Payment, Source, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type EventRow = Selectable<Tables['events']>

export interface NewEvent {
  orderId: number | null
  type: string
  at: number
  actorKind: ActorKind
  actorId: number | null
  actorName: string
  source: Source
  fromFulfilment: Fulfilment | null
  fromPayment: Payment | null
  /** JSON text. */
  data: string
  requestKey: string | null
}

const insertEvent = statement<NewEvent>()((p) =>
  sql.insertInto('events').values({
    order_id: p.orderId,
    type: p.type,
    at: p.at,
    actor_kind: p.actorKind,
    actor_id: p.actorId,
    actor_name: p.actorName,
    source: p.source,
    from_fulfilment: p.fromFulfilment,
    from_payment: p.fromPayment,
    data: p.data,
    request_key: p.requestKey,
  }),
)

const ofOrder = statement<{ orderId: number; limit: number }>()((p) =>
  sql.selectFrom('events').selectAll().where('order_id', '=', p.orderId).orderBy('id', 'desc').limit(p.limit),
)

const lastChangeOfOrder = statement<{ orderId: number }>()((p) =>
  sql
    .selectFrom('events')
    .selectAll()
    .where('order_id', '=', p.orderId)
    .where('from_fulfilment', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1),
)

const after = statement<{ id: number; limit: number }>()((p) =>
  sql.selectFrom('events').selectAll().where('id', '>', p.id).orderBy('id').limit(p.limit),
)

const newestId = statement()(() => sql.selectFrom('events').select('id').orderBy('id', 'desc').limit(1))

const byId = statement<{ id: number }>()((p) => sql.selectFrom('events').selectAll().where('id', '=', p.id))

const newestOfType = statement<{ orderId: number; type: string }>()((p) =>
  sql
    .selectFrom('events')
    .selectAll()
    .where('order_id', '=', p.orderId)
    .where('type', '=', p.type)
    .orderBy('id', 'desc')
    .limit(1),
)

const firstAnswer = statement<{ orderId: number; after: number }>()((p) =>
  sql
    .selectFrom('events')
    .selectAll()
    .where('order_id', '=', p.orderId)
    .where('type', 'in', ['shop_wrote', 'answer_waived'])
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(1),
)

/** By which a matter of money is decided. */
const DECISIONS = [
  'matter_settled',
  'money_kept',
  'refunded',
  'refund_retried',
  'refund_by_hand',
  'refund_called_off',
  'payment_voided',
]

const decision = statement<{ orderId: number | null; entryId: number; after: number }>()((p) =>
  sql
    .selectFrom('events')
    .selectAll()
    .where('order_id', 'is', p.orderId)
    .where('id', '>', p.after)
    .where('type', 'in', DECISIONS)
    .where(raw<number>`json_extract(data, '$.entryId')`, '=', p.entryId)
    .orderBy('id')
    .limit(1),
)

const countSince = statement<{ orderId: number; type: string; since: number }>()((p) =>
  sql
    .selectFrom('events')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('order_id', '=', p.orderId)
    .where('type', '=', p.type)
    .where('at', '>', p.since),
)

const byRequestKey = statement<{ key: string }>()((p) =>
  sql.selectFrom('events').select(['order_id', 'type', 'data']).where('request_key', '=', p.key),
)

/** Appends an event and returns its id. */
export function addEvent(tx: Tx, event: NewEvent): number {
  return tx.run(insertEvent(event)).id
}

/** An order's timeline, oldest first; of a very long one, the newest `limit`. */
export function listEvents(db: Reader, orderId: number, limit = 200): EventRow[] {
  return db.all(ofOrder({ orderId, limit })).reverse()
}

export function findEvent(db: Reader, id: number): EventRow | undefined {
  return db.first(byId({ id }))
}

/** The last event that moved an order; a review or a notice sent again moves nothing. */
export function findLastChange(db: Reader, orderId: number): EventRow | undefined {
  return db.first(lastChangeOfOrder({ orderId }))
}

export function newestEventOfType(db: Reader, of: { orderId: number; type: string }): EventRow | undefined {
  return db.first(newestOfType(of))
}

/** How a customer's message was answered: by words, or by somebody who found that it needs none. */
export function findAnswer(db: Reader, of: { orderId: number; after: number }): EventRow | undefined {
  return db.first(firstAnswer(of))
}

/** What was decided about an entry of the ledger after an event; `orderId` is the order's it was decided for, or null. */
export function findDecision(
  db: Reader,
  of: { orderId: number | null; entryId: number; after: number },
): EventRow | undefined {
  return db.first(decision(of))
}

/** How often this happened to an order after a moment. */
export function countEventsSince(db: Reader, of: { orderId: number; type: string; since: number }): number {
  return db.first(countSince(of))?.count ?? 0
}

/** Events of all orders after event `id`, oldest first: what a panel missed while it was away. */
export function listEventsAfter(db: Reader, id: number, limit: number): EventRow[] {
  return db.all(after({ id, limit }))
}

/** The id of the newest event, 0 when there is none. */
export function newestEventId(db: Reader): number {
  return db.first(newestId({}))?.id ?? 0
}

/** What an earlier command with this key did, and to which order. */
export function findByRequestKey(
  db: Reader,
  key: string,
): { order_id: number | null; type: string; data: string } | undefined {
  return db.first(byRequestKey({ key }))
}
