import type { DeviceRow } from '../../db/devices.ts'
import type { NoticeRow } from '../../db/notices.ts'
import type { MailMessage, NoticeMessage, PushMessage } from './message.ts'

/** Notices that leave together: one, or several that become one message in a group. */
export type Batch = readonly [NoticeRow, ...NoticeRow[]]

/** How a channel answered; `answer` is in its own words, for the proof. */
export type Outcome =
  | { kind: 'sent'; answer: string; messageId?: number }
  /** Held back to stay within the channel's limits: nothing was tried. `until` is the very moment it may go: what comes after that must find it due. */
  | { kind: 'later'; until: number }
  /** Asked to come back in `ms`; costs no try. */
  | { kind: 'wait'; ms: number; answer: string }
  /** May work the next time. */
  | { kind: 'retry'; answer: string; trouble?: string; movedTo?: number }
  /** Will never work. */
  | { kind: 'final'; answer: string; reach?: 'blocked' | 'gone'; ended?: string }
// `trouble` is a fault of the shop's own configuration, in a sentence for its owner; `movedTo` a group's new chat id;
// `ended` says why the device or group can never be reached again; `reach` that the person cannot.

/** Hands one message to a channel. It never throws for what a channel can answer, and always ends within seconds. */
export type Send<D> = (delivery: D) => Promise<Outcome>

export interface TelegramDelivery {
  chat: { id: number; threadId: number | null }
  /** What to say; null takes the message away. */
  message: NoticeMessage | null
  /** The message to edit in place; null sends a new one. */
  messageId: number | null
}

export interface PushDelivery {
  /** A device that has not ended. */
  device: DeviceRow & { endpoint: string }
  message: PushMessage
}

export interface MailDelivery {
  to: { name: string; address: string }
  message: MailMessage
  /** Together these make a mail that arrives twice recognisable: the same for each try, another when it is sent again. */
  noticeId: number
  revision: number
}

/** The channels the shop has; one that is not configured is absent. */
export interface Senders {
  telegram: Send<TelegramDelivery>
  push?: Send<PushDelivery> | undefined
  mail?: Send<MailDelivery> | undefined
}

/** What may be sent at all: so many messages now, or the first one in so many milliseconds. */
export interface Allowance {
  messages: number
  waitMs: number
}
