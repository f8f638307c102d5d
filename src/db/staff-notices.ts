import { sql as raw } from 'kysely'
import type { Tx } from './database.ts'
import type { NoticeState } from './schema.ts'
import { sql, statement } from './statement.ts'

const SEARCHED = 50_000

const dropWaiting = statement<{ personId: number; reason: string; now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({ state: 'dropped', last_error: p.reason, updated_at: p.now })
    .where(
      'id',
      'in',
      sql
        .selectFrom('notices')
        .select('id')
        .where('state', '=', 'waiting')
        .where('channel', 'in', ['telegram', 'push', 'mail'])
        .where('lane', 'in', [0, 1, 2, 3])
        .where('person_id', '=', p.personId)
        .where('message_id', 'is', null)
        .where('kind', 'like', 'staff_%'),
    ),
)

const newest = statement()(() => sql.selectFrom('notices').select('id').orderBy('id', 'desc').limit(1))

const redraw = statement<{
  recipient: string
  afterId: number
  limit: number
  lane: number
  now: number
}>()((p) =>
  sql
    .updateTable('notices')
    .set((eb) => ({
      revision: eb('revision', '+', 1),
      // What is being sent right now goes round again by its revision.
      state: raw<NoticeState>`case state when 'sending' then state else 'waiting' end`,
      due_at: p.now,
      attempts: 0,
      lane: p.lane,
      updated_at: p.now,
    }))
    .where(
      'id',
      'in',
      sql
        .selectFrom('notices')
        .select('id')
        .where('recipient', '=', p.recipient)
        .where('id', '>', p.afterId)
        .where((eb) =>
          eb.or([
            eb('state', '=', 'sending'),
            eb.and([eb('state', 'in', ['sent', 'waiting']), eb('message_id', 'is not', null)]),
          ]),
        )
        .where(raw<boolean>`kind like 'staff_%'`)
        .orderBy('id', 'desc')
        .limit(p.limit),
    ),
)

/** Drops what a person would have been told as staff. */
export function dropStaffNotices(tx: Tx, to: { personId: number; reason: string; now: number }): void {
  tx.run(dropWaiting(to))
}

/** Has the newest messages that a person got as staff drawn again, as they may be seen by that person now. */
export function redrawStaffMessages(
  tx: Tx,
  to: { recipient: string; limit: number; lane: number; now: number },
): void {
  // Nobody looks further back, and a shop's whole history is not searched while people wait.
  const afterId = (tx.first(newest({}))?.id ?? 0) - SEARCHED
  tx.run(redraw({ ...to, afterId }))
}
