import { setTimeout as lull } from 'node:timers/promises'
import { createRunner, createSource } from '@grammyjs/runner'
import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import { ALLOWED_UPDATES } from './allowed-updates.ts'
import type { Inbox } from './inbox.ts'

const LONG_POLL_SECONDS = 30
const RETRIES_ON_CONFLICT = 6
// Always the same: a pause that grows with the outage would leave customers unheard long after its end.
const PAUSE_MS = 2_000
// In a crowd one fetch and one commit then take what would have been several; nobody notices it.
const LULL_MS = 4

type Signal = NonNullable<Parameters<Api['getUpdates']>[1]>

export interface Polling {
  stop(): Promise<void>
}

export interface PollingParts {
  api: Api
  inbox: Inbox
  clock: Clock
  log: Log
  /** Called when Telegram will not have us any more: a revoked token, or a second poller that stays. */
  onFatal(error: unknown): void
}

/** Fetches updates by long polling into the inbox; the next fetch, which confirms them, begins once they are on disk. */
export function startPolling(parts: PollingParts): Polling {
  const ended = Promise.withResolvers<void>()
  const supply = supplyFrom(parts, ended.promise)
  const runner = createRunner(createSource({ supply }), {
    handle: async () => {
      await Promise.race([parts.inbox.room(), ended.promise])
      return Number.POSITIVE_INFINITY
    },
    size: () => 0,
    snapshot: () => [],
  })
  runner.start()
  const polling = runner.task()?.catch(parts.onFatal)
  return {
    async stop() {
      ended.resolve()
      if (runner.isRunning()) await runner.stop()
      await polling
    },
  }
}

/**
 * Makes the function that resolves with the next updates, stored. The runner's own would confirm before that, and pause
 * for hours after a long outage. It throws when it is stopped, and when Telegram will not have us any more.
 */
function supplyFrom({ api, inbox, clock, log }: PollingParts, ended: Promise<void>) {
  let offset = 0
  let conflicts = 0
  return async function supply(_most: number, signal: Signal): Promise<Update[]> {
    for (;;) {
      try {
        const options = { offset, timeout: LONG_POLL_SECONDS, allowed_updates: [...ALLOWED_UPDATES] }
        const updates = await api.getUpdates(options, signal)
        conflicts = 0
        inbox.receive(updates)
        offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
        if (updates.length > 0) await lull(LULL_MS)
        return updates
      } catch (error) {
        const code = error instanceof GrammyError ? error.error_code : 0
        conflicts = code === 409 ? conflicts + 1 : 0
        if (signal.aborted || code === 401 || conflicts > RETRIES_ON_CONFLICT) throw error
        // With a full disk the updates stay with Telegram, which keeps them for a day.
        log.warn({ err: error }, 'updates could not be fetched or stored; trying again')
        await Promise.race([pause(clock, error), ended])
      }
    }
  }
}

function pause(clock: Clock, error: unknown): Promise<void> {
  const wished = error instanceof GrammyError ? (error.parameters.retry_after ?? 0) * 1000 : 0
  return new Promise((resolve) => clock.after(Math.max(PAUSE_MS, wished), resolve))
}
