import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Channel, Flag, NoticeState, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type NoticeRow = Selectable<Tables['notices']>

export interface NewNotice {
  eventId: number
  orderId: number | null
  personId: number
  channel: Channel
  kind: string
  card: Flag
  lane: number
  dueAt: number
  now: number
}

// A person's notices go out in the order they were planned: a new one is never due before one that is
// being retried, nor before an earlier one about the same order (which may be waiting for its undo time).
const insertNotice = statement<NewNotice>()((p) =>
  sql.insertInto('notices').values({
    event_id: p.eventId,
    order_id: p.orderId,
    person_id: p.personId,
    channel: p.channel,
    kind: p.kind,
    card: p.card,
    lane: p.lane,
    due_at: raw<number>`max(${p.dueAt}, coalesce((
      select max(due_at) from notices
      where person_id = ${p.personId} and state = 'waiting' and (attempts > 0 or order_id = ${p.orderId})), 0))`,
    created_at: p.now,
    updated_at: p.now,
  }),
)

// A card being sent right now gets a new revision: markSent sees it and sends the card round again. One that is being
// retried keeps its pause, and one not sent yet its turn before the order's other notices. Staff see a change at once,
// the customer when no step can be undone any more.
const refresh = statement<{
  orderId: number
  customerKind: string
  customerDueAt: number
  lane: number
  now: number
}>()((p) =>
  sql
    .updateTable('notices')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      state: raw<NoticeState>`case state when 'sent' then 'waiting' else state end`,
      due_at: raw<number>`case
          when state = 'waiting' and message_id is null then due_at
          when kind = ${p.customerKind} then max(due_at, ${p.customerDueAt})
          when state = 'sending' or (state = 'waiting' and attempts > 0) then due_at
          else ${p.now} end`,
      attempts: raw<number>`case state when 'sent' then 0 else attempts end`,
      lane: raw<number>`case when message_id is null then lane else ${p.lane} end`,
      updated_at: p.now,
    }))
    .where('order_id', '=', p.orderId)
    .where('card', '=', 1)
    .where('state', 'in', ['sent', 'sending', 'waiting']),
)

const undo = statement<{ eventId: number; orderId: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'undone', updated_at: p.now })
    .where('order_id', '=', p.orderId)
    .where('event_id', '=', p.eventId)
    .where('state', '=', 'waiting'),
)

const startedOfEvent = statement<{ eventId: number; orderId: number }>()((p) =>
  sql
    .selectFrom('notices')
    .select('id')
    .where('order_id', '=', p.orderId)
    .where('event_id', '=', p.eventId)
    .where('state', 'in', ['sending', 'sent'])
    .limit(1),
)

const due = statement<{ lane: number; now: number; limit: number }>()((p) =>
  sql
    .selectFrom('notices')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('lane', '=', p.lane)
    .where('due_at', '<=', p.now)
    .where(
      'person_id',
      'not in',
      sql.selectFrom('notices').select('person_id').where('state', '=', 'sending'),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(p.limit),
)

const nextDue = statement<{ lane: number; now: number }>()((p) =>
  sql
    .selectFrom('notices')
    .select((eb) => eb.fn.min('due_at').as('due_at'))
    .where('state', '=', 'waiting')
    .where('lane', '=', p.lane)
    .where('due_at', '>', p.now),
)

const claim = statement<{ id: number; lease: string; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set((eb) => ({ state: 'sending', lease: p.lease, attempts: eb('attempts', '+', 1), updated_at: p.now }))
    .where('id', '=', p.id),
)

const voidLeases = statement()(() =>
  sql.updateTable('notices').set({ state: 'waiting', lease: null }).where('state', '=', 'sending'),
)

// A card that changed while it was being sent goes round again; one that will say too much, in time.
const markSent = statement<{
  id: number
  revision: number
  messageId: number
  redrawAt: number | null
  now: number
}>()((p) =>
  sql
    .updateTable('notices')
    .set((eb) => ({
      state: raw<NoticeState>`case when revision = ${p.revision} and ${p.redrawAt} is null then 'sent' else 'waiting' end`,
      message_id: p.messageId,
      sent_at: eb.fn.coalesce('sent_at', eb.val(p.now)),
      due_at: raw<number>`case when revision <> ${p.revision} then max(due_at, ${p.now}) else coalesce(${p.redrawAt}, due_at) end`,
      attempts: raw<number>`case when revision = ${p.revision} and ${p.redrawAt} is null then attempts else 0 end`,
      last_error: null,
      lease: null,
      updated_at: p.now,
    }))
    .where('id', '=', p.id),
)

const markRetry = statement<{ id: number; dueAt: number; error: string; unattempt: number; now: number }>()(
  (p) =>
    sql
      .updateTable('notices')
      .set((eb) => ({
        state: 'waiting',
        due_at: raw<number>`max(due_at, ${p.dueAt})`,
        last_error: p.error,
        attempts: eb('attempts', '-', p.unattempt),
        lease: null,
        updated_at: p.now,
      }))
      .where('id', '=', p.id),
)

const holdRecipient = statement<{ personId: number; until: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ due_at: p.until })
    .where('person_id', '=', p.personId)
    .where('state', '=', 'waiting')
    .where('due_at', '<', p.until),
)

const markDead = statement<{ id: number; error: string; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'dead', last_error: p.error, lease: null, updated_at: p.now })
    .where('id', '=', p.id),
)

const revive = statement<{ id: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'waiting', due_at: p.now, attempts: 0, updated_at: p.now })
    .where('id', '=', p.id)
    .where('state', '=', 'dead'),
)

const reviveMissed = statement<{ personId: number; since: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'waiting', due_at: p.now, attempts: 0, updated_at: p.now })
    .where(
      'id',
      'in',
      sql
        .selectFrom('notices')
        .select((eb) => eb.fn.max('id').as('id'))
        .where('person_id', '=', p.personId)
        .where('state', '=', 'dead')
        .where('updated_at', '>', p.since)
        .groupBy(['order_id', 'card']),
    ),
)

const byId = statement<{ id: number }>()((p) => sql.selectFrom('notices').selectAll().where('id', '=', p.id))

const ofOrder = statement<{ orderId: number; limit: number }>()((p) =>
  sql
    .selectFrom('notices')
    .innerJoin('people', 'people.id', 'notices.person_id')
    .selectAll('notices')
    .select('people.name as person_name')
    .where('order_id', '=', p.orderId)
    .orderBy('notices.id')
    .limit(p.limit),
)

export type OrderNoticeRow = NoticeRow & { person_name: string }

/** Adds a row to the outbox; it goes out once the transaction is committed and it is due. */
export function addNotice(tx: Tx, notice: NewNotice): number {
  return tx.run(insertNotice(notice)).id
}

/** Has the order's cards on all phones drawn again: staff's now, those of `customerKind` at `customerDueAt`. */
export function refreshCards(tx: Tx, cards: Parameters<typeof refresh>[0]): void {
  tx.run(refresh(cards))
}

/** Takes back the event's notices that have not left yet. */
export function undoNotices(tx: Tx, event: { eventId: number; orderId: number; now: number }): void {
  tx.run(undo(event))
}

/** Whether any notice of the event has left, or is leaving right now. */
export function hasLeft(db: Reader, event: { eventId: number; orderId: number }): boolean {
  return db.first(startedOfEvent(event)) !== undefined
}

/** A lane's notices whose time has come, oldest first, of people to whom nothing is being sent right now. */
export function listDueNotices(db: Reader, lane: number, now: number, limit: number): NoticeRow[] {
  return db.all(due({ lane, now, limit }))
}

/** When the lane's next notice that is not due yet will be, or undefined when there is none. */
export function nextDueAt(db: Reader, lane: number, now: number): number | undefined {
  return db.first(nextDue({ lane, now }))?.due_at ?? undefined
}

export function claimNotice(tx: Tx, notice: { id: number; lease: string; now: number }): void {
  tx.run(claim(notice))
}

/** Gives back what a dead process held. Returns how many notices it was sending. */
export function voidNoticeLeases(tx: Tx): number {
  return tx.run(voidLeases({})).changes
}

export function noticeSent(tx: Tx, sent: Parameters<typeof markSent>[0]): void {
  tx.run(markSent(sent))
}

/** Puts a notice back for later and holds the person's other notices until then, so that order is kept. */
export function noticeRetried(
  tx: Tx,
  retry: {
    id: number
    personId: number
    dueAt: number
    error: string
    countsAsAttempt: boolean
    now: number
  },
): void {
  const { id, personId, dueAt, error, countsAsAttempt, now } = retry
  tx.run(markRetry({ id, dueAt, error, unattempt: countsAsAttempt ? 0 : 1, now }))
  tx.run(holdRecipient({ personId, until: dueAt }))
}

export function noticeDied(tx: Tx, dead: { id: number; error: string; now: number }): void {
  tx.run(markDead(dead))
}

/** Puts a dead letter back into the queue. Returns false when it was not dead. */
export function reviveNotice(tx: Tx, notice: { id: number; now: number }): boolean {
  return tx.run(revive(notice)).changes === 1
}

/** Puts back, of what a person missed since then, each order's newest notice and its card. */
export function reviveUnreached(tx: Tx, missed: { personId: number; since: number; now: number }): void {
  tx.run(reviveMissed(missed))
}

export function findNotice(db: Reader, id: number): NoticeRow | undefined {
  return db.first(byId({ id }))
}

/** Everything the shop told anybody about an order, oldest first. */
export function listNoticesOfOrder(db: Reader, orderId: number, limit = 200): OrderNoticeRow[] {
  return db.all(ofOrder({ orderId, limit }))
}
