import type { NoticeRow } from '../../db/notices.ts'
import { claimNotice, listDueNotices, nextDueAt } from '../../db/outbox.ts'
import type { Channel } from '../../db/schema.ts'
import { offErrand } from '../../lib/errand.ts'
import type { Log } from '../../lib/log.ts'
import type { Shop } from '../work.ts'
import type { Allowance, Batch } from './channel.ts'
import { createGroupTurns } from './group-turns.ts'
import { LANES } from './plan.ts'

export interface ChannelQueue {
  /** Looks for due notices now; cheap, and safe to call at any time. */
  nudge(): void
  start(): void
  /** Takes no more notices and waits for those being sent. */
  stop(): Promise<void>
  /** Resolves when nothing is being sent, and nothing that is due may be sent now. */
  idle(): Promise<void>
}

const LOOK_AHEAD = 32
const TRY_AGAIN_MS = 1_000

interface QueueParts {
  shop: Shop
  channel: Channel
  /** How many messages are on their way at once: a crash repeats these at most. */
  maxInFlight: number
  /** Asked before notices are taken up, so that a crowd waits in the queue and not in a circle of tries. */
  allowance: () => Allowance
  lease: string
  /** Resolves to whether it had its turn: it was not asked to wait. */
  deliver(batch: Batch): Promise<boolean>
  log: Log
}

/** Empties one channel's part of the outbox: parallel across recipients, in order for each, most urgent lane first. */
export function createChannelQueue(parts: QueueParts): ChannelQueue {
  const { shop, channel, maxInFlight, allowance, lease, log } = parts
  const inFlight = new Set<Promise<void>>()
  const groups = createGroupTurns(shop.db)
  const idleWaiters: (() => void)[] = []
  let running = false
  let scheduled = false
  let cancelTimer: (() => void) | undefined

  function nudge(): void {
    if (!running || scheduled) return
    scheduled = true
    // After the caller has been answered: nobody waits for a notice.
    offErrand(() =>
      setImmediate(() => {
        scheduled = false
        if (running) dispatchOrWait()
      }),
    )
  }

  /** A full or locked disk must not end the process: orders go on as far as they can, notices follow. */
  function dispatchOrWait(): void {
    try {
      dispatchDue()
    } catch (err) {
      log.error({ err, channel }, 'notices could not be taken up; trying again')
      cancelTimer = shop.clock.after(TRY_AGAIN_MS, nudge)
    }
  }

  function dispatchDue(): void {
    cancelTimer?.()
    // One moment for both: what falls due between two looks at the clock would be neither taken nor waited for.
    const now = shop.clock.now()
    // Once more: behind somebody with much to be told others may have been out of sight.
    while (claimDue(now).map(begin).length > 0);
    wakeForNext(now)
    checkIdle()
  }

  function begin(batch: Batch): void {
    const sending = send(batch).finally(() => {
      inFlight.delete(sending)
      nudge()
      if (inFlight.size === 0) checkIdle()
    })
    inFlight.add(sending)
  }

  async function send(batch: Batch): Promise<void> {
    const hadTurn = await parts.deliver(batch)
    if (hadTurn && batch[0].group_id !== null) groups.hadTurn(batch, shop.clock.now())
  }

  /** What is due and was not taken waits for somebody's turn to end, which nudges by itself. */
  function wakeForNext(now: number): void {
    const times = Object.values(LANES).map((lane) => nextDueAt(shop.db, { channel, lane, now }))
    const next = Math.min(...times.filter((time) => time !== undefined)) - now
    const { waitMs } = allowance()
    const ms = waitMs > 0 ? Math.min(waitMs, next) : next
    if (ms < Number.POSITIVE_INFINITY) cancelTimer = shop.clock.after(ms, nudge)
  }

  function claimDue(now: number): Batch[] {
    const free = Math.min(maxInFlight - inFlight.size, allowance().messages)
    if (free <= 0) return []
    const batches = pickDue(now, free).map((notice) => batchOf(notice, now))
    if (batches.length === 0) return []
    shop.db.write((tx) => {
      for (const notice of batches.flat()) claimNotice(tx, { id: notice.id, lease, now })
    })
    return batches.map(([first, ...others]) => [claimed(first), ...others.map(claimed)] as const)
  }

  function pickDue(now: number, free: number): NoticeRow[] {
    const picked: NoticeRow[] = []
    const recipients = new Set<string>()
    for (const lane of Object.values(LANES)) {
      const due = listDueNotices(shop.db, { channel, lane, now, limit: LOOK_AHEAD })
      for (const notice of due) {
        if (picked.length === free) return picked
        if (recipients.has(notice.recipient)) continue
        recipients.add(notice.recipient)
        picked.push(notice)
      }
      // There is more in this lane than was looked at, and it comes before what is in the next ones.
      if (due.length === LOOK_AHEAD) return picked
    }
    return picked
  }

  function batchOf(notice: NoticeRow, now: number): Batch {
    return notice.group_id === null ? [notice] : groups.next(notice, now)
  }

  function checkIdle(): void {
    if (idleWaiters.length === 0 || inFlight.size > 0 || scheduled) return
    if (allowance().messages > 0 && pickDue(shop.clock.now(), 1).length > 0) return
    for (const resolve of idleWaiters.splice(0)) resolve()
  }

  return {
    nudge,
    start() {
      running = true
      nudge()
    },
    async stop() {
      running = false
      cancelTimer?.()
      await Promise.all(inFlight)
    },
    idle() {
      return new Promise((resolve) => {
        idleWaiters.push(resolve)
        nudge()
        if (!running) checkIdle()
      })
    },
  }
}

function claimed(notice: NoticeRow): NoticeRow {
  return { ...notice, state: 'sending', attempts: notice.attempts + 1 }
}
