import type { OldPage, OldRow } from '../db/forget.ts'
import { inBatches } from './in-batches.ts'

/**
 * Walks from the oldest row to the first that is younger than `before`, and hands over the ids of those that may go.
 * Returns how many went.
 */
export async function forgetOld(
  stopping: AbortSignal,
  before: number,
  { list, forget }: { list: (page: OldPage) => OldRow[]; forget: (ids: number[]) => void },
): Promise<number> {
  let after = 0
  let forgotten = 0
  await inBatches(stopping, (limit) => {
    const rows = list({ after, before, limit }).filter(({ at }) => at < before)
    after = rows.at(-1)?.id ?? after
    const ids = rows.filter(({ mayGo }) => mayGo).map(({ id }) => id)
    if (ids.length > 0) forget(ids)
    forgotten += ids.length
    return rows.length
  })
  return forgotten
}
