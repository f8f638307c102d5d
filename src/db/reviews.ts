import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type ReviewRow = Selectable<Tables['reviews']>

const byOrder = statement<{ orderId: number }>()((p) =>
  sql.selectFrom('reviews').selectAll().where('order_id', '=', p.orderId),
)

const put = statement<{
  orderId: number
  personId: number
  rating: number
  words: string | null
  now: number
}>()((p) =>
  sql
    .insertInto('reviews')
    .values({
      order_id: p.orderId,
      person_id: p.personId,
      rating: p.rating,
      words: p.words,
      created_at: p.now,
    })
    .onConflict((oc) =>
      oc
        .column('order_id')
        .doUpdateSet((eb) => ({ rating: p.rating, words: eb.fn.coalesce(eb.val(p.words), 'words') })),
    ),
)

export function findReview(db: Reader, orderId: number): ReviewRow | undefined {
  return db.first(byOrder({ orderId }))
}

/** One review an order: a second one changes the rating, and the words when there are any. */
export function saveReview(tx: Tx, review: Parameters<typeof put>[0]): void {
  tx.run(put(review))
}
