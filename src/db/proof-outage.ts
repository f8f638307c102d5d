import type { Reader } from './database.ts'
import type { AttemptRow } from './proof.ts'
import type { Channel } from './schema.ts'
import { sql, statement } from './statement.ts'

export type TryRow = AttemptRow & { channel: Channel }

const newest = statement<{ count: number }>()((p) =>
  sql
    .selectFrom('notice_attempts')
    .innerJoin('notices', 'notices.id', 'notice_attempts.notice_id')
    .selectAll('notice_attempts')
    .select('notices.channel')
    .where('notice_attempts.id', '>', (eb) =>
      eb
        .selectFrom('notice_attempts as last')
        .select((of) => of(of.fn.max('last.id'), '-', p.count).as('before')),
    )
    .orderBy('notice_attempts.id', 'desc'),
)

const first = statement<{ noticeId: number }>()((p) =>
  sql.selectFrom('notice_attempts').select('at').where('notice_id', '=', p.noticeId).orderBy('id').limit(1),
)

/** The newest tries on all channels, newest first. */
export function listNewestTries(db: Reader, count: number): TryRow[] {
  return db.all(newest({ count }))
}

/** When a notice was first tried, ms since 1970. */
export function findFirstTry(db: Reader, noticeId: number): number | undefined {
  return db.first(first({ noticeId }))?.at
}
