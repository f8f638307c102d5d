import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import type { Clock } from '../lib/clock.ts'
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

const LONG_POLL_SECONDS = 30
const RETRIES_ON_CONFLICT = 6
// Always the same: a pause that grows with the outage would leave customers unheard long after its end.
const PAUSE_MS = 2_000

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
  const { api, inbox, clock, log, onFatal } = parts
  const end = new AbortController()
  const ended = new Promise<void>((resolve) => end.signal.addEventListener('abort', () => resolve()))

  async function poll(): Promise<void> {
    let offset = 0
    let conflicts = 0
    while (!end.signal.aborted) {
      try {
        const updates = await fetchUpdates(api, offset, end.signal)
        conflicts = 0
        inbox.receive(updates)
        offset = (updates.at(-1)?.update_id ?? offset - 1) + 1
        await Promise.race([inbox.room(), ended])
      } catch (error) {
        if (end.signal.aborted) return
        const code = error instanceof GrammyError ? error.error_code : 0
        conflicts = code === 409 ? conflicts + 1 : 0
        if (code === 401 || conflicts > RETRIES_ON_CONFLICT) return onFatal(error)
        // With a full disk the updates stay with Telegram, which keeps them for a day.
        log.warn({ err: error }, 'updates could not be fetched or stored; trying again')
        await Promise.race([pause(clock, error), ended])
      }
    }
  }

  const polling = poll()
  return {
    stop() {
      end.abort()
      return polling
    },
  }
}

function fetchUpdates(api: Api, offset: number, signal: AbortSignal): Promise<Update[]> {
  const options = { offset, timeout: LONG_POLL_SECONDS, allowed_updates: [...ALLOWED_UPDATES] }
  // grammY asks for its own AbortSignal type; at run time it is the same one.
  return api.getUpdates(options, signal as never)
}

function pause(clock: Clock, error: unknown): Promise<void> {
  const wished = error instanceof GrammyError ? (error.parameters.retry_after ?? 0) * 1000 : 0
  return new Promise((resolve) => clock.after(Math.max(PAUSE_MS, wished), resolve))
}
