import { readTargets } from '../shop/reports/targets.ts'
import type { Shop } from '../shop/work.ts'
import type { Workplace } from './jobs.ts'

/** Shows a collector what the shop reaches of what it promises. */
export async function measureTargets(
  shop: Shop,
  _stopping: AbortSignal,
  { metrics }: Workplace,
): Promise<number> {
  for (const { name, value, limit } of await readTargets(shop, metrics)) {
    metrics.targetLimit.set({ target: name }, limit)
    if (value === null) metrics.targetValue.remove({ target: name })
    else metrics.targetValue.set({ target: name }, value)
  }
  return 0
}
