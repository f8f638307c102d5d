import { sql as raw } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { NoticeRow } from './notices.ts'
import type { Channel, NoticeState } from './schema.ts'
import { sql, statement } from './statement.ts'

const due = statement<{ channel: Channel; lane: number; now: number; limit: number }>()((p) =>
  sql
    .selectFrom('notices')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('channel', '=', p.channel)
    .where('lane', '=', p.lane)
    .where('due_at', '<=', p.now)
    .where(
      'recipient',
      'not in',
      sql.selectFrom('notices').select('recipient').where('state', '=', 'sending'),
    )
    .orderBy('due_at')
    .orderBy('id')
    .limit(p.limit),
)

const nextDue = statement<{ channel: Channel; lane: number; now: number }>()((p) =>
  sql
    .selectFrom('notices')
    .select((eb) => eb.fn.min('due_at').as('due_at'))
    .where('state', '=', 'waiting')
    .where('channel', '=', p.channel)
    .where('lane', '=', p.lane)
    .where('due_at', '>', p.now),
)

const dueTogether = statement<{
  recipient: string
  messageId: number | null
  now: number
  limit: number
}>()((p) =>
  sql
    .selectFrom('notices')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('recipient', '=', p.recipient)
    .where('message_id', 'is', p.messageId)
    .where('due_at', '<=', p.now)
    .orderBy('lane')
    .orderBy('id')
    .limit(p.limit),
)

const dueRedraws = statement<{ recipient: string; now: number }>()((p) =>
  sql
    .selectFrom('notices')
    .select((eb) => [
      eb.ref('message_id').$castTo<number>().as('messageId'),
      eb.fn.coalesce(eb.fn.min('sent_at'), eb.lit(0)).as('sentAt'),
      eb.fn.countAll<number>().as('changed'),
    ])
    .where('state', '=', 'waiting')
    .where('recipient', '=', p.recipient)
    .where('message_id', 'is not', null)
    .where('due_at', '<=', p.now)
    .groupBy('message_id'),
)

const ofMessage = statement<{ recipient: string; messageId: number; limit: number }>()((p) =>
  sql
    .selectFrom('notices')
    .selectAll()
    .where('recipient', '=', p.recipient)
    .where('message_id', '=', p.messageId)
    .where('group_id', 'is not', null)
    .orderBy('id')
    .limit(p.limit),
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
  messageId: number | null
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

const markRetry = statement<{
  id: number
  dueAt: number
  error: string | null
  unattempt: number
  now: number
}>()((p) =>
  sql
    .updateTable('notices')
    .set((eb) => ({
      state: 'waiting',
      due_at: raw<number>`max(due_at, ${p.dueAt})`,
      last_error: eb.fn.coalesce(eb.val(p.error), 'last_error'),
      attempts: eb('attempts', '-', p.unattempt),
      lease: null,
      updated_at: p.now,
    }))
    .where('id', '=', p.id),
)

const markPutOff = statement<{ id: number; until: number; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({
      state: 'waiting',
      planned_at: p.until,
      due_at: p.until,
      attempts: 0,
      last_error: null,
      lease: null,
      updated_at: p.now,
    })
    .where('id', '=', p.id),
)

const holdRecipient = statement<{ recipient: string; until: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ due_at: p.until })
    .where('recipient', '=', p.recipient)
    .where('state', '=', 'waiting')
    .where('due_at', '<', p.until),
)

const markEnded = statement<{ id: number; state: 'dead' | 'dropped'; error: string; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: p.state, last_error: p.error, lease: null, message_id: null, updated_at: p.now })
    .where('id', '=', p.id),
)

const markKept = statement<{ id: number; error: string; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'sent', last_error: p.error, lease: null, updated_at: p.now })
    .where('id', '=', p.id),
)

const dropWaiting = statement<{ recipient: string; reason: string; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'dropped', last_error: p.reason, updated_at: p.now })
    .where('recipient', '=', p.recipient)
    .where('state', '=', 'waiting'),
)

/** A channel's due notices of one lane, oldest first, of recipients to whom nothing is being sent right now. */
export function listDueNotices(
  db: Reader,
  query: { channel: Channel; lane: number; now: number; limit: number },
): NoticeRow[] {
  return db.all(due(query))
}

/** When the lane's next notice that is not due yet will be, or undefined when there is none. */
export function nextDueAt(
  db: Reader,
  query: { channel: Channel; lane: number; now: number },
): number | undefined {
  return db.first(nextDue(query))?.due_at ?? undefined
}

/** What is due to one recipient in one message, or not said in any yet (null), most urgent lane and oldest first. */
export function listDueTogether(db: Reader, query: Parameters<typeof dueTogether>[0]): NoticeRow[] {
  return db.all(dueTogether(query))
}

/** The messages to this recipient that are due to be drawn again, when they were sent, and how much in them has changed. */
export function listDueRedraws(
  db: Reader,
  of: { recipient: string; now: number },
): { messageId: number; sentAt: number; changed: number }[] {
  return db.all(dueRedraws(of))
}

/** The notices that share one message in a group. */
export function listNoticesOfMessage(
  db: Reader,
  message: { recipient: string; messageId: number; limit: number },
): NoticeRow[] {
  return db.all(ofMessage(message))
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

/** Puts a notice back for later and holds the recipient's other notices until then, so that order is kept. */
export function noticeRetried(
  tx: Tx,
  retry: {
    id: number
    recipient: string
    dueAt: number
    /** What the channel said; null keeps what it said before. */
    error: string | null
    countsAsAttempt: boolean
    now: number
  },
): void {
  const { id, recipient, dueAt, error, countsAsAttempt, now } = retry
  tx.run(markRetry({ id, dueAt, error, unattempt: countsAsAttempt ? 0 : 1, now }))
  tx.run(holdRecipient({ recipient, until: dueAt }))
}

/** Plans a notice anew, for a later moment. */
export function noticePutOff(tx: Tx, notice: Parameters<typeof markPutOff>[0]): void {
  tx.run(markPutOff(notice))
}

/** Ends a notice unsent: dead when it should have arrived, dropped when nobody needs it any more. */
export function noticeEnded(
  tx: Tx,
  ended: { id: number; state: 'dead' | 'dropped'; error: string; now: number },
): void {
  tx.run(markEnded(ended))
}

/** Leaves a message as it is that arrived once and cannot be changed any more. */
export function noticeKept(tx: Tx, kept: { id: number; error: string; now: number }): void {
  tx.run(markKept(kept))
}

/** Drops what still waits for a recipient who can never be reached again. */
export function dropNoticesTo(tx: Tx, to: { recipient: string; reason: string; now: number }): void {
  tx.run(dropWaiting(to))
}
