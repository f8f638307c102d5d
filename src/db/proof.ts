import { sql as raw, type Selectable, type SqlBool } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { NoticeRow } from './notices.ts'
import { UNREACHABLE } from './proof-reach.ts'
import type { AttemptOutcome, Channel, NoticeState, Tables, TallyOutcome } from './schema.ts'
import { sql, statement } from './statement.ts'

export type AttemptRow = Selectable<Tables['notice_attempts']>

/** A notice with the name of whom it is for: a person, with the device, or a group; a dead one with what is left to do. */
export type NoticeWithRecipient = NoticeRow & {
  person_name: string | null
  device_name: string | null
  group_title: string | null
  /** Where its order goes, and how. */
  address: string | null
  delivery_method: string | null
  /** Nobody can be reached there any more: 1. */
  unreachable: SqlBool | null
  /** On which other channel the same person got the same news. */
  told_by: Channel | null
}

const MOST_ATTEMPTS = 50

const insertAttempt = statement<{
  noticeId: number
  at: number
  tookMs: number
  outcome: AttemptOutcome
  answer: string
}>()((p) =>
  sql.insertInto('notice_attempts').values({
    notice_id: p.noticeId,
    at: p.at,
    took_ms: p.tookMs,
    outcome: p.outcome,
    answer: p.answer,
  }),
)

const attemptsOf = statement<{ noticeId: number; limit: number }>()((p) =>
  sql
    .selectFrom('notice_attempts')
    .selectAll()
    .where('notice_id', '=', p.noticeId)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const count = statement<{ hour: number; channel: Channel; outcome: TallyOutcome; bucket: number }>()((p) =>
  sql
    .insertInto('notice_tallies')
    .values({ hour: p.hour, channel: p.channel, outcome: p.outcome, bucket: p.bucket, count: 1 })
    .onConflict((oc) =>
      oc.columns(['hour', 'channel', 'outcome', 'bucket']).doUpdateSet({ count: raw<number>`count + 1` }),
    ),
)

const deadIds = statement<{ upTo: number; limit: number }>()((p) =>
  sql
    .selectFrom('notices')
    .select('id')
    .where('state', '=', 'dead')
    .where('id', '<=', p.upTo)
    .orderBy('id', 'desc')
    .limit(p.limit),
)

const named = () =>
  sql
    .selectFrom('notices')
    .leftJoin('people', 'people.id', 'notices.person_id')
    .leftJoin('devices', 'devices.id', 'notices.device_id')
    .leftJoin('staff_groups', 'staff_groups.id', 'notices.group_id')
    .leftJoin('orders', 'orders.id', 'notices.order_id')
    .selectAll('notices')
    .select([
      'people.name as person_name',
      'devices.name as device_name',
      'staff_groups.title as group_title',
      'orders.address',
      'orders.delivery_method',
    ])
    .select((eb) => [
      UNREACHABLE.as('unreachable'),
      // Only for the few that died: an order may have told a hundred.
      eb
        .case()
        .when('notices.state', '=', 'dead')
        .then(
          eb
            .selectFrom('notices as other')
            .select('other.channel')
            .whereRef('other.event_id', '=', 'notices.event_id')
            .whereRef('other.kind', '=', 'notices.kind')
            .whereRef('other.person_id', '=', 'notices.person_id')
            .whereRef('other.channel', '<>', 'notices.channel')
            .where('other.sent_at', 'is not', null)
            .limit(1),
        )
        .end()
        .as('told_by'),
    ])

const namedById = statement<{ id: number }>()((p) => named().where('notices.id', '=', p.id))

const ofOrder = statement<{ orderId: number; limit: number }>()((p) =>
  named().where('notices.order_id', '=', p.orderId).orderBy('notices.id').limit(p.limit),
)

const ofEvent = statement<{ eventId: number; limit: number }>()((p) =>
  named().where('notices.event_id', '=', p.eventId).orderBy('notices.id').limit(p.limit),
)

const dead = statement<{ before: number; limit: number }>()((p) =>
  named()
    .where('notices.state', '=', 'dead')
    .where('notices.id', '<', p.before)
    .orderBy('notices.id', 'desc')
    .limit(p.limit),
)

const failures = statement<{ limit: number }>()((p) =>
  sql
    .selectFrom('notice_attempts')
    .innerJoin('notices', 'notices.id', 'notice_attempts.notice_id')
    .leftJoin('people', 'people.id', 'notices.person_id')
    .leftJoin('devices', 'devices.id', 'notices.device_id')
    .leftJoin('staff_groups', 'staff_groups.id', 'notices.group_id')
    .leftJoin('orders', 'orders.id', 'notices.order_id')
    .selectAll('notice_attempts')
    .select([
      'notices.channel',
      'notices.kind',
      'notices.order_id',
      'notices.state',
      'people.name as person_name',
      'devices.name as device_name',
      'staff_groups.title as group_title',
      'orders.address',
      'orders.delivery_method',
    ])
    .where('notice_attempts.outcome', '<>', 'sent')
    .orderBy('notice_attempts.id', 'desc')
    .limit(p.limit),
)

const markSeen = statement<{ id: number; shown: number | null; opened: number | null }>()((p) =>
  sql
    .updateTable('notices')
    .set((eb) => ({
      shown_at: eb.fn.coalesce('shown_at', eb.val(p.shown)),
      opened_at: eb.fn.coalesce('opened_at', eb.val(p.opened)),
    }))
    .where('id', '=', p.id),
)

/** Keeps what a channel answered to one try. */
export function addAttempt(tx: Tx, attempt: Parameters<typeof insertAttempt>[0]): void {
  tx.run(insertAttempt(attempt))
}

/** The tries of a notice, oldest first; of very many, the newest. */
export function listAttempts(db: Reader, noticeId: number): AttemptRow[] {
  return db.all(attemptsOf({ noticeId, limit: MOST_ATTEMPTS })).reverse()
}

export function addTally(tx: Tx, tally: Parameters<typeof count>[0]): void {
  tx.run(count(tally))
}

/** The ids of dead letters up to `upTo`, newest first. */
export function listDeadIds(db: Reader, page: { upTo: number; limit: number }): number[] {
  return db.all(deadIds(page)).map((row) => row.id)
}

export function findNamedNotice(db: Reader, id: number): NoticeWithRecipient | undefined {
  return db.first(namedById({ id }))
}

/** Everything the shop told anybody about an order, oldest first. */
export function listNoticesOfOrder(db: Reader, orderId: number, limit = 500): NoticeWithRecipient[] {
  return db.all(ofOrder({ orderId, limit }))
}

export function listNoticesOfEvent(db: Reader, eventId: number, limit = 100): NoticeWithRecipient[] {
  return db.all(ofEvent({ eventId, limit }))
}

/** Dead letters with an id below `before`, newest first. */
export function listDeadNotices(db: Reader, page: { before: number; limit: number }): NoticeWithRecipient[] {
  return db.all(dead(page))
}

export type FailureRow = AttemptRow & {
  channel: Channel
  kind: string
  order_id: number | null
  state: NoticeState
  person_name: string | null
  device_name: string | null
  group_title: string | null
  address: string | null
  delivery_method: string | null
}

/** The newest tries that did not succeed, newest first. */
export function listFailures(db: Reader, limit: number): FailureRow[] {
  return db.all(failures({ limit }))
}

/** Notes when a notice was first seen on a screen, or opened. */
export function setNoticeSeen(tx: Tx, seen: Parameters<typeof markSeen>[0]): void {
  tx.run(markSeen(seen))
}
