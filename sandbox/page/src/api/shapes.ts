import type { BotCommand, MenuButton, Update } from '@grammyjs/types'
import type { ArrivedMail, Device, Mailbox, ShownPush } from '../../../arrivals/arrivals.ts'
import type { FaultRule } from '../../../telegram/faults.ts'
import type { SandboxEvent } from '../../../telegram/sandbox-events.ts'
import type { Person } from '../../../telegram/state.ts'
import type { SeenButton, SeenMessage } from '../../../telegram/view.ts'

export type { ApiCall } from '../../../telegram/call-log.ts'
export type { FaultKind, FaultRule } from '../../../telegram/faults.ts'
export type { ArrivedMail, Device, Mailbox, Person, SeenButton, SeenMessage, ShownPush }

export interface BotInfo {
  id: number
  name: string
  username: string
  description: string
  shortDescription: string
}

export interface ChatSummary {
  id: number
  kind: 'private' | 'group'
  title: string
  personId?: number
  members: number[]
  access: 'open' | 'closed' | 'blocked'
  keys: string[][]
  keyKinds: string[][]
  commands: BotCommand[]
  menuButton: MenuButton
  newest?: SeenMessage
}

export interface SandboxState {
  bot: BotInfo
  people: Person[]
  chats: ChatSummary[]
  now: number
  lastEventId: number
}

/** What comes over the stream: the sandbox's events, with messages as people see them. */
export type PageEvent =
  | Exclude<SandboxEvent, { type: 'message' }>
  | (Omit<Extract<SandboxEvent, { type: 'message' }>, 'message'> & { message: SeenMessage })

export interface PressResult {
  text?: string
  alert: boolean
  url?: string
  copied?: string
  sent?: SeenMessage
  expired?: boolean
}

export interface PaymentResult {
  status: 'paid' | 'refused' | 'timeout'
  error?: string
}

export interface PendingUpdates {
  pending: Update[]
}

export interface ActiveFaults {
  rules: FaultRule[]
  updateDelay: number
  /** How many updates are still to come twice. */
  duplicates: number
}
