import { setImmediate as breathe } from 'node:timers/promises'

/** So many rows a transaction: whoever presses a button meanwhile waits for milliseconds. */
export const BATCH = 100

/** Calls `doSome` until it does less than a whole batch; between two of them others have their turn. Returns how much it did. */
export async function inBatches(stopping: AbortSignal, doSome: (limit: number) => number): Promise<number> {
  let done = 0
  while (!stopping.aborted) {
    const some = doSome(BATCH)
    done += some
    if (some < BATCH) break
    await breathe()
  }
  return done
}
