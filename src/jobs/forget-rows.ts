import { removeOldConversations } from '../db/chat-state.ts'
import { removeDoneUpdates } from '../db/inbox.ts'
import { removeDoneMessages } from '../db/provider-messages.ts'
import { removeExpiredSessions } from '../db/sessions.ts'
import { endLostDevices } from '../shop/notifications/end-lost-devices.ts'
import type { Shop } from '../shop/work.ts'
import { inBatches } from './in-batches.ts'

const HOUR_MS = 3_600_000
/** Longer than the day for which Telegram may send an update again. */
const KEEP_UPDATES_MS = 48 * HOUR_MS
const KEEP_CONVERSATIONS_MS = 7 * 24 * HOUR_MS
/** Longer than a dispute about a payment lasts. */
const KEEP_MESSAGES_MS = 180 * 24 * HOUR_MS

export function forgetUpdates(shop: Shop, stopping: AbortSignal): Promise<number> {
  const before = shop.clock.now() - KEEP_UPDATES_MS
  return inBatches(stopping, (limit) => shop.db.write((tx) => removeDoneUpdates(tx, before, limit)))
}

export function forgetMessages(shop: Shop, stopping: AbortSignal): Promise<number> {
  const before = shop.clock.now() - KEEP_MESSAGES_MS
  return inBatches(stopping, (limit) => shop.db.write((tx) => removeDoneMessages(tx, before, limit)))
}

export function forgetConversations(shop: Shop, stopping: AbortSignal): Promise<number> {
  const before = shop.clock.now() - KEEP_CONVERSATIONS_MS
  return inBatches(stopping, (limit) => shop.db.write((tx) => removeOldConversations(tx, before, limit)))
}

/** Ends sessions that have run out, and the web push of the browsers that were signed in by them. */
export async function endSessions(shop: Shop, stopping: AbortSignal): Promise<number> {
  const now = shop.clock.now()
  const ended = await inBatches(stopping, (limit) =>
    shop.db.write((tx) => removeExpiredSessions(tx, now, limit)),
  )
  return ended + endLostDevices(shop, undefined)
}
