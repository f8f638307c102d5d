import Sqlite from 'better-sqlite3'
import type { ReceivedPush } from '../../sandbox/push/records.ts'
import type { Sandbox } from '../../sandbox/telegram/sandbox.ts'
import { readTold } from '../../sandbox/told.ts'
import { openDatabase } from '../../src/db/database.ts'
import { recountShop } from '../../src/db/seed-check.ts'
import { isForStaff } from '../../src/shop/notifications/staff-notices.ts'
import type { OrderLife } from './lives.ts'
import { GROUP } from './team.ts'

/** What the shop's file says after the load, held against what arrived outside. */
export interface Checked {
  /** Orders in the file. */
  orders: number
  /** Notices that reached whom they were for, and how many there had to be. */
  reached: { got: number; wanted: number }
  /** What does not hold, in words. */
  faults: string[]
  /** From the moment a notice was to leave until it was in the chat, or at the push service; ms. */
  delays: Record<'customers' | 'staff' | 'group' | 'push', number[]>
  /** How much room each table takes in the file, with its indexes; bytes. */
  sizes: Map<string, number>
  /** When each event happened, by its id. */
  events: Map<number, number>
}

interface Notice {
  id: number
  state: string
  order_id: number | null
  kind: string
  channel: string
  chat: number | null
  message_id: number | null
  group_id: number | null
  planned_at: number
}

const NOTICES = `select notices.id, state, order_id, kind, channel, message_id, group_id, planned_at,
    coalesce(people.telegram_id, staff_groups.chat_id) as chat
  from notices left join people on people.id = notices.person_id left join staff_groups on staff_groups.id = group_id
  where (channel = 'push' and state in ('sent', 'dropped')) or message_id is not null`

const SIZES = `select tbl_name as name, sum(pgsize) as bytes from dbstat join sqlite_schema using (name) group by tbl_name`

export function checkShop(
  path: string,
  lives: readonly OrderLife[],
  { telegram, pushes }: { telegram: Sandbox; pushes: readonly ReceivedPush[] },
): Checked {
  const db = new Sqlite(path, { readonly: true })
  const notices = db.prepare(NOTICES).all() as Notice[]
  const events = db.prepare('select id, at from events').all() as { id: number; at: number }[]
  const orders = db.prepare('select id from orders').pluck().all() as number[]
  const faults = [...findFaults(db), ...findLost(orders, lives), ...recount(path)]
  const sizes = db.prepare(SIZES).all() as { name: string; bytes: number }[]
  db.close()
  const coverage = [
    checkCustomers(lives, telegram),
    checkPushes(lives, notices, pushes),
    checkGroup(lives, telegram),
  ]
  return {
    orders: orders.length,
    reached: {
      got: coverage.reduce((sum, { got }) => sum + got, 0),
      wanted: coverage.reduce((sum, { wanted }) => sum + wanted, 0),
    },
    faults: [...faults, ...coverage.flatMap((part) => part.faults)],
    delays: readDelays(notices, telegram, pushes),
    sizes: new Map(sizes.map(({ name, bytes }) => [name, bytes])),
    events: new Map(events.map(({ id, at }) => [id, at])),
  }
}

function recount(path: string): string[] {
  const db = openDatabase(path)
  try {
    return recountShop(db)
  } finally {
    db.close()
  }
}

function findFaults(db: Sqlite.Database): string[] {
  const integrity = db.pragma('integrity_check', { simple: true })
  const references = db.pragma('foreign_key_check') as unknown[]
  const numbers: [string, string][] = [
    [
      'orders not delivered and paid',
      `select count(*) from orders where (fulfilment, payment) <> ('delivered', 'paid')`,
    ],
    ['updates not handled', 'select count(*) from updates where done_at is null or last_error is not null'],
    [
      'notices not sent',
      `select count(*) from notices where state in ('sending', 'dead') or (state = 'waiting' and message_id is null)`,
    ],
    ['orders placed twice', 'select count(*) - count(distinct checkout_key) from orders'],
  ]
  const wrong = numbers
    .map(([name, sql]) => ({ name, count: db.prepare(sql).pluck().get() as number }))
    .filter(({ count }) => count !== 0)
  return [
    ...(integrity === 'ok' ? [] : [`integrity: ${integrity}`]),
    ...(references.length === 0 ? [] : [`${references.length} broken references`]),
    ...wrong.map(({ name, count }) => `${count} ${name}`),
  ]
}

function findLost(orders: readonly number[], lives: readonly OrderLife[]): string[] {
  const there = new Set(orders)
  const lived = new Set(lives.map(({ orderId }) => orderId))
  return [
    ...lives.filter(({ orderId }) => !there.has(orderId)).map(({ orderId }) => `order ${orderId} is lost`),
    ...orders.filter((id) => !lived.has(id)).map((id) => `order ${id} is nobody's`),
  ]
}

interface Coverage {
  got: number
  wanted: number
  faults: string[]
}

/** Each customer was told each thing once, in a message of its own. */
function checkCustomers(lives: readonly OrderLife[], telegram: Sandbox): Coverage {
  const found: Coverage = { got: 0, wanted: 0, faults: [] }
  for (const { orderId, customer, told } of lives) {
    const history = telegram.chats.get(customer)?.history ?? []
    const came = readTold(history).flatMap((one) => (one.orderId === orderId ? one.kind : []))
    found.wanted += told.length
    found.got += told.filter((kind) => came.includes(kind)).length
    if (came.toSorted().join() !== told.toSorted().join())
      found.faults.push(`the customer of order ${orderId} was told ${came.join()} instead of ${told.join()}`)
  }
  return found
}

/** Each device of everybody who wanted to know rang once, unless the order had been accepted before it could. */
function checkPushes(
  lives: readonly OrderLife[],
  notices: readonly Notice[],
  pushes: readonly ReceivedPush[],
): Coverage {
  const orderOf = new Map(notices.map(({ id, order_id }) => [id, order_id]))
  const rung = new Map<string, number>()
  for (const { payload } of pushes) add(rung, `${orderOf.get(payload.notice.id)} ${payload.kind}`)
  for (const { state, order_id, kind } of notices) if (state === 'dropped') add(rung, `${order_id} ${kind}`)
  const found: Coverage = { got: 0, wanted: 0, faults: [] }
  for (const { orderId, rung: wanted } of lives) {
    for (const [kind, count] of Object.entries(wanted)) {
      const got = rung.get(`${orderId} ${kind}`) ?? 0
      found.wanted += count
      found.got += Math.min(got, count)
      if (got !== count)
        found.faults.push(`${kind} of order ${orderId} came ${got} times instead of ${count}`)
    }
  }
  return found
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** The group reads each order's number, alone or together with others. */
function checkGroup(lives: readonly OrderLife[], telegram: Sandbox): Coverage {
  const history = telegram.chats.get(GROUP.id)?.history ?? []
  const named = new Set(
    history.flatMap(({ message }) =>
      [...(message.text ?? '').matchAll(/#(\d+)/g)].map((match) => Number(match[1])),
    ),
  )
  const missing = lives.filter(({ orderId }) => !named.has(orderId))
  return {
    got: lives.length - missing.length,
    wanted: lives.length,
    faults: missing.map(({ orderId }) => `the group never read of order ${orderId}`),
  }
}

function readDelays(
  notices: readonly Notice[],
  telegram: Sandbox,
  pushes: readonly ReceivedPush[],
): Checked['delays'] {
  const pushedAt = new Map(pushes.map(({ payload, at }) => [payload.notice.id, at]))
  const delays: Checked['delays'] = { customers: [], staff: [], group: [], push: [] }
  const sentAt = new Map<string, number>()
  for (const chat of telegram.chats.values())
    for (const { kind, messageId, at } of chat.history)
      if (kind === 'sent') sentAt.set(`${chat.id}:${messageId}`, at)
  for (const notice of notices) {
    const { id, channel, chat, message_id, planned_at } = notice
    const at = channel === 'push' ? pushedAt.get(id) : sentAt.get(`${chat}:${message_id}`)
    if (at !== undefined) delays[readerOf(notice)].push(at - planned_at)
  }
  return delays
}

function readerOf({ channel, group_id, kind }: Notice): keyof Checked['delays'] {
  if (channel === 'push') return 'push'
  if (group_id !== null) return 'group'
  return isForStaff(kind) ? 'staff' : 'customers'
}
