import { sql as raw } from 'kysely'
import type { Tx } from './database.ts'
import type { TallyOutcome } from './schema.ts'
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

const forgetTallies = statement()(() => sql.deleteFrom('notice_tallies'))

const HOUR_MS = 3_600_000

// As src/shop/notifications/settle.ts counts them, one by one.
const tallyAll = statement()(() =>
  sql
    .insertInto('notice_tallies')
    .columns(['hour', 'channel', 'outcome', 'bucket', 'count'])
    .expression(
      sql
        .selectFrom('notices')
        .select((eb) => [
          raw<number>`coalesce(sent_at, updated_at) / ${HOUR_MS}`.as('hour'),
          'channel',
          raw<TallyOutcome>`case when sent_at is not null then 'sent'
            when last_error like '%blocked%' then 'unreachable' else 'dead' end`.as('outcome'),
          raw<number>`cast(case when sent_at is null then 0
            else round(8 * log2(1 + max(sent_at - planned_at, 0))) end as integer)`.as('bucket'),
          eb.fn.countAll<number>().as('count'),
        ])
        .where((eb) => eb.or([eb('sent_at', 'is not', null), eb('state', '=', 'dead')]))
        .groupBy(['hour', 'channel', 'outcome', 'bucket']),
    ),
)

/** Counts all made-up notices anew into the tallies that the shop otherwise keeps as it goes. */
export function tallyMadeUpNotices(tx: Tx): void {
  tx.run(forgetTallies({}))
  tx.run(tallyAll({}))
}
