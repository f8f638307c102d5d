import type { PushPayload } from '../../src/http/contract/push.ts'

const WAIT_MS = 60_000

/** A push that was accepted, as the browser reads it. */
export interface ReceivedPush {
  endpoint: string
  payload: PushPayload
  /** Seconds. */
  ttl: number
  urgency: string
  topic: string | undefined
  authorization: string
  /** ms since 1970. */
  at: number
}

/** Any push that arrived, and how it was answered. */
export interface PushCall {
  endpoint: string
  answer: number | 'timeout' | 'cut'
}

/** What a push service remembers, for tests that look at it or wait for it. */
export interface PushRecords {
  addReceived(push: ReceivedPush): void
  addCall(call: PushCall): void
  /** What was accepted, oldest first. */
  received(endpoint?: string): ReceivedPush[]
  calls(endpoint?: string): PushCall[]
  /** Calls `listener` for each push that is accepted from now on. */
  listen(listener: (push: ReceivedPush) => void): void
  /** Resolves when the condition holds, looked at after each push; rejects after a minute of real time. */
  waitFor(condition: () => boolean): Promise<void>
}

export function createPushRecords(): PushRecords {
  const received: ReceivedPush[] = []
  const calls: PushCall[] = []
  const watchers = new Set<() => void>()
  const listeners: ((push: ReceivedPush) => void)[] = []

  return {
    addReceived(push) {
      received.push(push)
      for (const listener of listeners) listener(push)
    },
    addCall(call) {
      calls.push(call)
      for (const look of watchers) look()
    },
    listen: (listener) => void listeners.push(listener),
    received: (endpoint) => received.filter((push) => !endpoint || push.endpoint === endpoint),
    calls: (endpoint) => calls.filter((call) => !endpoint || call.endpoint === endpoint),
    waitFor(condition) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const limit = setTimeout(() => reject(new Error(`Waited ${WAIT_MS} ms: no such push came`)), WAIT_MS)
      const look = () => condition() && resolve()
      watchers.add(look)
      look()
      return promise.finally(() => {
        clearTimeout(limit)
        watchers.delete(look)
      })
    },
  }
}
