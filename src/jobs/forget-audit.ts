import { forgetEventRows, listOldShopEvents } from '../db/forget.ts'
import type { Shop } from '../shop/work.ts'
import { forgetOld } from './forget-old.ts'
import type { Workplace } from './jobs.ts'

/** Forgets what happened to the shop itself long ago. An order's timeline stays with it, and what is about money for ever. */
export function forgetAudit(
  { clock, db }: Shop,
  stopping: AbortSignal,
  { keep }: Workplace,
): Promise<number> {
  return forgetOld(stopping, clock.now() - keep.auditMs, {
    list: (page) => listOldShopEvents(db, page),
    forget: (ids) => db.write((tx) => forgetEventRows(tx, ids)),
  })
}
