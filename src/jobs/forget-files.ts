import { opendir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Reader } from '../db/database.ts'
import { forgetPicture, isPictureShown, listKeptAddresses } from '../db/fetched-pictures.ts'
import { hasImageLike, listProofsOfFile } from '../db/forget.ts'
import type { Shop } from '../shop/work.ts'
import { BATCH } from './in-batches.ts'
import type { Workplace } from './jobs.ts'

/** Younger files may be waiting for the row that will name them. */
const ORPHAN_MS = 24 * 3_600_000

/**
 * Removes pictures and receipts that no row names, as a crash leaves them, those fetched for products that show others by
 * now, and receipts of orders that were over long ago. That there was a receipt, and who approved it, stays. Returns how many files went.
 */
export async function forgetFiles(shop: Shop, stopping: AbortSignal, place: Workplace): Promise<number> {
  const { db, clock } = shop
  const overBefore = clock.now() - place.keep.proofsMs
  await forgetUnshown(shop, stopping)
  const proofs = await sweep(place.proofsFolder, stopping, (file) => isProofNeeded(db, file, overBefore))
  return proofs + (await sweep(place.mediaFolder, stopping, (file) => isPictureNeeded(db, file)))
}

/** What no product shows any more would be fetched again, should one show it. */
async function forgetUnshown({ db }: Shop, stopping: AbortSignal): Promise<void> {
  let after: string | undefined = ''
  while (after !== undefined && !stopping.aborted) {
    const urls = listKeptAddresses(db, { after, limit: BATCH })
    db.write((tx) => {
      for (const url of urls) if (!isPictureShown(tx, url)) forgetPicture(tx, url)
    })
    after = urls.at(-1)
    await breathe()
  }
}

function isProofNeeded(db: Reader, file: string, overBefore: number): boolean {
  return listProofsOfFile(db, file).some(
    ({ state, fulfilment, updated_at: updatedAt }) =>
      state === 'waiting' ||
      (fulfilment !== 'delivered' && fulfilment !== 'cancelled') ||
      updatedAt >= overBefore,
  )
}

/** A smaller copy of a picture lies beside it, under the same name with another ending. */
function isPictureNeeded(db: Reader, file: string): boolean {
  return !file.endsWith('.part') && hasImageLike(db, `${file.split('.')[0]}.`)
}

async function sweep(
  folder: string,
  stopping: AbortSignal,
  isNeeded: (file: string) => boolean,
): Promise<number> {
  let removed = 0
  for await (const entry of await opendir(folder)) {
    if (stopping.aborted) break
    const path = join(folder, entry.name)
    if (!entry.isFile() || isNeeded(entry.name) || !(await isOld(path))) continue
    await rm(path, { force: true })
    removed += 1
  }
  return removed
}

/** By the machine's own time, as files are dated by it. */
async function isOld(path: string): Promise<boolean> {
  return Date.now() - (await stat(path)).mtimeMs > ORPHAN_MS
}
