import { createRunner, createSource, createUpdateFetcher, type RunnerHandle } from '@grammyjs/runner'
import { type Bot, type Context, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '../lib/log.ts'
import type { Inbox } from './inbox.ts'

/** Asked for in every call: left out, Telegram goes on with whatever was asked for before. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'pre_checkout_query',
  'shipping_query',
  'my_chat_member',
] as const

const RETRIES_ON_CONFLICT = 6
const CONFLICT_PAUSE_MS = 2_000
const STORE_PAUSE_MS = 1_000

export interface Polling {
  stop(): Promise<void>
}

/**
 * Fetches updates by long polling into the inbox; the next fetch, which confirms them, begins once they are on disk.
 * Calls `onFatal` when Telegram will not have us any more: a revoked token, or a second poller that stays.
 */
export function startPolling<C extends Context>(
  bot: Bot<C>,
  inbox: Inbox,
  log: Log,
  onFatal: (error: unknown) => void,
): Polling {
  let runner: RunnerHandle | undefined
  let stopped = false

  async function poll(): Promise<void> {
    for (let conflicts = 0; !stopped; conflicts++) {
      try {
        runner = run(bot, inbox, log)
        return await runner.task()
      } catch (error) {
        if (stopped) return
        if (!isConflict(error) || conflicts >= RETRIES_ON_CONFLICT) return onFatal(error)
        log.warn('another process fetches the updates of this bot; trying again')
        await new Promise((resolve) => setTimeout(resolve, CONFLICT_PAUSE_MS))
      }
    }
  }

  const ended = poll()
  return {
    async stop() {
      stopped = true
      if (runner?.isRunning()) await runner.stop()
      await ended
    },
  }
}

function run<C extends Context>(bot: Bot<C>, inbox: Inbox, log: Log): RunnerHandle {
  const fetch = createUpdateFetcher(bot, { fetch: { allowed_updates: [...ALLOWED_UPDATES] } })
  const runner = createRunner(createSource({ supply: fetch }), {
    handle: async (updates: readonly Update[]) => {
      await storePatiently(updates, inbox, log)
      await inbox.room()
      return Number.POSITIVE_INFINITY
    },
    size: () => 0,
    snapshot: () => [],
  })
  runner.start()
  return runner
}

// With a full disk the updates stay with Telegram, which keeps them for a day.
async function storePatiently(updates: readonly Update[], inbox: Inbox, log: Log): Promise<void> {
  for (;;) {
    try {
      return inbox.receive(updates)
    } catch (err) {
      log.error({ err }, 'updates could not be stored; trying again')
      await new Promise((resolve) => setTimeout(resolve, STORE_PAUSE_MS))
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409
}
