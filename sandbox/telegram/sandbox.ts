import type { BotCommand, MenuButton, StarTransaction, UserFromGetMe } from '@grammyjs/types'
import type { Clock } from '../../src/lib/clock.ts'
import { type Arrivals, createArrivals } from '../arrivals/arrivals.ts'
import { type CallLog, createCallLog } from './call-log.ts'
import { createFaults, type Faults } from './faults.ts'
import { createFileStore, type FileStore } from './files.ts'
import { createFloodGate, type FloodGate, type FloodLimits } from './flood.ts'
import { createQueries, type Queries } from './queries.ts'
import { createEvents, type SandboxEvents } from './sandbox-events.ts'
import type { ChatState, Person } from './state.ts'
import { createUpdateQueue, type UpdateQueue } from './update-queue.ts'
import { createWebhook, type Webhook } from './webhook.ts'

export const defaultToken = '1000001:SANDBOX-littleshop-not-a-real-token'

export interface BotAccount {
  token: string
  user: UserFromGetMe
  /** By scope and language, see methods/commands.ts. */
  commands: Map<string, BotCommand[]>
  descriptions: Map<string, string>
  /** By chat id; 0 holds the default. */
  menuButtons: Map<number, MenuButton>
}

/** What an invoice asks for, beyond what its message shows. */
export interface InvoiceTerms {
  payload: string
  currency: string
  amount: number
  needsAddress: boolean
  flexible: boolean
  /** Where forwarded copies lead instead of to the payment sheet; empty lets anybody pay them. */
  startParameter: string
}

/** A payment in Stars, which can be given back. */
export interface Charge {
  personId: number
  payload: string
  amount: number
  refunded: boolean
}

export interface SandboxOptions {
  clock: Clock
  token?: string
  username?: string
  /** What the bot is called. */
  name?: string
  /** Telegram's flood limits: on (default), off, or other figures. */
  flood?: boolean | Partial<FloodLimits>
  /** How many API calls and history entries are remembered (default 50,000). */
  remember?: number
  /** Numbers of messages and updates go on from here, for a bot that remembers those of an earlier run. */
  numbersFrom?: number
}

/** Everything the stand-in for Telegram knows. One bot, its people, chats and files. */
export interface Sandbox {
  clock: Clock
  bot: BotAccount
  people: Map<number, Person>
  chats: Map<number, ChatState>
  files: FileStore
  updates: UpdateQueue
  webhook: Webhook
  flood: FloodGate
  faults: Faults
  calls: CallLog
  queries: Queries
  /** By `chatId:messageId`. */
  invoices: Map<string, InvoiceTerms>
  /** Stars that were paid, by telegram_payment_charge_id. */
  charges: Map<string, Charge>
  /** What the bot earned and gave back in Stars, oldest first. */
  starTransactions: StarTransaction[]
  events: SandboxEvents
  /** Pushes and mails, which the chat page shows beside the chats. */
  arrivals: Arrivals
  lastMessageId: number
  remember: number
}

export function createSandbox(options: SandboxOptions): Sandbox {
  const { clock, remember = 50_000, numbersFrom = 0 } = options
  const events = createEvents(clock)
  const updates = createUpdateQueue(clock, numbersFrom)
  return {
    clock,
    bot: createBot(options),
    people: new Map(),
    chats: new Map(),
    files: createFileStore(),
    updates,
    webhook: createWebhook(clock, updates),
    flood: createFloodGate(clock, options.flood ?? true),
    faults: createFaults(),
    calls: createCallLog(clock, remember),
    queries: createQueries(clock),
    invoices: new Map(),
    charges: new Map(),
    starTransactions: [],
    events,
    arrivals: createArrivals(events, clock),
    lastMessageId: numbersFrom,
    remember,
  }
}

function createBot({
  token = defaultToken,
  username = 'littleshop_bot',
  name = 'LittleShop',
}: SandboxOptions): BotAccount {
  const user: UserFromGetMe = {
    id: Number(token.split(':')[0]),
    is_bot: true,
    first_name: name,
    username,
    can_join_groups: true,
    can_read_all_group_messages: true,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: true,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  }
  return { token, user, commands: new Map(), descriptions: new Map(), menuButtons: new Map() }
}
