import { setTimeout as pause } from 'node:timers/promises'

/** Resolves once the condition is true; rejects after `ms` saying what did not happen. For things no event tells of. */
export async function until(
  what: string | (() => string),
  condition: () => boolean | Promise<boolean>,
  ms = 30_000,
): Promise<void> {
  const end = Date.now() + ms
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms: ${typeof what === 'string' ? what : what()}`)
    await pause(15)
  }
}
