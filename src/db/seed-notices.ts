import { sql as raw } from 'kysely'
import type { Tx } from './database.ts'
import { sql, statement } from './statement.ts'

const SENDING_TAKES_MS = 400

const markSent = statement<{ now: number }>()((p) =>
  sql
    .updateTable('notices')
    .set({
      state: 'sent',
      attempts: 1,
      sent_at: raw<number>`due_at + ${SENDING_TAKES_MS}`,
      updated_at: raw<number>`max(updated_at, due_at + ${SENDING_TAKES_MS})`,
    })
    .where('state', '=', 'waiting')
    .where('due_at', '<=', p.now),
)

/** Takes every notice due until `now` as sent in its time: for made-up pasts, whose news nobody should get today. */
export function takeNoticesAsSent(tx: Tx, now: number): number {
  return tx.run(markSent({ now })).changes
}
