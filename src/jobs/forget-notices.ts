import { forgetNoticeRows, listOldNotices } from '../db/forget.ts'
import type { Shop } from '../shop/work.ts'
import { forgetOld } from './forget-old.ts'
import type { Workplace } from './jobs.ts'

/** Forgets notices of long ago whose fate is known and whose order is over; the counts of the notices page stay. */
export function forgetNotices(
  { clock, db }: Shop,
  stopping: AbortSignal,
  { keep }: Workplace,
): Promise<number> {
  return forgetOld(stopping, clock.now() - keep.noticesMs, {
    list: (page) => listOldNotices(db, page),
    forget: (ids) => db.write((tx) => forgetNoticeRows(tx, ids)),
  })
}
