import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type ShopProcess, startShopProcess } from '../../sandbox/shop-process.ts'
import { keepLine } from '../suite-log.ts'

export const FAST = join(import.meta.dirname, 'shop-entry.ts')

/** Starts a shop in a process of its own; whatever becomes of the test, the process does not outlive it. */
export function startShop(entry: string, env: Record<string, string>): Promise<ShopProcess> {
  return startShopProcess(entry, env, { onStart: (kill) => onTestFinished(kill), onLine: keepLine })
}
