import {
  type FetchedPictureRow,
  failPicture,
  forgetPicture,
  isPictureShown,
  keepFetchedPicture,
  listDuePictures,
} from '../../../db/fetched-pictures.ts'
import { ShopError } from '../../../lib/shop-error.ts'
import type { Shop } from '../../work.ts'
import { keepPicture } from './keep-picture.ts'

const MINUTE_MS = 60_000
/** How long to wait after each failed try; after the last one it is given up. */
const TRY_AGAIN_AFTER_MS = [1, 10, 60, 720].map((minutes) => minutes * MINUTE_MS)
/** Even if none of their servers answers, a run is over within seven minutes. */
const AT_ONCE = 20

export interface PictureWork {
  /** The bytes at an address. Throws a ShopError that says why they cannot be had. */
  fetchPicture(url: string, stopping: AbortSignal): Promise<Buffer>
  mediaFolder: string
}

/**
 * Fetches the pictures that products name by a link and keeps them in the shop's own sizes, one after the other; what is left
 * the next run does. A failed one is tried five times within a day. Returns how many were looked at.
 */
export async function prepareImages(shop: Shop, work: PictureWork, stopping: AbortSignal): Promise<number> {
  let done = 0
  for (const picture of listDuePictures(shop.db, shop.clock.now(), AT_ONCE)) {
    if (stopping.aborted) break
    await prepare(shop, picture, work, stopping)
    done += 1
  }
  return done
}

async function prepare(
  shop: Shop,
  picture: FetchedPictureRow,
  { fetchPicture, mediaFolder }: PictureWork,
  stopping: AbortSignal,
): Promise<void> {
  const { url } = picture
  if (!isPictureShown(shop.db, url)) return shop.db.write((tx) => forgetPicture(tx, url))
  try {
    const kept = await keepPicture(mediaFolder, await fetchPicture(url, stopping))
    shop.db.write((tx) => keepFetchedPicture(tx, { url, ...kept }))
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    // The shop closes: that says nothing of the picture.
    if (!stopping.aborted) giveWay(shop, picture, error.message)
  }
}

function giveWay({ db, clock }: Shop, { url, tries }: FetchedPictureRow, trouble: string): void {
  const wait = TRY_AGAIN_AFTER_MS[tries]
  const dueAt = wait === undefined ? null : clock.now() + wait
  db.write((tx) => failPicture(tx, { url, trouble, tries: tries + 1, dueAt }))
}
