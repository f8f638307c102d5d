import { Worker } from 'node:worker_threads'
import { systemClock } from '../lib/clock.ts'
import { ShopError } from '../lib/shop-error.ts'
import type { AsideMessage, AsideReply, SlowRead } from './aside-thread.ts'

/** As many at once; they share one thread and its connection, a piece at a time. */
const MOST_AT_ONCE = 8
/** A piece that takes longer ends the thread, as SQLite can be stopped in no other way. */
const PIECE_WITHIN_MS = 60_000
/** The thread takes some memory; it is gone after so long without work. */
const END_IDLE_AFTER_MS = 60_000

/** A reader's thread beside the main one, started when it is first needed. */
export interface Aside {
  /** What a slow read yields, one piece for each step of the loop. Throws a ShopError busy when there are too many. */
  ask<Piece>(read: SlowRead, signal: AbortSignal): AsyncGenerator<Piece, void, void>
  close(): void
}

interface Waiting {
  resolve(reply: AsideReply): void
  reject(error: unknown): void
}

/** Runs slow reads on a connection and in a thread of their own, so that the main one stays free. */
export function createAside(path: string): Aside {
  const waiting = new Map<number, Waiting>()
  let thread: Worker | undefined
  let inHand = 0
  let lastId = 0
  let keepThread: (() => void) | undefined

  function start(): Worker {
    const started = new Worker(new URL('./aside-thread.ts', import.meta.url), {
      workerData: { path },
      execArgv: [],
    })
    started.on('message', (reply: AsideReply) => waiting.get(reply.id)?.resolve(reply))
    started.once('error', (error) => lose(started, error))
    started.once('exit', () => lose(started, new Error('the thread for slow reads has ended')))
    thread = started
    return started
  }

  function lose(lost: Worker, error: unknown): void {
    if (thread !== lost) return
    thread = undefined
    for (const one of waiting.values()) one.reject(error)
  }

  function end(error: unknown): void {
    const ending = thread
    if (!ending) return
    lose(ending, error)
    void ending.terminate()
  }

  function post(message: AsideMessage): void {
    thread?.postMessage(message)
  }

  async function next(id: number, signal: AbortSignal): Promise<AsideReply> {
    signal.throwIfAborted()
    const { promise, resolve, reject } = Promise.withResolvers<AsideReply>()
    const tooLong = () => end(new ShopError('busy', 'That took too long. Please try again later.'))
    const inTime = systemClock.after(PIECE_WITHIN_MS, tooLong)
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    waiting.set(id, { resolve, reject })
    post({ id, is: 'more' })
    try {
      return await promise
    } finally {
      waiting.delete(id)
      inTime()
      signal.removeEventListener('abort', onAbort)
    }
  }

  function enter(): Worker {
    if (inHand >= MOST_AT_ONCE) throw new ShopError('busy', 'Too many reports at once. Please try again.')
    inHand += 1
    keepThread?.()
    const entered = thread ?? start()
    entered.ref()
    return entered
  }

  function leave(entered: Worker): void {
    inHand -= 1
    if (inHand > 0) return
    entered.unref()
    keepThread = systemClock.after(END_IDLE_AFTER_MS, () => end(undefined))
  }

  async function* ask<Piece>(read: SlowRead, signal: AbortSignal): AsyncGenerator<Piece, void, void> {
    const entered = enter()
    lastId += 1
    const id = lastId
    try {
      post({ id, is: 'begin', read })
      for (;;) {
        if (thread !== entered) throw new ShopError('busy', 'The report was cut short. Please try again.')
        const reply = await next(id, signal)
        if (reply.is === 'done') return
        if (reply.is === 'failed') throw reply.error
        yield reply.piece as Piece
      }
    } finally {
      if (thread === entered) post({ id, is: 'stop' })
      leave(entered)
    }
  }

  return { ask, close: () => end(new Error('the file is closed')) }
}
