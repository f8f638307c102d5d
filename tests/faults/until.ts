import { setTimeout as pause } from 'node:timers/promises'

/** Long, for it says nothing of the shop how slow a busy machine is; still shorter than a test may take. */
const PATIENCE_MS = 120_000

/** Resolves once the condition is true; rejects much later, saying what did not happen. For things no event tells of. */
export async function until(
  what: string | (() => string),
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (!(await condition())) {
    if (Date.now() > end)
      throw new Error(`waited ${PATIENCE_MS} ms: ${typeof what === 'string' ? what : what()}`)
    await pause(15)
  }
}
