import Sqlite from 'better-sqlite3'
import type { OrderRow } from '../src/db/orders.ts'

export type RawStep = (typeof RAW_STEPS)[number]

/** The life of an order as the floor takes it: the state it goes to, and what the event is called. */
export const RAW_STEPS = [
  { step: 'accept', to: 'accepted' },
  { step: 'pack', to: 'packing' },
  { step: 'dispatch', to: 'dispatched' },
  { step: 'deliver', to: 'delivered' },
] as const

const CUSTOMER_NOTICE = {
  accepted: 'order_accepted',
  packing: 'order_packing',
  dispatched: 'order_dispatched',
  delivered: 'order_delivered',
}

/** A connection with the very settings of src/db/database.ts. */
export function openRaw(file: string): Sqlite.Database {
  const db = new Sqlite(file, { timeout: 200 })
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  db.pragma('temp_store = MEMORY')
  db.pragma('cache_size = -8000')
  db.pragma('wal_autocheckpoint = 0')
  return db
}

/** The floor: an order step as the shop's own statements (`+?`: docs/decisions/0001), with nothing around them. */
export function prepareRawStep(db: Sqlite.Database, now: () => number) {
  const begin = db.prepare('begin immediate')
  const commit = db.prepare('commit')
  const rollback = db.prepare('rollback')
  const statements = prepareAll(db)

  return (orderId: number, version: number, { to }: RawStep): boolean => {
    begin.run()
    const changed = move(statements, orderId, version, to, now())
    if (changed) commit.run()
    else rollback.run()
    return changed
  }
}

type Prepared = ReturnType<typeof prepareAll>

function prepareAll(db: Sqlite.Database) {
  return {
    order: db.prepare('select * from orders where id = +?'),
    change: db.prepare(
      `update orders set fulfilment = +?, payment = +?, tracking_number = +?, cancel_reason = +?, needs_review = +?,
         undo_until = +?, assigned_to = +?, updated_at = +?, version = version + 1 where id = +? and version = +?`,
    ),
    items: db.prepare(
      `select line_items.*, variants.product_id from line_items join variants on variants.id = line_items.variant_id
       where line_items.order_id = +? order by line_items.id`,
    ),
    ship: db.prepare('update variants set reserved = reserved - +? where id = +?'),
    event: db.prepare(
      `insert into events (order_id, type, at, actor_kind, actor_id, actor_name, source, from_fulfilment, from_payment,
         data, request_key) values (+?, +?, +?, 'staff', 1, 'Person 1', 'panel', +?, +?, '{}', null)`,
    ),
    notice: db.prepare(
      `insert into notices (event_id, order_id, channel, kind, recipient, person_id, device_id, group_id, card, silent,
         lane, planned_at, due_at, created_at, updated_at)
       values (+?, +?, 'telegram', +?, +?, +?, null, null, 0, 0, 0, +?, max(+?, coalesce((
         select max(due_at) from notices
         where recipient = +? and state = 'waiting' and (attempts > 0 or last_error is not null
           or (order_id = +? and planned_at <= +?))), 0)), +?, +?)`,
    ),
    members: db.prepare(
      `select person_id, role, timezone, quiet_from, quiet_to, urgent_anyway, daily_summary from staff
       where active = 1 order by person_id`,
    ),
    choices: db.prepare('select * from notice_choices'),
    devices: db.prepare('select id, person_id from devices where ended_at is null order by id'),
    groups: db.prepare('select id from staff_groups where ended_at is null order by id'),
    stopEscalation: db.prepare('delete from escalations where order_id = +?'),
    drop: db.prepare(
      `update notices set state = 'dropped', last_error = +?, updated_at = +?
       where order_id = +? and kind = +? and state = 'waiting' and message_id is null`,
    ),
    dropPush: db.prepare(
      `update notices set state = 'dropped', last_error = +?, updated_at = +?
       where order_id = +? and kind = +? and channel = 'push' and state = 'waiting'`,
    ),
    alerted: db.prepare(
      `select distinct devices.id, devices.person_id from notices join devices on devices.id = notices.device_id
       where notices.order_id = +? and notices.state in ('sending', 'sent') and devices.ended_at is null
         and not exists (select 1 from notices as now where now.event_id = +? and now.device_id = devices.id)`,
    ),
    refresh: db.prepare(
      `update notices set revision = revision + 1,
         state = case state when 'sent' then 'waiting' else state end,
         due_at = case when state = 'waiting' and message_id is null then due_at
           when kind = 'order_received' then max(due_at, +?)
           when state = 'sending' or (state = 'waiting' and (attempts > 0 or last_error is not null)) then due_at
           else +? end,
         attempts = case state when 'sent' then 0 else attempts end,
         lane = case when message_id is null then lane when recipient = +? then 0 else 1 end,
         updated_at = +?
       where order_id = +? and card = 1 and state in ('sent', 'sending', 'waiting')`,
    ),
  }
}

function move(on: Prepared, orderId: number, version: number, to: RawStep['to'], now: number): boolean {
  const order = on.order.get(orderId) as OrderRow
  const { changes } = on.change.run(
    to,
    order.payment,
    order.tracking_number,
    order.cancel_reason,
    order.needs_review,
    now,
    to === 'accepted' ? 1 : order.assigned_to,
    now,
    orderId,
    version,
  )
  if (changes !== 1) return false
  if (to === 'dispatched') {
    for (const item of on.items.all(orderId) as { quantity: number; variant_id: number }[])
      on.ship.run(item.quantity, item.variant_id)
  }
  const event = on.event.run(orderId, to, now, order.fulfilment, order.payment).lastInsertRowid
  const person = order.person_id
  const recipient = `telegram:${person}`
  const kind = CUSTOMER_NOTICE[to]
  on.notice.run(event, orderId, kind, recipient, person, now, now, recipient, orderId, now, now, now)
  // Whoever of the staff chose to hear of it; here nobody did.
  for (const read of [on.members, on.choices, on.devices, on.groups]) read.all()
  on.refresh.run(now, now, null, now, orderId)
  if (to === 'accepted') settle(on, orderId, event, now)
  return true
}

/** Nobody needs to hurry any more. */
function settle(on: Prepared, orderId: number, event: number | bigint, now: number): void {
  const reason = 'the order is accepted'
  on.stopEscalation.run(orderId)
  for (const kind of ['staff_reminder', 'staff_payment_received']) on.drop.run(reason, now, orderId, kind)
  on.dropPush.run(reason, now, orderId, 'staff_order')
  on.alerted.all(orderId, event)
}
