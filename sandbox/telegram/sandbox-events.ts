import type { Message } from '@grammyjs/types'
import type { Clock } from '../../src/lib/clock.ts'
import type { ArrivedMail, ShownPush } from '../arrivals/arrivals.ts'

/** What changed, for the chat page's live stream and for tests that wait. */
export type SandboxEvent =
  | {
      type: 'message'
      kind: 'sent' | 'edited' | 'deleted'
      chatId: number
      by: 'bot' | 'person'
      message: Message
    }
  | { type: 'typing'; chatId: number; action: string }
  | {
      type: 'callback'
      chatId: number
      personId: number
      queryId: string
      text?: string
      alert: boolean
      url?: string
    }
  | {
      type: 'payment'
      chatId: number
      messageId: number
      personId: number
      status: PaymentStatus
      error?: string
    }
  | { type: 'keys'; chatId: number; keys: string[][]; keyKinds: string[][] }
  | { type: 'access'; chatId: number; access: string }
  | { type: 'person'; personId: number }
  | { type: 'bot' }
  | { type: 'push'; push: ShownPush }
  | { type: 'push-gone'; pushId: number }
  | { type: 'mail'; mail: ArrivedMail }

export type PaymentStatus = 'checking' | 'paid' | 'refused' | 'timeout'

export type StampedEvent = SandboxEvent & { id: number; at: number }
export type EventListener = (event: StampedEvent) => void

export interface SandboxEvents {
  emit(event: SandboxEvent): void
  /** Calls `listener` for each later event; the returned function ends it. */
  listen(listener: EventListener): () => void
  lastId(): number
}

export function createEvents(clock: Clock): SandboxEvents {
  const listeners = new Set<EventListener>()
  let lastId = 0
  return {
    emit(event) {
      lastId += 1
      if (listeners.size === 0) return
      const stamped = { ...event, id: lastId, at: clock.now() }
      for (const listener of listeners) listener(stamped)
    },
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    lastId: () => lastId,
  }
}
