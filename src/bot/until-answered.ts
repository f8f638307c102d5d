import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import { isWorthRetrying } from './telegram-errors.ts'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 5_000

/**
 * Calls Telegram until it answers: a shop that starts while Telegram is away is there as soon as Telegram is back.
 * `onAway` hears of each call without an answer. Throws what another try would not mend.
 */
export async function untilAnswered<T>(
  parts: { clock: Clock; log: Log; onAway?: () => void },
  call: () => Promise<T>,
): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await call()
    } catch (err) {
      if (!isWorthRetrying(err)) throw err
      parts.log.warn({ err, pause }, 'Telegram does not answer; trying again')
      parts.onAway?.()
    }
    await new Promise<void>((resolve) => parts.clock.after(pause, resolve))
  }
}
