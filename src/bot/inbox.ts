import type { Update } from 'grammy/types'
import type { Tx } from '../db/database.ts'
import { countAttempt, listPendingUpdates, markDone, storeUpdate } from '../db/inbox.ts'
import { backoffMs } from '../lib/backoff.ts'
import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { Shop } from '../shop/work.ts'

/** Keeps every update Telegram confirms, handles each once, in order within a chat, and goes on after a crash. */
export interface Inbox {
  /** Stores updates; when it returns they are on disk and may be confirmed. */
  receive(updates: readonly Update[]): void
  /** Takes up what an earlier process left. */
  start(): void
  /** Resolves when the backlog is short enough to take more. */
  room(): Promise<void>
  /** Resolves when nothing waits to be handled. */
  idle(): Promise<void>
  /** Lets what is being handled finish, for some seconds; the rest stays for the next start. */
  stop(): Promise<void>
}

export interface InboxParts {
  shop: Shop
  handle(update: Update): Promise<void>
  /** Writes along with the marks what can wait as long as they can. */
  alongside?: (tx: Tx) => void
  log: Log
  metrics: Metrics
  random?: () => number
}

/** More than Telegram hands over at once, so that polling rarely waits. */
const MOST_WAITING = 500
/** Doubling from 1 s to 10 min, this many tries take about an hour: an outage is waited out. */
const MAX_ATTEMPTS = 15
const FLUSH_AFTER_MS = 25
const FLUSH_AGAIN_MS = 1_000
const STOP_WITHIN_MS = 5_000

/** Makes the durable inbox in front of the bot (docs/decisions/0002). */
export function createInbox(parts: InboxParts): Inbox {
  const { shop, log, metrics, random = Math.random } = parts
  const chats = new Map<number, Promise<void>>()
  let waiting = 0
  let started = false
  let stopping = false
  const stopSignal = Promise.withResolvers<void>()
  let finished: { updateId: number; error: string | null }[] = []
  let cancelFlush: (() => void) | undefined
  const roomWaiters: (() => void)[] = []
  const idleWaiters: (() => void)[] = []

  function receive(updates: readonly Update[]): void {
    const now = shop.clock.now()
    const fresh = shop.db.write((tx) =>
      updates.filter((update) =>
        storeUpdate(tx, { updateId: update.update_id, payload: JSON.stringify(update), now }),
      ),
    )
    // What comes in before the start is on disk, and is found there by the start.
    if (started) for (const update of fresh) enqueue(update)
  }

  function enqueue(update: Update): void {
    const key = chatKey(update)
    waiting += 1
    const before = chats.get(key) ?? Promise.resolve()
    const mine = before
      .then(() => handleToTheEnd(update))
      .finally(() => {
        waiting -= 1
        if (chats.get(key) === mine) chats.delete(key)
        wake()
      })
    chats.set(key, mine)
  }

  async function handleToTheEnd(update: Update): Promise<void> {
    for (let attempt = 1; !stopping; attempt++) {
      const error = await tryOnce(update)
      if (error === undefined || attempt === MAX_ATTEMPTS) {
        metrics.updates.inc({ outcome: error === undefined ? 'done' : 'given_up' })
        return finish(update.update_id, error ?? null)
      }
      await waitBefore(attempt, update.update_id, error)
    }
  }

  async function tryOnce(update: Update): Promise<string | undefined> {
    try {
      await parts.handle(update)
      return undefined
    } catch (err) {
      log.warn({ err, update: update.update_id }, 'an update could not be handled')
      return err instanceof Error ? err.message : String(err)
    }
  }

  async function waitBefore(attempt: number, updateId: number, error: string): Promise<void> {
    tryToWrite((tx) => countAttempt(tx, updateId, error))
    const pause = new Promise<void>((resolve) => shop.clock.after(backoffMs(attempt, random), resolve))
    await Promise.race([pause, stopSignal.promise])
  }

  // Marks go to disk together: an update whose mark is lost is handled again, and its effect recognised.
  function finish(updateId: number, error: string | null): void {
    finished.push({ updateId, error })
    cancelFlush ??= shop.clock.after(FLUSH_AFTER_MS, flush)
  }

  function flush(): void {
    cancelFlush?.()
    cancelFlush = undefined
    const done = finished
    if (done.length === 0) return
    const now = shop.clock.now()
    const written = tryToWrite((tx) => {
      for (const { updateId, error } of done) markDone(tx, { updateId, now, error })
      parts.alongside?.(tx)
    })
    if (written) finished = finished.slice(done.length)
    else cancelFlush = shop.clock.after(FLUSH_AGAIN_MS, flush)
  }

  /** For what can be written later, or not at all: a full disk must not end the process. */
  function tryToWrite(fn: (tx: Tx) => void): boolean {
    try {
      shop.db.write(fn)
      return true
    } catch (err) {
      log.error({ err }, 'marks of handled updates could not be written')
      return false
    }
  }

  function wake(): void {
    if (waiting < MOST_WAITING) for (const resolve of roomWaiters.splice(0)) resolve()
    if (waiting === 0) for (const resolve of idleWaiters.splice(0)) resolve()
  }

  return {
    receive,
    start() {
      started = true
      const left = listPendingUpdates(shop.db)
      if (left.length > 0)
        log.info({ updates: left.length }, 'updates an earlier process left are handled now')
      for (const row of left) enqueue(JSON.parse(row.payload) as Update)
    },
    room: () =>
      waiting < MOST_WAITING ? Promise.resolve() : new Promise((resolve) => roomWaiters.push(resolve)),
    idle: () => (waiting === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve))),
    async stop() {
      stopping = true
      stopSignal.resolve()
      const late = new Promise<void>((resolve) => shop.clock.after(STOP_WITHIN_MS, resolve))
      await Promise.race([Promise.all(chats.values()), late])
      flush()
    },
  }
}

/** Updates with the same key are handled one after another. */
function chatKey(update: Update): number {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message
  const from = update.callback_query?.from ?? update.my_chat_member?.from ?? update.pre_checkout_query?.from
  return message?.chat.id ?? from?.id ?? update.update_id
}
