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
        or item_count <> (select sum(quantity) from line_items where order_id = orders.id)
        or tax_minor <> (select coalesce(sum(tax_minor), 0) from order_taxes where order_id = orders.id)
        or tax_added_minor <> (select coalesce(sum(tax_minor), 0) from order_taxes where order_id = orders.id and included = 0)`,
    ),
)

// What is taken off the delivery is no line's share.
const wrongDiscounts = statement()(() =>
  sql
    .selectFrom('orders')
    .select('id')
    .where('discount_minor', '>', 0)
    .where(
      raw<boolean>`discount_minor <> (select case sum(discount_minor) when 0 then orders.delivery_minor
        else sum(discount_minor) end from line_items where order_id = orders.id)`,
    ),
)

const wrongUses = statement()(() =>
  sql
    .selectFrom('discount_codes')
    .select(['code', 'used'])
    .where(
      raw<boolean>`used <> (select count(*) from discount_uses join orders on orders.id = order_id
        where code_id = discount_codes.id and returned_at is null and fulfilment <> 'cancelled')`,
    ),
)

const wrongSums = statement()(() =>
  sql
    .selectFrom('orders')
    .select('id')
    .where(
      raw<boolean>`charged_minor <> (select coalesce(sum(order_minor), 0) from ledger
          where order_id = orders.id and kind = 'charge' and state = 'applied')
        or refunded_minor <> (select coalesce(sum(refund.order_minor), 0) from ledger as refund
          join ledger as charge on charge.id = refund.charge_id and charge.state = 'applied'
          where refund.order_id = orders.id and refund.kind = 'refund' and refund.state = 'done')
        or (payment = 'paid') <> (refunded_minor = 0 and charged_minor + waived_minor >= total_minor)`,
    ),
)

/** Counts everything over that is kept along the way. Returns one line for each number that is wrong; slow on purpose. */
export function recountShop(db: Reader): string[] {
  return [
    ...db.all(wrongCounters({})).map(({ stage, count }) => `counter of ${stage} orders says ${count}`),
    ...db.all(wrongReserved({})).map(({ id, reserved }) => `variant ${id} has ${reserved} reserved`),
    ...db.all(wrongTotals({})).map(({ id }) => `the lines of order ${id} do not add up`),
    ...db.all(wrongDiscounts({})).map(({ id }) => `the discount of order ${id} is not that of its lines`),
    ...db.all(wrongUses({})).map(({ code, used }) => `the code ${code} says that it was used ${used} times`),
    ...db.all(wrongSums({})).map(({ id }) => `the money of order ${id} is not what the ledger says`),
  ]
}
