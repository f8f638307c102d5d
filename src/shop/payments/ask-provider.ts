import { backoffMs } from '../../lib/backoff.ts'
import type { Log } from '../../lib/log.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Shop } from '../work.ts'

/** What everything that talks to providers works with. */
export interface Desk {
  shop: Shop
  log: Log
  random(): number
}

export type Answer<T> = { got: T } | { refused: string } | { failed: string; checkAt: number }

/**
 * Asks a provider, and turns what is thrown into an answer: a ShopError is its last word, everything else may pass and is
 * worth asking again. What went wrong is logged the first time only.
 */
export async function askProvider<T>(
  { shop, log, random }: Desk,
  about: { what: string; attempts: number },
  ask: () => Promise<T>,
): Promise<Answer<T>> {
  try {
    return { got: await ask() }
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    if (error instanceof ShopError) return { refused: words }
    if (about.attempts === 0) log.warn({ reason: words }, `${about.what}: trying again until it works`)
    return { failed: words, checkAt: shop.clock.now() + backoffMs(about.attempts + 1, random) }
  }
}
