import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Channel, Flag, NoticeState, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

/** One row of the outbox: one event told to one recipient. How it leaves is in outbox.ts, what became of it in proof.ts. */
export type NoticeRow = Selectable<Tables['notices']>

export interface NewNotice {
  eventId: number
  orderId: number | null
  channel: Channel
  kind: string
  recipient: string
  personId: number | null
  deviceId: number | null
  groupId: number | null
  card: Flag
  silent: Flag
  lane: number
  dueAt: number
  /** By when every step of the order taken so far can no longer be undone; without it, `dueAt`. */
  undoEndsAt?: number
  now: number
}

/** So many of a customer's newest orders have their cards brought up to date. */
const CARDS_LOOKED_AFTER = 50

// A recipient's notices go out in the order they were planned: a new one is never due before one that is being retried or
// was asked to wait, nor before an earlier one about the same order that waits for its undo time (a card that waits
// to be drawn again is none). What waits longer waits for the end of quiet hours, and holds up nothing that may pass
// through them.
const insertNotice = statement<NewNotice & { undoEndsAt: number }>()((p) =>
  sql.insertInto('notices').values({
    event_id: p.eventId,
    order_id: p.orderId,
    channel: p.channel,
    kind: p.kind,
    recipient: p.recipient,
    person_id: p.personId,
    device_id: p.deviceId,
    group_id: p.groupId,
    card: p.card,
    silent: p.silent,
    lane: p.lane,
    planned_at: p.dueAt,
    due_at: raw<number>`max(${p.dueAt}, coalesce((
      select max(due_at) from notices
      where recipient = ${p.recipient} and state = 'waiting' and (attempts > 0 or last_error is not null
        or (order_id = ${p.orderId} and message_id is null and planned_at <= ${p.undoEndsAt}))), 0))`,
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
  /** Whose card comes before those of the others. */
  first: string | null
  firstLane: number
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
          when state = 'sending' or (state = 'waiting' and (attempts > 0 or last_error is not null)) then due_at
          else ${p.now} end`,
      attempts: raw<number>`case state when 'sent' then 0 else attempts end`,
      lane: raw<number>`case
          when message_id is null then lane
          when recipient = ${p.first} then ${p.firstLane}
          else ${p.lane} end`,
      updated_at: p.now,
    }))
    .where('order_id', '=', p.orderId)
    .where('card', '=', 1)
    .where('state', 'in', ['sent', 'sending', 'waiting']),
)

// As refresh does, but of one kind and at once.
const refreshKind = statement<{ orderId: number | null; kind: string; lane: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      state: raw<NoticeState>`case state when 'sent' then 'waiting' else state end`,
      due_at: raw<number>`case state when 'sent' then ${p.now} else due_at end`,
      attempts: raw<number>`case state when 'sent' then 0 else attempts end`,
      lane: raw<number>`case when message_id is null then lane else ${p.lane} end`,
      updated_at: p.now,
    }))
    .where('order_id', 'is', p.orderId)
    .where('kind', '=', p.kind)
    .where('card', '=', 1)
    .where('state', 'in', ['sent', 'sending', 'waiting']),
)

const undo = statement<{ eventId: number; orderId: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'undone', updated_at: p.now })
    .where('order_id', '=', p.orderId)
    .where('event_id', '=', p.eventId)
    .where('state', 'in', ['waiting', 'dropped']),
)

const drop = statement<{ orderId: number; kind: string; reason: string; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'dropped', last_error: p.reason, updated_at: p.now })
    .where('order_id', '=', p.orderId)
    .where('kind', '=', p.kind)
    .where('state', '=', 'waiting')
    .where('message_id', 'is', null),
)

const dropOfEvent = statement<{ eventId: number; kind: string; reason: string; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'dropped', last_error: p.reason, updated_at: p.now })
    .where('event_id', '=', p.eventId)
    .where('kind', '=', p.kind)
    .where('state', '=', 'waiting')
    .where('message_id', 'is', null),
)

const dropPushes = statement<{ orderId: number; kind: string; reason: string; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'dropped', last_error: p.reason, updated_at: p.now })
    .where('order_id', '=', p.orderId)
    .where('kind', '=', p.kind)
    .where('channel', '=', 'push')
    .where('state', '=', 'waiting'),
)

// It keeps its turn: the end of quiet hours or of a pause, its own or the recipient's.
const pickUp = statement<{ orderId: number; since: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({
      state: 'waiting',
      due_at: raw<number>`max(due_at, ${p.now}, coalesce((
        select max(held.due_at) from notices as held
        where held.recipient = notices.recipient and held.state = 'waiting'
          and (held.attempts > 0 or held.last_error is not null)), 0))`,
      attempts: 0,
      last_error: null,
      updated_at: p.now,
    })
    .where('order_id', '=', p.orderId)
    .where('state', '=', 'dropped')
    .where('sent_at', 'is', null)
    .where('updated_at', '>=', p.since),
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

const alertedDevices = statement<{ orderId: number; eventId: number }>()((p) =>
  sql
    .selectFrom('notices')
    .innerJoin('devices', 'devices.id', 'notices.device_id')
    .select(['devices.id', 'devices.person_id'])
    .distinct()
    .where('notices.order_id', '=', p.orderId)
    .where('notices.state', 'in', ['sending', 'sent'])
    .where('devices.ended_at', 'is', null)
    .where(
      raw<boolean>`not exists (
        select 1 from notices as now where now.event_id = ${p.eventId} and now.device_id = devices.id)`,
    ),
)

// What is sent again counts, and expires, from now on.
const revive = statement<{ id: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set((eb) => ({
      state: 'waiting',
      planned_at: p.now,
      due_at: p.now,
      attempts: 0,
      message_id: null,
      revision: eb('revision', '+', 1),
      updated_at: p.now,
    }))
    .where('id', '=', p.id)
    .where((eb) => eb.or([eb('state', '=', 'dead'), eb.and([eb('state', '=', 'sent'), eb('card', '=', 0)])])),
)

const reviveDead = statement<{ upTo: number; limit: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'waiting', planned_at: p.now, due_at: p.now, attempts: 0, updated_at: p.now })
    .where(
      'id',
      'in',
      sql
        .selectFrom('notices')
        .select('id')
        .where('state', '=', 'dead')
        .where('id', '<=', p.upTo)
        .orderBy('id', 'desc')
        .limit(p.limit),
    ),
)

const reviveMissed = statement<{ personId: number; since: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'waiting', planned_at: p.now, due_at: p.now, attempts: 0, updated_at: p.now })
    .where(
      'id',
      'in',
      sql
        .selectFrom('notices')
        .select((eb) => eb.fn.max('id').as('id'))
        .where('person_id', '=', p.personId)
        .where('channel', '=', 'telegram')
        .where('state', '=', 'dead')
        .where('updated_at', '>', p.since)
        .groupBy(['order_id', 'card', raw`case card when 1 then kind end`]),
    ),
)

const reviveKept = statement<{ personId: number; lane: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      state: 'waiting',
      due_at: p.now,
      attempts: 0,
      lane: p.lane,
      updated_at: p.now,
    }))
    .where(
      'order_id',
      'in',
      sql
        .selectFrom('orders')
        .select('id')
        .where('person_id', '=', p.personId)
        .orderBy('id', 'desc')
        .limit(CARDS_LOOKED_AFTER),
    )
    .where('card', '=', 1)
    .where('person_id', '=', p.personId)
    .where('state', '=', 'sent')
    .where('last_error', 'is not', null),
)

const byKey = statement<{ eventId: number; kind: string; recipient: string }>()((p) =>
  sql
    .selectFrom('notices')
    .selectAll()
    .where('event_id', '=', p.eventId)
    .where('kind', '=', p.kind)
    .where('recipient', '=', p.recipient),
)

const byId = statement<{ id: number }>()((p) => sql.selectFrom('notices').selectAll().where('id', '=', p.id))

/** Adds a row to the outbox; it goes out once the transaction is committed and it is due. */
export function addNotice(tx: Tx, notice: NewNotice): number {
  return tx.run(insertNotice({ undoEndsAt: notice.dueAt, ...notice })).id
}

/** Has the order's cards on all phones drawn again: staff's now, those of `customerKind` at `customerDueAt`. */
export function refreshCards(tx: Tx, cards: Parameters<typeof refresh>[0]): void {
  tx.run(refresh(cards))
}

/** Has the order's cards of one kind drawn again: those that have left now, those on their way after. */
export function refreshCardsOfKind(tx: Tx, cards: Parameters<typeof refreshKind>[0]): void {
  tx.run(refreshKind(cards))
}

/** Takes back the event's notices that have not left yet. */
export function undoNotices(tx: Tx, event: { eventId: number; orderId: number; now: number }): void {
  tx.run(undo(event))
}

/** Drops an order's notices of a kind that have not left: nobody needs them any more. */
export function dropNotices(tx: Tx, alerts: Parameters<typeof drop>[0]): void {
  tx.run(drop(alerts))
}

/** Drops an event's notices of a kind that have not left: there is newer news. */
export function dropNoticesOfEvent(tx: Tx, event: Parameters<typeof dropOfEvent>[0]): void {
  tx.run(dropOfEvent(event))
}

/** As dropNotices, but of pushes only. */
export function dropPushNotices(tx: Tx, alerts: Parameters<typeof dropPushes>[0]): void {
  tx.run(dropPushes(alerts))
}

/** Takes up the order's alerts that were dropped since then. */
export function pickUpAlerts(tx: Tx, alerts: { orderId: number; since: number; now: number }): void {
  tx.run(pickUp(alerts))
}

/** Whether any notice of the event has left, or is leaving right now. */
export function hasLeft(db: Reader, event: { eventId: number; orderId: number }): boolean {
  return db.first(startedOfEvent(event)) !== undefined
}

/** The live devices that were sent anything about the order, and hear nothing of this event. */
export function listAlertedDevices(
  db: Reader,
  of: { orderId: number; eventId: number },
): { id: number; person_id: number }[] {
  return db.all(alertedDevices(of))
}

/** Puts a dead letter, or a message sent before, back into the queue. Returns false for any other notice. */
export function reviveNotice(tx: Tx, notice: { id: number; now: number }): boolean {
  return tx.run(revive(notice)).changes === 1
}

/** Puts the newest dead letters up to this id back into the queue. Returns how many. */
export function reviveDeadNotices(tx: Tx, letters: { upTo: number; limit: number; now: number }): number {
  return tx.run(reviveDead(letters)).changes
}

/** Puts back, of what a person missed in the chat since then, each order's newest notice and its card. */
export function reviveUnreached(tx: Tx, missed: { personId: number; since: number; now: number }): void {
  tx.run(reviveMissed(missed))
}

/** Has the cards of a person's newest orders drawn again that could not be changed while the person was out of reach. */
export function refreshKeptCards(tx: Tx, of: { personId: number; lane: number; now: number }): void {
  tx.run(reviveKept(of))
}

export function findNotice(db: Reader, id: number): NoticeRow | undefined {
  return db.first(byId({ id }))
}

/** The notice that tells this recipient of this event in this way. */
export function findNoticeByKey(
  db: Reader,
  key: { eventId: number; kind: string; recipient: string },
): NoticeRow | undefined {
  return db.first(byKey(key))
}
