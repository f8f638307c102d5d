import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

/** An order that nobody has accepted yet. */
export type EscalationRow = Selectable<Tables['escalations']>

const insert = statement<{
  orderId: number
  waitingSince: number
  stepsDone: number
  dueAt: number
}>()((p) =>
  sql
    .insertInto('escalations')
    .values({
      order_id: p.orderId,
      waiting_since: p.waitingSince,
      steps_done: p.stepsDone,
      due_at: p.dueAt,
    })
    .onConflict((oc) => oc.doNothing()),
)

const remove = statement<{ orderId: number }>()((p) =>
  sql.deleteFrom('escalations').where('order_id', '=', p.orderId),
)

const ofOrder = statement<{ orderId: number }>()((p) =>
  sql.selectFrom('escalations').selectAll().where('order_id', '=', p.orderId),
)

const due = statement<{ now: number; limit: number }>()((p) =>
  sql.selectFrom('escalations').selectAll().where('due_at', '<=', p.now).orderBy('due_at').limit(p.limit),
)

const update = statement<{
  orderId: number
  stepsDone: number
  dueAt: number
  snoozedUntil: number | null
}>()((p) =>
  sql
    .updateTable('escalations')
    .set({ steps_done: p.stepsDone, due_at: p.dueAt, snoozed_until: p.snoozedUntil })
    .where('order_id', '=', p.orderId),
)

const allWaiting = statement()(() =>
  sql.selectFrom('escalations').selectAll().orderBy('order_id').limit(10_000),
)

/** Begins to count the time until an order is accepted; one that is counted already keeps its time. */
export function startEscalation(tx: Tx, waiting: Parameters<typeof insert>[0]): void {
  tx.run(insert(waiting))
}

export function stopEscalation(tx: Tx, orderId: number): void {
  tx.run(remove({ orderId }))
}

export function findEscalation(db: Reader, orderId: number): EscalationRow | undefined {
  return db.first(ofOrder({ orderId }))
}

/** Orders about which somebody is to be reminded now, longest waiting first. */
export function listDueEscalations(db: Reader, now: number, limit: number): EscalationRow[] {
  return db.all(due({ now, limit }))
}

export function listEscalations(db: Reader): EscalationRow[] {
  return db.all(allWaiting({}))
}

export function setEscalation(tx: Tx, change: Parameters<typeof update>[0]): void {
  tx.run(update(change))
}
