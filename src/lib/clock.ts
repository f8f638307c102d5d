/** The only source of time. `now` is milliseconds since the Unix epoch, UTC. */
export interface Clock {
  now(): number
  /** Calls `fn` once after `ms` milliseconds; the returned function cancels it. */
  after(ms: number, fn: () => void): () => void
}

/** The machine's own time. Timers never keep the process alive by themselves. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms)
    timer.unref()
    return () => clearTimeout(timer)
  },
}

/** A clock for tests: stands still until told to go on, then runs what fell due, in order. */
export interface SettableClock extends Clock {
  advance(ms: number): void
}

/** A clock standing at `start` (ms since the epoch) until `advance` is called. */
export function settableClock(start = Date.UTC(2026, 0, 5, 9, 0, 0)): SettableClock {
  let now = start
  let timers: { due: number; fn: () => void }[] = []

  function runUntil(end: number): void {
    for (;;) {
      const next = timers.filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due)[0]
      if (!next) break
      timers = timers.filter((timer) => timer !== next)
      now = Math.max(now, next.due)
      next.fn()
    }
    now = end
  }

  return {
    now: () => now,
    after(ms, fn) {
      const timer = { due: now + ms, fn }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance: (ms) => runUntil(now + ms),
  }
}
