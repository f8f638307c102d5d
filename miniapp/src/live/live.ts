import { effect, signal } from '@preact/signals'
import type { LiveChange, LiveNotice } from '../../../src/http/contract/live.ts'
import type { Counters } from '../../../src/http/contract/order.ts'
import { fetchCounters } from '../api/orders.ts'
import { currentToken, renewSession, session } from '../session/session.ts'
import { type Connection, keepConnected } from './connection.ts'
import type { SseMessage } from './sse-parser.ts'

export type LiveState = 'connecting' | 'live' | 'lost'

/** How the line to the shop stands; it is called lost only once it has been down for a moment. */
export const liveState = signal<LiveState>('connecting')
export const counters = signal<Counters | undefined>(undefined)

const LOST_AFTER_MS = 1500
const UNAUTHORIZED = 401

interface Listeners {
  change: Set<(change: LiveChange) => void>
  notice: Set<(notice: LiveNotice) => void>
  reset: Set<() => void>
}
const listeners: Listeners = { change: new Set(), notice: new Set(), reset: new Set() }

/** Calls `listener` for everything of its kind that comes over the line; returns how to stop that. */
export function listenLive<K extends keyof Listeners>(
  kind: K,
  listener: Listeners[K] extends Set<infer L> ? L : never,
): () => void {
  const set = listeners[kind] as Set<unknown>
  set.add(listener)
  return () => set.delete(listener)
}

/** Keeps the line open while somebody is signed in. */
export function startLive(): void {
  const isIn = () => session.value.is === 'in'
  effect(() => {
    if (!isIn()) return
    const connection = keepConnected({ open, onMessage, onOpen, onLost })
    const unwatch = wakeOnReturn(connection)
    return () => {
      unwatch()
      connection.stop()
    }
  })
}

export async function refreshCounters(): Promise<void> {
  counters.value = await fetchCounters()
}

async function open(lastEventId: string | undefined, signal: AbortSignal): Promise<Response> {
  const token = currentToken()
  const response = await fetch('/api/stream', {
    signal,
    cache: 'no-store',
    headers: {
      accept: 'text/event-stream',
      ...(token && { authorization: `Bearer ${token}` }),
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
  })
  if (response.status === UNAUTHORIZED) await renewSession()
  return response
}

function onMessage(message: SseMessage): void {
  if (message.event === 'reset') reset()
  if (message.event === 'notice') tell(listeners.notice, JSON.parse(message.data) as LiveNotice)
  if (message.event === 'change') {
    const change = JSON.parse(message.data) as LiveChange
    counters.value = change.counters
    tell(listeners.change, change)
  }
}

let lostTimer: ReturnType<typeof setTimeout> | undefined

function onOpen(resumed: boolean): void {
  clearTimeout(lostTimer)
  lostTimer = undefined
  liveState.value = 'live'
  if (!resumed) reset()
}

function onLost(): void {
  lostTimer ??= setTimeout(() => {
    liveState.value = 'lost'
  }, LOST_AFTER_MS)
}

function reset(): void {
  refreshCounters().catch(() => {})
  for (const listener of listeners.reset) listener()
}

function tell<T>(set: Set<(value: T) => void>, value: T): void {
  for (const listener of set) listener(value)
}

function wakeOnReturn(connection: Connection): () => void {
  const wake = () => {
    if (document.visibilityState === 'visible') connection.wake()
  }
  document.addEventListener('visibilitychange', wake)
  window.addEventListener('online', wake)
  window.addEventListener('offline', connection.drop)
  window.addEventListener('pageshow', wake)
  return () => {
    document.removeEventListener('visibilitychange', wake)
    window.removeEventListener('online', wake)
    window.removeEventListener('offline', connection.drop)
    window.removeEventListener('pageshow', wake)
  }
}
