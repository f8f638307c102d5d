import {
  claimNotice,
  findNotice,
  listDueNotices,
  type NoticeRow,
  nextDueAt,
  noticeDied,
  noticeRetried,
  noticeSent,
  voidNoticeLeases,
} from '../../db/notices.ts'
import { findPerson, type PersonRow, setReach } from '../../db/people.ts'
import type { Channel } from '../../db/schema.ts'
import { backoffMs } from '../../lib/backoff.ts'
import { newKey } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { Metrics } from '../../lib/metrics.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import { type Shop, SYSTEM } from '../work.ts'
import type { NoticeMessage } from './message.ts'
import { LANES } from './plan.ts'
import { renderNotice } from './render.ts'

export interface Delivery {
  person: Pick<PersonRow, 'id' | 'telegram_id'>
  message: NoticeMessage
  /** The message to edit in place; null sends a new one. */
  messageId: number | null
}

/** How a channel answered. `wait` costs no try; `retry` does; `final` will never work. */
export type Outcome =
  | { kind: 'sent'; messageId: number; redrawAt?: number | undefined }
  | { kind: 'wait'; ms: number; reason: string }
  | { kind: 'retry'; reason: string }
  | { kind: 'final'; reason: string; reach?: 'blocked' | 'gone' }

/** Hands one message to a channel. It never throws for what a channel can answer, and always ends within seconds. */
export type Send = (delivery: Delivery) => Promise<Outcome>

/** What may be sent at all: so many messages now, or the first one in so many milliseconds. */
export interface Allowance {
  messages: number
  waitMs: number
}

export interface Dispatcher {
  /** Takes up what an earlier process left, and begins. */
  start(): void
  /** Looks for due notices now; cheap, and safe to call at any time. */
  nudge(): void
  /** Takes no more notices and waits for those being sent. */
  stop(): Promise<void>
  /** Resolves when nothing is being sent, and nothing that is due may be sent now. */
  idle(): Promise<void>
}

/** How many messages are on their way at once: a crash repeats these at most. */
const MAX_IN_FLIGHT = 4
const LOOK_AHEAD = 32
const WRITE_AGAIN_MS = 1_000
/** Doubling from 1 s to 10 min, this many tries take a day. */
const MAX_ATTEMPTS = 150

const UNLIMITED: Allowance = { messages: Number.POSITIVE_INFINITY, waitMs: 0 }

export interface DispatcherParts {
  shop: Shop
  senders: Partial<Record<Channel, Send>>
  /** Asked before notices are taken up, so that a crowd waits in the queue and not in a circle of tries. */
  allowance?: (() => Allowance) | undefined
  log: Log
  metrics: Metrics
  random?: () => number
}

/** Empties the outbox: parallel across people, in order for each, most urgent lane first. */
export function createDispatcher(parts: DispatcherParts): Dispatcher {
  const { shop, log, metrics, allowance = () => UNLIMITED, random = Math.random } = parts
  const lease = newKey()
  const inFlight = new Set<Promise<void>>()
  const idleWaiters: (() => void)[] = []
  let running = false
  let scheduled = false
  let cancelTimer: (() => void) | undefined

  function nudge(): void {
    if (!running || scheduled) return
    scheduled = true
    // After the caller has been answered: nobody waits for a notice.
    setImmediate(() => {
      scheduled = false
      if (running) dispatchOrWait()
    })
  }

  /** A full or locked disk must not end the process: orders go on as far as they can, notices follow. */
  function dispatchOrWait(): void {
    try {
      dispatchDue()
    } catch (err) {
      log.error({ err }, 'notices could not be taken up; trying again')
      cancelTimer = shop.clock.after(WRITE_AGAIN_MS, nudge)
    }
  }

  function dispatchDue(): void {
    cancelTimer?.()
    // One moment for both: what falls due between two looks at the clock would be neither taken nor waited for.
    const now = shop.clock.now()
    for (const notice of claimDue(now)) {
      const sending = deliver(notice).finally(() => {
        inFlight.delete(sending)
        nudge()
        if (inFlight.size === 0) checkIdle()
      })
      inFlight.add(sending)
    }
    wakeForNext(now)
    checkIdle()
  }

  /** What is due and was not taken waits for somebody's turn to end, which nudges by itself. */
  function wakeForNext(now: number): void {
    const times = Object.values(LANES).map((lane) => nextDueAt(shop.db, lane, now))
    const next = Math.min(...times.filter((time) => time !== undefined)) - now
    const { waitMs } = allowance()
    const ms = waitMs > 0 ? Math.min(waitMs, next) : next
    if (ms < Number.POSITIVE_INFINITY) cancelTimer = shop.clock.after(ms, nudge)
  }

  function claimDue(now: number): NoticeRow[] {
    const free = Math.min(MAX_IN_FLIGHT - inFlight.size, allowance().messages)
    if (free <= 0) return []
    const due = pickDue(now, free)
    if (due.length === 0) return []
    shop.db.write((tx) => {
      for (const notice of due) claimNotice(tx, { id: notice.id, lease, now })
    })
    return due.map((notice) => ({ ...notice, state: 'sending' as const, attempts: notice.attempts + 1 }))
  }

  function pickDue(now: number, free: number): NoticeRow[] {
    const picked: NoticeRow[] = []
    const people = new Set<number>()
    for (const lane of Object.values(LANES)) {
      for (const notice of listDueNotices(shop.db, lane, now, LOOK_AHEAD)) {
        if (picked.length === free) return picked
        if (people.has(notice.person_id)) continue
        people.add(notice.person_id)
        picked.push(notice)
      }
    }
    return picked
  }

  async function deliver(notice: NoticeRow): Promise<void> {
    tellFate(notice.id)
    const outcome = await trySend(notice)
    metrics.noticeOutcomes.inc({ channel: notice.channel, outcome: outcome.kind })
    await settleInTheEnd(notice, outcome)
    tellFate(notice.id)
  }

  /** What the channel answered is known only here, so it is kept until it can be written, or the process ends. */
  async function settleInTheEnd(notice: NoticeRow, outcome: Outcome): Promise<void> {
    for (;;) {
      try {
        return settle(notice, outcome)
      } catch (err) {
        log.error({ err, notice: notice.id }, 'the fate of a notice could not be written yet')
        if (!(err instanceof ShopError && err.code === 'busy')) return bury(notice, err)
        // The next start sends it again.
        if (!running) return
        await new Promise<void>((resolve) => shop.clock.after(WRITE_AGAIN_MS, resolve))
      }
    }
  }

  /** What can never be written must not hold up the person's other notices. */
  function bury(notice: NoticeRow, reason: unknown): void {
    try {
      shop.db.write((tx) => noticeDied(tx, { id: notice.id, error: String(reason), now: shop.clock.now() }))
    } catch (err) {
      log.error({ err, notice: notice.id }, 'a notice could not be given up')
    }
  }

  async function trySend(notice: NoticeRow): Promise<Outcome> {
    try {
      const send = parts.senders[notice.channel]
      const person = findPerson(shop.db, notice.person_id)
      if (!send || !person) return { kind: 'final', reason: `no ${notice.channel} for this person` }
      const message = renderNotice(shop, notice, person)
      if (!message) return { kind: 'final', reason: 'nothing to say any more' }
      const outcome = await send({ person, message, messageId: notice.message_id })
      return outcome.kind === 'sent' ? { ...outcome, redrawAt: message.redrawAt } : outcome
    } catch (err) {
      log.error({ err, notice: notice.id, kind: notice.kind }, 'a notice could not be sent')
      return { kind: 'retry', reason: err instanceof Error ? err.message : String(err) }
    }
  }

  function settle(notice: NoticeRow, outcome: Outcome): void {
    const { id } = notice
    const now = shop.clock.now()
    shop.write((work) => {
      if (outcome.kind === 'sent') {
        const { messageId, redrawAt = null } = outcome
        noticeSent(work.tx, { id, revision: notice.revision, messageId, redrawAt, now })
        metrics.deliverySeconds.observe({ channel: notice.channel }, (now - notice.due_at) / 1000)
      } else if (outcome.kind === 'final' || notice.attempts >= MAX_ATTEMPTS) {
        noticeDied(work.tx, { id, error: outcome.reason, now })
      } else {
        const ms = outcome.kind === 'wait' ? outcome.ms : backoffMs(notice.attempts, random)
        const counts = outcome.kind === 'retry'
        const { person_id: personId } = notice
        noticeRetried(work.tx, {
          id,
          personId,
          dueAt: now + ms,
          error: outcome.reason,
          countsAsAttempt: counts,
          now,
        })
      }
      if (outcome.kind === 'final' && outcome.reach && setReach(work.tx, notice.person_id, outcome.reach)) {
        recordEvent(work, {
          type: 'person_unreachable',
          orderId: notice.order_id,
          actor: SYSTEM,
          data: { reach: outcome.reach },
        })
      }
    })
    log.debug({ notice: id, kind: notice.kind, outcome: outcome.kind }, 'notice')
  }

  function tellFate(id: number): void {
    const notice = findNotice(shop.db, id)
    if (notice) shop.tell({ kind: 'notice', notice })
  }

  function checkIdle(): void {
    if (idleWaiters.length === 0 || inFlight.size > 0 || scheduled) return
    if (allowance().messages > 0 && pickDue(shop.clock.now(), 1).length > 0) return
    for (const resolve of idleWaiters.splice(0)) resolve()
  }

  return {
    start() {
      const held = shop.db.write((tx) => voidNoticeLeases(tx))
      if (held > 0) log.info({ held }, 'notices an earlier process was sending go out again')
      running = true
      shop.listen((change) => change.kind === 'events' && nudge())
      nudge()
    },
    nudge,
    async stop() {
      running = false
      cancelTimer?.()
      await Promise.all(inFlight)
    },
    idle() {
      return new Promise((resolve) => {
        idleWaiters.push(resolve)
        nudge()
      })
    },
  }
}
