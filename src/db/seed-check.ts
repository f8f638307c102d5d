import { sql as raw } from 'kysely'
import type { Reader } from './database.ts'
import { sql, statement } from './statement.ts'

const wrongCounters = statement()(() =>
  sql
    .selectFrom('order_counters')
    .select(['stage', 'count'])
    .where('count', '<>', (eb) =>
      eb
        .selectFrom('orders')
        .select((q) => q.fn.countAll<number>().as('n'))
        .whereRef('orders.stage', '=', 'order_counters.stage'),
    ),
)

const wrongReserved = statement()(() =>
  sql
    .selectFrom('variants')
    .select(['id', 'reserved'])
    .where(
      'reserved',
      '<>',
      raw<number>`(select coalesce(sum(quantity), 0) from line_items join orders on orders.id = order_id
        where variant_id = variants.id and fulfilment in ('placed', 'accepted', 'packing'))`,
    ),
)

const wrongTotals = statement()(() =>
  sql
    .selectFrom('orders')
    .select('id')
    .where(
      raw<boolean>`items_minor <> (select sum(total_minor) from line_items where order_id = orders.id)
        or item_count <> (select sum(quantity) from line_items where order_id = orders.id)`,
    ),
)

/** Counts everything over that is kept along the way. Returns one line for each number that is wrong; slow on purpose. */
export function recountShop(db: Reader): string[] {
  return [
    ...db.all(wrongCounters({})).map(({ stage, count }) => `counter of ${stage} orders says ${count}`),
    ...db.all(wrongReserved({})).map(({ id, reserved }) => `variant ${id} has ${reserved} reserved`),
    ...db.all(wrongTotals({})).map(({ id }) => `the lines of order ${id} do not add up`),
  ]
}
