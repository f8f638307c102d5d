import Sqlite from 'better-sqlite3'
import type { EventRow } from '../../src/db/events.ts'
import type { OrderRow } from '../../src/db/orders.ts'
import { isLegal, type OrderState, STEP_NAMES, STEPS } from '../../src/shop/orders/machine.ts'

/** Opens a shop's file beside the shop, only to look. */
export function look(path: string): Sqlite.Database {
  return new Sqlite(path, { readonly: true })
}

/**
 * Everything that must hold in a shop's file at any moment, whatever happened before (FAULTS.md, section 3).
 * Returns what does not, in words. `stock` is how much of each variant there was before the first order.
 */
export function findFaults(path: string, stock: ReadonlyMap<number, number>): string[] {
  const db = look(path)
  try {
    const faults = [...integrity(db), ...counters(db), ...stockSums(db, stock), ...notices(db)]
    const events = Map.groupBy(all<EventRow>(db, 'select * from events order by id'), (row) => row.order_id)
    for (const order of all<OrderRow>(db, 'select * from orders')) {
      faults.push(...replay(order, events.get(order.id) ?? []))
    }
    return faults
  } finally {
    db.close()
  }
}

export function all<R>(db: Sqlite.Database, sql: string, ...values: unknown[]): R[] {
  return db.prepare(sql).all(...values) as R[]
}

function integrity(db: Sqlite.Database): string[] {
  const check = db.pragma('integrity_check', { simple: true })
  const keys = db.pragma('foreign_key_check') as unknown[]
  return [
    check === 'ok' ? '' : `integrity: ${check}`,
    keys.length > 0 ? `${keys.length} broken references` : '',
  ].filter(Boolean)
}

function counters(db: Sqlite.Database): string[] {
  const sql = `select order_counters.stage, order_counters.count, count(orders.id) as recount
    from order_counters left join orders on orders.stage = order_counters.stage group by 1`
  return all<{ stage: string; count: number; recount: number }>(db, sql)
    .filter((row) => row.count !== row.recount)
    .map((row) => `counter ${row.stage} says ${row.count}, there are ${row.recount}`)
}

function stockSums(db: Sqlite.Database, stock: ReadonlyMap<number, number>): string[] {
  const sql = `select variants.id, available, reserved,
      coalesce(sum(quantity) filter (where fulfilment in ('placed', 'accepted', 'packing')), 0) as held,
      coalesce(sum(quantity) filter (where fulfilment in ('dispatched', 'delivered')), 0) as shipped
    from variants left join line_items on line_items.variant_id = variants.id
      left join orders on orders.id = line_items.order_id group by variants.id`
  type Row = { id: number; available: number; reserved: number; held: number; shipped: number }
  return all<Row>(db, sql).flatMap(({ id, available, reserved, held, shipped }) => {
    const total = available + reserved + shipped
    if (reserved !== held) return [`variant ${id}: ${reserved} reserved, orders hold ${held}`]
    return total === stock.get(id) ? [] : [`variant ${id}: ${total} in all, began with ${stock.get(id)}`]
  })
}

const TOLD: Record<string, string> = {
  placed: 'order_received',
  money_came: 'payment_in_review',
  paid: 'payment_received',
  accepted: 'order_accepted',
  packing: 'order_packing',
  dispatched: 'order_dispatched',
  delivered: 'order_delivered',
  cancelled: 'order_cancelled',
  expired: 'order_expired',
}

/** Each event has the customer's notice, one for each; no notice without its event. */
function notices(db: Sqlite.Database): string[] {
  // Money that came to no good is told to its customer; the shop's own decisions about money are not.
  const sql = `select events.id, case when json_extract(events.data, '$.kind') = 'charge' then 'money_came' else events.type end as type,
    group_concat(notices.kind) as kinds from events
    join orders on orders.id = events.order_id
    left join notices on notices.event_id = events.id and notices.person_id = orders.person_id
      and notices.kind not like 'staff_%'
    group by events.id`
  return all<{ id: number; type: string; kinds: string | null }>(db, sql)
    .filter((row) => (row.kinds ?? undefined) !== TOLD[row.type])
    .map((row) => `event ${row.id} (${row.type}) has the notices ${row.kinds}`)
}

/** Walks an order's history through the machines and compares where it ends. */
function replay(order: OrderRow, events: readonly EventRow[]): string[] {
  const first = {
    fulfilment: 'placed',
    payment: order.payment_method === 'bank_transfer' ? 'pending' : 'due_on_delivery',
  }
  let state = first as OrderState
  let version = 0
  for (const event of events) {
    const name = STEP_NAMES.find((step) => STEPS[step].event === event.type)
    if (event.type === 'placed' && version === 0) version = 1
    else if (event.type === 'undone') [state, version] = [undone(events, event), version + 1]
    else if (name) {
      if (event.from_fulfilment !== state.fulfilment || event.from_payment !== state.payment) {
        return [`order ${order.id}: event ${event.id} starts from where the order was not`]
      }
      if (!isLegal(name, state))
        return [`order ${order.id}: ${name} from ${state.fulfilment}, ${state.payment}`]
      const { fulfilment = state.fulfilment, payment = state.payment } = STEPS[name]
      state = { fulfilment, payment }
      version += 1
    }
  }
  const fits =
    state.fulfilment === order.fulfilment && state.payment === order.payment && version === order.version
  return fits
    ? []
    : [
        `order ${order.id} is ${order.fulfilment} v${order.version}, its events say ${state.fulfilment} v${version}`,
      ]
}

function undone(events: readonly EventRow[], undo: EventRow): OrderState {
  const before = events.filter((event) => event.id < undo.id && event.from_fulfilment !== null).at(-1)
  return { fulfilment: before?.from_fulfilment ?? 'placed', payment: before?.from_payment ?? 'pending' }
}
