import { sql as raw } from 'kysely'
import type { Reader } from './database.ts'
import { newestEventId } from './events.ts'
import { sql, statement } from './statement.ts'

const placed = statement<{ from: number; to: number }>()((p) =>
  sql
    .selectFrom('orders')
    .select((eb) => [
      eb.fn.countAll<number>().as('orders'),
      eb.fn.coalesce(eb.fn.sum<number>('total_minor'), raw<number>`0`).as('total_minor'),
    ])
    .where('placed_at', '>=', p.from)
    .where('placed_at', '<', p.to),
)

const ofType = statement<{ fromId: number; toId: number; type: string }>()((p) =>
  sql
    .selectFrom('events')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('id', '>=', p.fromId)
    .where('id', '<', p.toId)
    .where('type', '=', p.type),
)

const firstFrom = statement<{ id: number }>()((p) =>
  sql.selectFrom('events').select(['id', 'at']).where('id', '>=', p.id).orderBy('id').limit(1),
)

/** Orders placed from `from` until before `to` (ms since 1970), and what they are worth. */
export function countPlaced(db: Reader, span: { from: number; to: number }) {
  const row = db.first(placed(span))
  return { orders: row?.orders ?? 0, totalMinor: row?.total_minor ?? 0 }
}

/** Events of a type from `from` until before `to` (ms since 1970). */
export function countEvents(db: Reader, span: { from: number; to: number; type: string }): number {
  const range = { fromId: firstEventSince(db, span.from), toId: firstEventSince(db, span.to) }
  return db.first(ofType({ ...range, type: span.type }))?.count ?? 0
}

/** The id of the first event since `at`: ids rise with time, so that halving finds it without an index. */
function firstEventSince(db: Reader, at: number): number {
  let low = 0
  let high = newestEventId(db) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const row = db.first(firstFrom({ id: middle }))
    if (!row || row.at >= at) high = middle
    else low = row.id + 1
  }
  return low
}
