import type { Reader } from './database.ts'
import type { Channel, LedgerProvider } from './schema.ts'
import { sql, statement } from './statement.ts'

// What waits where, for the figures of the process. Each is read from an index that holds only what waits, and no further
// than this: whoever has so much waiting knows enough.
const MOST_COUNTED = 100_000
const MOST_LOOKED_AT = 5_000

const updates = statement()(() =>
  sql
    .selectFrom(
      sql
        .selectFrom('updates')
        .select('update_id')
        .where('done_at', 'is', null)
        .limit(MOST_COUNTED)
        .as('few'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count')),
)

const oldestUpdate = statement()(() =>
  sql
    .selectFrom('updates')
    .select('received_at as since')
    .where('done_at', 'is', null)
    .orderBy('update_id')
    .limit(1),
)

const waitingNotices = statement<{ channel: Channel }>()((p) =>
  sql
    .selectFrom(
      sql
        .selectFrom('notices')
        .select('id')
        .where('state', '=', 'waiting')
        .where('channel', '=', p.channel)
        .limit(MOST_COUNTED)
        .as('few'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count')),
)

const dueNotices = statement<{ channel: Channel; now: number }>()((p) =>
  sql
    .selectFrom(
      sql
        .selectFrom('notices')
        .select(['planned_at', 'sent_at'])
        .where('state', '=', 'waiting')
        .where('channel', '=', p.channel)
        .limit(MOST_LOOKED_AT)
        .as('few'),
    )
    .select((eb) => [
      eb.fn.countAll<number>().as('count'),
      eb.fn.min<number | null>('planned_at').as('since'),
    ])
    // A card that arrived and is drawn again keeps nobody waiting.
    .where('sent_at', 'is', null)
    .where('planned_at', '<=', p.now),
)

// This table holds only orders that wait.
const oldestPending = statement()(() =>
  sql.selectFrom('escalations').select((eb) => eb.fn.min<number | null>('waiting_since').as('since')),
)

const devices = statement()(() =>
  sql
    .selectFrom('devices')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('ended_at', 'is', null),
)

const dueRequests = statement<{ now: number }>()((p) =>
  sql
    .selectFrom('payment_requests')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('check_at', '<=', p.now),
)

const dueRefunds = statement<{ now: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('check_at', '<=', p.now),
)

const receivedCharges = statement()(() =>
  sql
    .selectFrom('ledger')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'received'),
)

const unreadMessages = statement()(() =>
  sql
    .selectFrom('provider_messages')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('done_at', 'is', null),
)

const entriesAfter = statement<{ after: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .select(['id', 'provider', 'kind'])
    .where('id', '>', p.after)
    .orderBy('id')
    .limit(MOST_LOOKED_AT),
)

const newestEntry = statement()(() =>
  sql.selectFrom('ledger').select((eb) => eb.fn.max<number | null>('id').as('id')),
)

/** Every query of this file, for the test that each has its index. */
export const DEPTH_QUERIES = [
  updates({}),
  oldestUpdate({}),
  waitingNotices({ channel: 'telegram' }),
  dueNotices({ channel: 'telegram', now: 0 }),
  devices({}),
  dueRequests({ now: 0 }),
  dueRefunds({ now: 0 }),
  receivedCharges({}),
  unreadMessages({}),
  entriesAfter({ after: 0 }),
  newestEntry({}),
]

/** Updates that wait to be handled, and since when the oldest does (ms since 1970). */
export function inboxDepth(db: Reader) {
  return { count: db.first(updates({}))?.count ?? 0, since: db.first(oldestUpdate({}))?.since }
}

/** Notices that wait to leave; how many of them should have left by now, and since when the oldest should have. */
export function outboxDepth(db: Reader, channel: Channel, now: number) {
  const due = db.first(dueNotices({ channel, now }))
  return {
    waiting: db.first(waitingNotices({ channel }))?.count ?? 0,
    due: due?.count ?? 0,
    since: due?.since ?? undefined,
  }
}

/** Since when the order that nobody accepts waits that has waited longest. */
export function oldestPendingOrder(db: Reader): number | undefined {
  return db.first(oldestPending({}))?.since ?? undefined
}

export function countDevices(db: Reader): number {
  return db.first(devices({}))?.count ?? 0
}

/** What the background has to do about money, by kind. */
export function moneyErrands(db: Reader, now: number) {
  return {
    payment_request: db.first(dueRequests({ now }))?.count ?? 0,
    refund: db.first(dueRefunds({ now }))?.count ?? 0,
    charge: db.first(receivedCharges({}))?.count ?? 0,
    provider_message: db.first(unreadMessages({}))?.count ?? 0,
  }
}

/** What the ledger has got after the entry with this id, oldest first. */
export function listEntriesAfter(
  db: Reader,
  after: number,
): { id: number; provider: LedgerProvider; kind: 'charge' | 'refund' }[] {
  return db.all(entriesAfter({ after }))
}

export function newestEntryId(db: Reader): number {
  return db.first(newestEntry({}))?.id ?? 0
}
