import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type UpdateRow = Selectable<Tables['updates']>

const insertUpdate = statement<{ updateId: number; payload: string; now: number }>()((p) =>
  sql
    .insertInto('updates')
    .values({ update_id: p.updateId, payload: p.payload, received_at: p.now })
    .onConflict((oc) => oc.doNothing()),
)

const pending = statement()(() =>
  sql
    .selectFrom('updates')
    .selectAll()
    .where('done_at', 'is', null)
    .orderBy('received_at')
    .orderBy('update_id'),
)

const setApplied = statement<{ updateId: number }>()((p) =>
  sql.updateTable('updates').set({ applied: 1 }).where('update_id', '=', p.updateId).where('applied', '=', 0),
)

const appliedOf = statement<{ updateId: number }>()((p) =>
  sql.selectFrom('updates').select('applied').where('update_id', '=', p.updateId),
)

const attemptsBefore = statement<{ updateId: number }>()((p) =>
  sql.selectFrom('updates').select('attempts').where('update_id', '=', p.updateId),
)

const setDone = statement<{ updateId: number; now: number; error: string | null }>()((p) =>
  sql.updateTable('updates').set({ done_at: p.now, last_error: p.error }).where('update_id', '=', p.updateId),
)

const addAttempt = statement<{ updateId: number; error: string }>()((p) =>
  sql
    .updateTable('updates')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), last_error: p.error }))
    .where('update_id', '=', p.updateId),
)

const deleteDone = statement<{ before: number; limit: number }>()((p) =>
  sql
    .deleteFrom('updates')
    .where(
      'update_id',
      'in',
      sql.selectFrom('updates').select('update_id').where('done_at', '<', p.before).limit(p.limit),
    ),
)

/** Stores an update once. Returns false when it was here already. */
export function storeUpdate(tx: Tx, update: { updateId: number; payload: string; now: number }): boolean {
  return tx.run(insertUpdate(update)).changes === 1
}

/** Updates a dead process left unfinished, in the order they came. */
export function listPendingUpdates(db: Reader): UpdateRow[] {
  return db.all(pending({}))
}

/** Marks that the update's effect is in this transaction. Returns false when it was applied before. */
export function markApplied(tx: Tx, updateId: number): boolean {
  return tx.run(setApplied({ updateId })).changes === 1
}

/** Whether the update's effect was committed before, so that it is here again only because its end was not. */
export function isApplied(db: Reader, updateId: number): boolean {
  return db.first(appliedOf({ updateId }))?.applied === 1
}

/** Marks an update finished, with the error that made us give up on it, if any. */
export function markDone(tx: Tx, done: { updateId: number; now: number; error: string | null }): void {
  tx.run(setDone(done))
}

export function countAttempt(tx: Tx, updateId: number, error: string): void {
  tx.run(addAttempt({ updateId, error }))
}

/** How often handling this update has failed. */
export function attemptsOf(db: Reader, updateId: number): number {
  return db.first(attemptsBefore({ updateId }))?.attempts ?? 0
}

/** Forgets finished updates; they are kept longer than Telegram could send them again. Returns how many went. */
export function removeDoneUpdates(tx: Tx, before: number, limit: number): number {
  return tx.run(deleteDone({ before, limit })).changes
}
