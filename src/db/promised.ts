import { sql as raw } from 'kysely'
import type { Reader } from './database.ts'
import type { Stage } from './schema.ts'
import { sql, statement } from './statement.ts'

/** From when to when something took, ms since 1970. */
export interface Span {
  since: number
  until: number
}

/** Steps whose time is measured; the index events_promised holds these alone. */
export type PromisedStep = 'accepted' | 'dispatched'

/** Since the event `upTo` an order could be worked on: it was placed, or what it was waiting for was paid. */
const couldBeWorkedOn = (orderId: string, upTo: string) =>
  raw<number | null>`(select max(began.at) from events as began
    where began.order_id = ${raw.ref(orderId)} and began.id < ${raw.raw(upTo)}
      and (began.type in ('placed', 'reopened')
        or (began.type in ('paid', 'rest_waived') and began.from_payment in ('pending', 'failed', 'expired'))))`

const stepSpans = statement<{ type: PromisedStep; from: number; limit: number }>()((p) =>
  sql
    .selectFrom('events')
    .select(['events.at as until'])
    .select(couldBeWorkedOn('events.order_id', 'events.id').as('since'))
    .where('events.type', 'in', ['accepted', 'dispatched'])
    .where('events.type', '=', p.type)
    .where('events.at', '>=', p.from)
    .where(
      raw<boolean>`not exists (select 1 from events as undone where undone.order_id = events.order_id
        and undone.id > events.id and undone.type = 'undone' and json_extract(undone.data, '$.undid') = events.type)`,
    )
    .orderBy('events.at', 'desc')
    .limit(p.limit),
)

const waitingOrders = statement<{ stage: Stage; limit: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select(couldBeWorkedOn('orders.id', String(Number.MAX_SAFE_INTEGER)).as('since'))
    .where('stage', '=', p.stage)
    .orderBy('id')
    .limit(p.limit),
)

const handledUpdates = statement<{ from: number; limit: number }>()((p) =>
  sql
    .selectFrom('updates')
    .select(['received_at as since', 'done_at as until'])
    .where('done_at', '>=', p.from)
    .orderBy('done_at', 'desc')
    .limit(p.limit),
)

const waitingUpdates = statement<{ limit: number }>()((p) =>
  sql
    .selectFrom('updates')
    .select('received_at as since')
    .where('done_at', 'is', null)
    .orderBy('update_id')
    .limit(p.limit),
)

const overdueNotices = statement<{ before: number; limit: number }>()((p) =>
  sql
    .selectFrom(
      sql
        .selectFrom('notices')
        .select('id')
        .where('state', '=', 'waiting')
        .where('sent_at', 'is', null)
        .where('planned_at', '<', p.before)
        .limit(p.limit)
        .as('overdue'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count')),
)

/** What every customer is told of, whatever they chose. */
const TOLD_TO_CUSTOMERS = ['placed', 'accepted', 'packing', 'dispatched', 'delivered', 'cancelled', 'expired']

const untold = statement<{ from: number; limit: number }>()((p) =>
  sql
    .selectFrom(
      sql
        .selectFrom('events')
        .select(['id', 'order_id', 'type', 'at'])
        .orderBy('id', 'desc')
        .limit(p.limit)
        .as('newest'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('newest.type', 'in', TOLD_TO_CUSTOMERS)
    .where('newest.at', '>=', p.from)
    // No join: with figures about the tables SQLite would rather begin with all orders.
    .where(
      raw<boolean>`not exists (select 1 from notices where notices.event_id = newest.id and notices.channel = 'telegram'
        and notices.person_id = (select person_id from orders where orders.id = newest.order_id))`,
    ),
)

const newestReceived = statement()(() =>
  sql.selectFrom('updates').select('received_at').orderBy('update_id', 'desc').limit(1),
)

/** How long orders took until a step that was not taken back, of the newest `limit` steps since `from`. */
export function listStepSpans(db: Reader, of: { type: PromisedStep; from: number; limit: number }): Span[] {
  return db.all(stepSpans(of)).filter(hasBegun)
}

/** Since when the oldest `limit` orders of a stage could have been worked on. */
export function listWaitingOrders(db: Reader, of: { stage: Stage; limit: number }): number[] {
  return db.all(waitingOrders(of)).flatMap(({ since }) => since ?? [])
}

/** How long the newest `limit` updates since `from` took from their arrival until they were answered. */
export function listUpdateSpans(db: Reader, of: { from: number; limit: number }): Span[] {
  return db.all(handledUpdates(of)) as Span[]
}

/** When the oldest `limit` updates that are not answered yet came in. */
export function listWaitingUpdates(db: Reader, limit: number): number[] {
  return db.all(waitingUpdates({ limit })).map(({ since }) => since)
}

/** How many notices should have left before a moment and have not, as far as `limit`. */
export function countOverdueNotices(db: Reader, of: { before: number; limit: number }): number {
  return db.first(overdueNotices(of))?.count ?? 0
}

/** Of the newest `limit` events: how many since `from` were to be told to their customer, and have no notice. */
export function countUntold(db: Reader, of: { from: number; limit: number }): number {
  return db.first(untold(of))?.count ?? 0
}

/** When Telegram last brought anything, ms since 1970; undefined when that was so long ago that it is forgotten. */
export function findLastReceived(db: Reader): number | undefined {
  return db.first(newestReceived({}))?.received_at
}

function hasBegun(span: { since: number | null; until: number }): span is Span {
  return span.since !== null
}
