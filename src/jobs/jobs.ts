import { removeOldConversations } from '../db/chat-state.ts'
import { removeDoneUpdates } from '../db/inbox.ts'
import { removeExpiredSessions } from '../db/sessions.ts'
import { expireOrders } from '../shop/orders/expire-orders.ts'
import type { Shop } from '../shop/work.ts'

const HOUR_MS = 3_600_000
/** Longer than the day for which Telegram may send an update again. */
const KEEP_UPDATES_MS = 48 * HOUR_MS
const KEEP_CONVERSATIONS_MS = 7 * 24 * HOUR_MS
const BATCH = 500

export interface Job {
  name: string
  /** When, in cron's notation with seconds. */
  cron: string
  /** Does everything that is due, so that a missed run is made up by the next. Returns how much that was. */
  run(shop: Shop): number
}

/** All of the shop's background work, in one table. */
export const JOBS: readonly Job[] = [
  { name: 'bring the write-ahead log into the file', cron: '* * * * * *', run: checkpoint },
  { name: 'expire unpaid orders', cron: '*/20 * * * * *', run: expireOrders },
  { name: 'forget handled updates', cron: '*/10 * * * * *', run: forgetUpdates },
  { name: 'end old sessions', cron: '10 7 * * * *', run: endSessions },
  { name: 'forget abandoned conversations', cron: '10 17 * * * *', run: forgetConversations },
]

function checkpoint(shop: Shop): number {
  shop.db.checkpoint()
  return 0
}

// A little at a time, and often enough to keep up with fifty updates a second all day long.
function forgetUpdates(shop: Shop): number {
  return shop.db.write((tx) => removeDoneUpdates(tx, shop.clock.now() - KEEP_UPDATES_MS, BATCH))
}

function endSessions(shop: Shop): number {
  return shop.db.write((tx) => removeExpiredSessions(tx, shop.clock.now()))
}

function forgetConversations(shop: Shop): number {
  return shop.db.write((tx) => removeOldConversations(tx, shop.clock.now() - KEEP_CONVERSATIONS_MS))
}
