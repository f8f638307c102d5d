import type { Sandbox } from './sandbox.ts'

/** How long to wait for what must come, ms of real time: a busy machine is slow, not wrong. */
export const PATIENCE_MS = 60_000

/** Resolves with what `find` finds, now or after some later event; rejects after `timeout` ms of real time. */
export function waitFor<Found>(
  sandbox: Sandbox,
  find: () => Found | undefined,
  timeout = PATIENCE_MS,
  problem: () => string = () => 'it did not happen',
): Promise<Found> {
  const { promise, resolve, reject } = Promise.withResolvers<Found>()
  const now = find()
  if (now !== undefined) return Promise.resolve(now)
  const stop = sandbox.events.listen(() => {
    const found = find()
    if (found === undefined) return
    finish()
    resolve(found)
  })
  const timer = setTimeout(() => {
    finish()
    reject(new Error(`Waited ${timeout} ms: ${problem()}`))
  }, timeout)
  function finish(): void {
    clearTimeout(timer)
    stop()
  }
  return promise
}
