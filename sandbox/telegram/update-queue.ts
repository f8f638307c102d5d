import type { Update } from '@grammyjs/types'
import type { Clock } from '../../src/lib/clock.ts'
import { Refusal } from './refusal.ts'

export type NewUpdate = Omit<Update, 'update_id'>

const day = 24 * 60 * 60 * 1000
const shortLived = 150 * 1000
const conflict =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running'
const notByDefault = new Set(['chat_member', 'message_reaction', 'message_reaction_count'])

export interface QueuedUpdate {
  update: Update
  /** Telegram forgets it after this. */
  expiresAt: number
  readyAt: number
  /** To come once more after it was confirmed (fault injection). */
  again: boolean
}

interface Poll {
  limit: number
  resolve: (updates: Update[]) => void
  reject: (reason: Refusal) => void
  cancel: () => void
}

export interface PollRequest {
  offset: number
  limit: number
  /** Seconds. */
  timeout: number
}

export interface UpdateQueue {
  push(update: NewUpdate, options?: { delay?: number; again?: boolean }): void
  /** Confirms what lies before `offset`, then answers at once or as soon as there is something. */
  poll(request: PollRequest): Promise<Update[]> | Update[]
  /** Forgets the waiting poll without an answer: its client has gone. */
  abandon(poll: Promise<Update[]>): void
  /** Whether somebody waits for updates right now. */
  polled(): boolean
  endPolls(description: string): void
  /** Not yet confirmed, oldest first, without what is too old. */
  pending(): QueuedUpdate[]
  /** Takes a delivered update off the queue. */
  confirm(queued: QueuedUpdate): void
  confirmedIds(): number[]
  clear(): void
  allowed: readonly string[] | undefined
  /** Called whenever there may be something to deliver. */
  onReady(fn: () => void): void
  /** Resolves when everything was confirmed. */
  idle(): Promise<void>
}

export function createUpdateQueue(clock: Clock, numbersFrom = 0): UpdateQueue {
  let queue: QueuedUpdate[] = []
  let nextExpiry = Number.POSITIVE_INFINITY
  let lastId = 700_000_000 + numbersFrom
  let waiting: (Poll & { promise: Promise<Update[]> }) | undefined
  const idlers: (() => void)[] = []
  const confirmed: number[] = []
  const ready = new Set<() => void>()

  function pending(): QueuedUpdate[] {
    const now = clock.now()
    if (queue.some((queued) => queued.expiresAt <= now))
      queue = queue.filter((queued) => queued.expiresAt > now)
    settleIdle()
    return queue
  }

  function available(limit: number): Update[] {
    const now = clock.now()
    const updates: Update[] = []
    for (const queued of pending()) {
      if (updates.length === limit || queued.readyAt > now) break
      updates.push(queued.update)
    }
    return updates
  }

  function settleIdle(): void {
    if (queue.length === 0) for (const resolve of idlers.splice(0)) resolve()
  }

  function wake(): void {
    const updates = waiting ? available(waiting.limit) : []
    if (updates.length > 0) endPoll()?.resolve(updates)
    for (const fn of ready) fn()
  }

  function endPoll(): Poll | undefined {
    const poll = waiting
    waiting = undefined
    poll?.cancel()
    return poll
  }

  function confirm(queued: QueuedUpdate): void {
    if (queued.again) {
      queued.again = false
      return
    }
    confirmed.push(queued.update.update_id)
    queue = queue.filter((other) => other !== queued)
    settleIdle()
  }

  function confirmBefore(offset: number): void {
    const first = queue.findIndex((queued) => queued.update.update_id >= offset)
    const done = queue.splice(0, first === -1 ? queue.length : first)
    const again = done.filter((queued) => queued.again)
    for (const queued of done) if (!queued.again) confirmed.push(queued.update.update_id)
    for (const queued of again) queued.again = false
    queue.unshift(...again)
    if (confirmed.length > 200_000) confirmed.splice(0, 100_000)
    settleIdle()
  }

  function poll({ offset, limit, timeout }: PollRequest): Promise<Update[]> | Update[] {
    endPoll()?.reject(new Refusal(409, conflict))
    if (offset > 0) confirmBefore(offset)
    if (offset < 0) confirmBefore(pending().at(offset)?.update.update_id ?? 0)
    const updates = available(limit)
    if (updates.length > 0 || timeout <= 0) return updates
    const { promise, resolve, reject } = Promise.withResolvers<Update[]>()
    const cancel = clock.after(timeout * 1000, () => endPoll()?.resolve([]))
    waiting = { limit, resolve, reject, cancel, promise }
    return promise
  }

  const self: UpdateQueue = {
    push(update, { delay = 0, again = false } = {}) {
      const kind = Object.keys(update)[0] ?? ''
      if (self.allowed ? !self.allowed.includes(kind) : notByDefault.has(kind)) return
      lastId += 1
      const lives = kind.endsWith('_query') ? shortLived : day
      const now = clock.now()
      nextExpiry = Math.min(nextExpiry, now + lives)
      queue.push({
        update: { update_id: lastId, ...update },
        expiresAt: now + lives,
        readyAt: now + delay,
        again,
      })
      if (delay > 0) clock.after(delay, wake)
      else wake()
    },
    poll,
    abandon(promise) {
      if (waiting?.promise === promise) endPoll()
    },
    polled: () => waiting !== undefined,
    endPolls: (description) => endPoll()?.reject(new Refusal(409, description)),
    pending,
    confirm,
    confirmedIds: () => [...confirmed],
    clear() {
      queue = []
      settleIdle()
    },
    allowed: undefined,
    onReady: (fn) => void ready.add(fn),
    idle: () => (pending().length === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  }
  return self
}
