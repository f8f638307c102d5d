import type { Update } from 'grammy/types'
import type { Tx } from '../db/database.ts'
import { countAttempt, listPendingUpdates, markDone, storeUpdate, type UpdateRow } from '../db/inbox.ts'
import { backoffMs } from '../lib/backoff.ts'
import { onErrand } from '../lib/errand.ts'
import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { Shop } from '../shop/work.ts'
import { ALLOWED_UPDATES } from './allowed-updates.ts'
import { askedPatience } from './telegram-errors.ts'
import { createTurns } from './turns.ts'

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
  /** Questions that Telegram forgets within seconds are answered past everything that waits. It never throws. */
  atOnce: { isMeant(update: Update): boolean; answer(update: Update): Promise<void> }
  /** Writes along with the marks what can wait as long as they can. */
  alongside?: (tx: Tx) => void
  log: Log
  metrics: Metrics
  random?: () => number
}

/** Why an update could not be handled, and how long Telegram wants to be left alone, if it does. */
interface Failure {
  words: string
  retryAfterMs: number | undefined
}

interface Waiting {
  update: Update
  /** When it was stored, ms since 1970. */
  receivedAt: number
  failures: number
  /** When the first try failed, ms since 1970. */
  failingSince?: number
}

/** Polling goes on while so many wait, so that a payment behind a crowd is heard of; more would only fill the memory. */
const MOST_WAITING = 5_000
/** Chats that are answered at the same time. Each begins in a turn of its own, and what is urgent comes in between. */
const MOST_AT_ONCE = 32
/** Doubling from 1 s to 10 min, this many tries take about an hour: an outage is waited out. */
const MAX_ATTEMPTS = 15
/** Where Telegram asks for patience, far more tries than that come within the hour. */
const PATIENT_FOR_MS = 3_600_000
/** How long the answer to an urgent question is of use. */
const URGENT_MS = 10_000
const FLUSH_AFTER_MS = 25
const FLUSH_AGAIN_MS = 1_000
const STOP_WITHIN_MS = 5_000

/** Makes the durable inbox in front of the bot (docs/decisions/0002). */
export function createInbox(parts: InboxParts): Inbox {
  const { shop, log, metrics, atOnce, random = Math.random } = parts
  const turns = createTurns<Waiting>({ handle: handleOnce, after: shop.clock.after, atMost: MOST_AT_ONCE })
  const urgent = new Set<Promise<void>>()
  let waiting = 0
  let started = false
  let finished: { updateId: number; error: string | null }[] = []
  let cancelFlush: (() => void) | undefined
  const roomWaiters: (() => void)[] = []
  const idleWaiters: (() => void)[] = []

  function receive(updates: readonly Update[]): void {
    const now = shop.clock.now()
    for (const update of updates) if (atOnce.isMeant(update)) answerAtOnce(update, now)
    const fresh = shop.db.write((tx) =>
      updates.filter((update) =>
        storeUpdate(tx, { updateId: update.update_id, payload: JSON.stringify(update), now }),
      ),
    )
    for (const update of fresh) metrics.updatesReceived.inc({ kind: kindOf(update) })
    // What comes in before the start is on disk, and is found there by the start.
    if (started) for (const update of fresh) if (!atOnce.isMeant(update)) enqueue(update, now)
  }

  function answerAtOnce(update: Update, receivedAt: number): void {
    waiting += 1
    const answered = onErrand({ update: update.update_id }, async ({ events }) => {
      await atOnce.answer(update)
      urgent.delete(answered)
      settled({ update, receivedAt }, undefined, events)
    })
    urgent.add(answered)
  }

  function enqueue(update: Update, receivedAt: number): void {
    waiting += 1
    turns.add(chatKey(update), { update, receivedAt, failures: 0 })
  }

  /** Returns how long to wait before the next try; undefined when it is done, or given up. */
  function handleOnce(one: Waiting): Promise<number | undefined> {
    const { update } = one
    return onErrand({ update: update.update_id }, async ({ events }) => {
      const error = await tryOnce(update)
      if (error !== undefined) {
        one.failures += 1
        one.failingSince ??= shop.clock.now()
        tryToWrite((tx) => countAttempt(tx, update.update_id, error.words))
        if (!isGivenUp(one, error)) return waitAfter(error, one.failures)
      }
      settled(one, error?.words, events)
      return undefined
    })
  }

  function isGivenUp({ update, failures, failingSince = 0 }: Waiting, { retryAfterMs }: Failure): boolean {
    if (failures < MAX_ATTEMPTS || bringsMoney(update)) return false
    return retryAfterMs === undefined || shop.clock.now() - failingSince >= PATIENT_FOR_MS
  }

  /** When Telegram asks for patience it says how long; a crowd that was refused together does not come back together. */
  function waitAfter({ retryAfterMs }: Failure, failures: number): number {
    return retryAfterMs === undefined
      ? backoffMs(failures, random)
      : Math.round(retryAfterMs * (1 + random()))
  }

  async function tryOnce(update: Update): Promise<Failure | undefined> {
    try {
      await parts.handle(update)
      return undefined
    } catch (err) {
      log.warn({ err }, 'an update could not be handled')
      return { words: err instanceof Error ? err.message : String(err), retryAfterMs: askedPatience(err) }
    }
  }

  function settled(
    { update, receivedAt }: Pick<Waiting, 'update' | 'receivedAt'>,
    error: string | undefined,
    events: number[],
  ): void {
    const kind = kindOf(update)
    const outcome = error === undefined ? 'done' : 'given_up'
    const ms = shop.clock.now() - receivedAt
    log.info({ kind, ms, outcome, events }, 'update')
    metrics.updatesHandled.inc({ outcome })
    metrics.updateSeconds.observe({ kind }, ms / 1000)
    finish(update.update_id, error ?? null)
    waiting -= 1
    wake()
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

  function takeUp({ update_id: updateId, payload, received_at: receivedAt }: UpdateRow): void {
    const update = JSON.parse(payload) as Update
    if (!atOnce.isMeant(update)) enqueue(update, receivedAt)
    else if (shop.clock.now() - receivedAt < URGENT_MS) answerAtOnce(update, receivedAt)
    else finish(updateId, null)
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
      for (const row of left) takeUp(row)
    },
    room: () =>
      waiting < MOST_WAITING ? Promise.resolve() : new Promise((resolve) => roomWaiters.push(resolve)),
    idle: () => (waiting === 0 ? Promise.resolve() : new Promise((resolve) => idleWaiters.push(resolve))),
    async stop() {
      const late = new Promise<void>((resolve) => shop.clock.after(STOP_WITHIN_MS, resolve))
      await Promise.race([Promise.all([turns.stop(), ...urgent]), late])
      flush()
    },
  }
}

/** Money that came in or went back is never given up on. */
function bringsMoney({ message }: Update): boolean {
  return message?.successful_payment !== undefined || message?.refunded_payment !== undefined
}

/** One of those that are asked for; what Telegram may invent one day is counted together. */
function kindOf(update: Update): string {
  return ALLOWED_UPDATES.find((kind) => kind in update) ?? 'other'
}

/** Updates with the same key are handled one after another. */
function chatKey(update: Update): number {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message
  const from = update.callback_query?.from ?? update.my_chat_member?.from
  return message?.chat.id ?? from?.id ?? update.update_id
}
