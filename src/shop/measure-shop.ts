import {
  countDevices,
  inboxDepth,
  listEntriesAfter,
  moneyErrands,
  newestEntryId,
  oldestPendingOrder,
  outboxDepth,
} from '../db/depths.ts'
import type { EventRow } from '../db/events.ts'
import { countOrders } from '../db/order-lists.ts'
import { countDeadNotices, listTallies } from '../db/proof-numbers.ts'
import type { Channel } from '../db/schema.ts'
import type { Metrics } from '../lib/metrics.ts'
import { numbersOf } from './notifications/proof-numbers.ts'
import type { Shop } from './work.ts'

const CHANNELS: readonly Channel[] = ['telegram', 'push', 'mail']
const HOUR_MS = 3_600_000
const DAY_HOURS = 24

/** Counts what happens in the shop, and has the depths of its queues read whenever somebody asks for the figures. */
export function measureShop(shop: Shop, metrics: Metrics): void {
  shop.listen((change) => {
    if (change.kind !== 'events') return
    for (const event of change.events) if (movesOrder(event)) metrics.statusChanges.inc({ type: event.type })
  })
  let counted = newestEntryId(shop.db)
  metrics.beforeReading(() => {
    for (const { id, provider, kind } of listEntriesAfter(shop.db, counted)) {
      metrics.payments.inc({ provider, kind })
      counted = id
    }
    readOrders(shop, metrics)
    readQueues(shop, metrics)
    readDeadLetters(shop, metrics)
    metrics.pushSubscriptions.set(countDevices(shop.db))
  })
}

function movesOrder({ type, from_fulfilment: from }: EventRow): boolean {
  return type === 'placed' || from !== null
}

function readOrders({ db, clock }: Shop, metrics: Metrics): void {
  const counts = countOrders(db)
  for (const [stage, count] of Object.entries(counts)) metrics.orders.set({ stage }, count)
  metrics.pendingOrders.set(counts.placed)
  metrics.pendingOrderAge.set(secondsSince(oldestPendingOrder(db), clock.now()))
}

function readQueues({ db, clock }: Shop, metrics: Metrics): void {
  const now = clock.now()
  const inbox = inboxDepth(db)
  metrics.inboxDepth.set(inbox.count)
  metrics.inboxAge.set(secondsSince(inbox.since, now))
  let dueNotices = 0
  for (const channel of CHANNELS) {
    const { waiting, due, since } = outboxDepth(db, channel, now)
    metrics.outboxDepth.set({ channel }, waiting)
    metrics.outboxAge.set({ channel }, secondsSince(since, now))
    dueNotices += due
  }
  const pending = { update: inbox.count, notice: dueNotices, ...moneyErrands(db, now) }
  for (const [kind, count] of Object.entries(pending)) metrics.jobsPending.set({ kind }, count)
}

function readDeadLetters({ db, clock }: Shop, metrics: Metrics): void {
  metrics.deadLetters.set(countDeadNotices(db))
  const to = Math.floor(clock.now() / HOUR_MS) + 1
  const tallies = listTallies(db, { from: to - DAY_HOURS, to })
  for (const channel of CHANNELS) metrics.undelivered.set({ channel }, numbersOf(tallies, channel).dead)
}

function secondsSince(since: number | undefined, now: number): number {
  return since === undefined ? 0 : Math.max(0, now - since) / 1000
}
