import { type Clock, systemClock } from '../../src/lib/clock.ts'
import type { ApiCall } from './call-log.ts'
import { PersonDriver } from './driver-person.ts'
import type { Faults } from './faults.ts'
import type { FloodLimits } from './flood.ts'
import * as people from './people.ts'
import { createSandbox, type Sandbox } from './sandbox.ts'
import { serve } from './server.ts'
import type { ChatState } from './state.ts'

export interface TelegramOptions {
  /** 0 (default) takes a free one. */
  port?: number
  token?: string
  username?: string
  /** What the bot is called. */
  name?: string
  flood?: boolean | Partial<FloodLimits>
  clock?: Clock
  remember?: number
  /** Numbers of messages and updates go on from here, for a bot that remembers those of an earlier run. */
  numbersFrom?: number
}

/** A running stand-in for Telegram, and the hands on it. */
export interface Telegram {
  /** For grammY: `new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } })`. */
  apiRoot: string
  url: string
  token: string
  /** A person, added on first mention. */
  person(details: people.PersonDetails): PersonDriver
  group(details: people.GroupDetails): ChatState
  /** Calls of the bot, oldest first; without a name all but getUpdates. */
  calls(method?: string): ApiCall[]
  faults: Pick<Faults, 'answerNext' | 'duplicateUpdates' | 'delayUpdates' | 'clear' | 'active'>
  /** Updates the bot confirmed: by a later offset, or by answering the webhook with 2xx. */
  confirmedUpdateIds(): number[]
  pendingUpdates(): number
  /** Resolves when every update was confirmed. */
  idle(): Promise<void>
  /** How often the flood limits had to answer 429. */
  floodViolations(): number
  /** Everything inside, for what the driver has no word for. */
  sandbox: Sandbox
  stop(): Promise<void>
}

export async function startTelegram(options: TelegramOptions = {}): Promise<Telegram> {
  const { port = 0, clock = systemClock, ...rest } = options
  const sandbox = createSandbox({ clock, ...rest })
  const server = await serve(sandbox, port)
  return {
    apiRoot: server.url,
    url: server.url,
    token: sandbox.bot.token,
    person: (details) => new PersonDriver(sandbox, people.addPerson(sandbox, details)),
    group: (details) => people.addGroup(sandbox, details),
    calls: (method) => sandbox.calls.list(method),
    faults: sandbox.faults,
    confirmedUpdateIds: () => sandbox.updates.confirmedIds(),
    pendingUpdates: () => sandbox.updates.pending().length,
    idle: () => sandbox.updates.idle(),
    floodViolations: () => sandbox.flood.violations(),
    sandbox,
    stop: server.stop,
  }
}
