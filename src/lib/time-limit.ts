import type { Clock } from './clock.ts'

/** Aborts `signal` after `ms` on this clock, unless `end` is called before. */
export function timeLimit(clock: Clock, ms: number): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController()
  const end = clock.after(ms, () => controller.abort(new Error(`no answer within ${ms / 1000} s`)))
  return { signal: controller.signal, end }
}
