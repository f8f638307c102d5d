import { sql as raw, type SqlBool } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Fulfilment, NoticeState } from './schema.ts'
import { sql, statement } from './statement.ts'

/** A row of a table in the order it grew, and whether it may go. */
export interface OldRow {
  id: number
  /** When it came to be, ms since 1970. */
  at: number
  mayGo: SqlBool
}

export interface OldPage {
  after: number
  /** What ended since then stays. */
  before: number
  limit: number
}

const ENDED: NoticeState[] = ['sent', 'dead', 'undone', 'dropped']
const OVER: Fulfilment[] = ['delivered', 'cancelled']

// A card of an order that is not over is still to be drawn again.
const oldNotices = statement<OldPage>()((p) =>
  sql
    .selectFrom('notices')
    .leftJoin('orders', 'orders.id', 'notices.order_id')
    .select(['notices.id', 'notices.created_at as at'])
    .select((eb) =>
      eb
        .and([
          eb('notices.state', 'in', ENDED),
          eb('notices.updated_at', '<', p.before),
          eb.or([
            eb('notices.order_id', 'is', null),
            eb.and([eb('orders.fulfilment', 'in', OVER), eb('orders.updated_at', '<', p.before)]),
          ]),
        ])
        .as('mayGo'),
    )
    .where('notices.id', '>', p.after)
    .orderBy('notices.id')
    .limit(p.limit),
)

const removeAttempts = statement<{ ids: string }>()((p) =>
  sql.deleteFrom('notice_attempts').where(raw<SqlBool>`notice_id in (select value from json_each(${p.ids}))`),
)

const removeNotices = statement<{ ids: string }>()((p) =>
  sql.deleteFrom('notices').where(raw<SqlBool>`id in (select value from json_each(${p.ids}))`),
)

// What was decided about money outlives everything, as the ledger does.
const oldShopEvents = statement<OldPage>()((p) =>
  sql
    .selectFrom('events')
    .select(['id', 'at'])
    .select((eb) =>
      eb
        .and([
          eb('at', '<', p.before),
          eb(raw`json_extract(data, '$.entryId')`, 'is', null),
          raw<SqlBool>`not exists (select 1 from notices where event_id = events.id)`,
        ])
        .as('mayGo'),
    )
    .where('order_id', 'is', null)
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(p.limit),
)

const removeEvents = statement<{ ids: string }>()((p) =>
  sql.deleteFrom('events').where(raw<SqlBool>`id in (select value from json_each(${p.ids}))`),
)

const proofOfFile = statement<{ file: string }>()((p) =>
  sql
    .selectFrom('payment_proofs')
    .innerJoin('orders', 'orders.id', 'payment_proofs.order_id')
    .select(['payment_proofs.state', 'orders.fulfilment', 'orders.updated_at'])
    .where('payment_proofs.file', '=', p.file),
)

const imageOfFile = statement<{ from: string; to: string }>()((p) =>
  sql
    .selectFrom('product_images')
    .select('id')
    .where('file', 'is not', null)
    .where('file', '>=', p.from)
    .where('file', '<', p.to)
    .limit(1),
)

const fetchedOfFile = statement<{ from: string; to: string }>()((p) =>
  sql
    .selectFrom('fetched_pictures')
    .select('url')
    .where('file', 'is not', null)
    .where('file', '>=', p.from)
    .where('file', '<', p.to)
    .limit(1),
)

/** Notices as they were planned, from the oldest. */
export function listOldNotices(db: Reader, page: OldPage): OldRow[] {
  return db.all(oldNotices(page))
}

/** Forgets notices with the tries to deliver them; how many there were stays in the tallies. */
export function forgetNoticeRows(tx: Tx, ids: readonly number[]): void {
  const list = { ids: JSON.stringify(ids) }
  tx.run(removeAttempts(list))
  tx.run(removeNotices(list))
}

/** Events that are about no order, from the oldest. */
export function listOldShopEvents(db: Reader, page: OldPage): OldRow[] {
  return db.all(oldShopEvents(page))
}

export function forgetEventRows(tx: Tx, ids: readonly number[]): void {
  tx.run(removeEvents({ ids: JSON.stringify(ids) }))
}

/** The receipts that lie in this file, with how their orders stand. */
export function listProofsOfFile(db: Reader, file: string) {
  return db.all(proofOfFile({ file }))
}

/** Whether there is a picture, a product's own or a fetched one, whose file begins with these characters. */
export function hasImageLike(db: Reader, start: string): boolean {
  const names = { from: start, to: `${start}\u{10ffff}` }
  return db.first(imageOfFile(names)) !== undefined || db.first(fetchedOfFile(names)) !== undefined
}
