import { findNotice } from '../../db/notices.ts'
import { setNoticeSeen } from '../../db/proof.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Shop } from '../work.ts'

/** Notes that a notice was seen on a screen, or opened; what is known already changes nothing. */
export function noteReceipt(
  shop: Shop,
  { noticeId, what }: { noticeId: number; what: 'shown' | 'opened' },
): void {
  const notice = findNotice(shop.db, noticeId)
  if (!notice) throw new ShopError('not_found', 'There is no such notice.')
  if ((what === 'shown' ? notice.shown_at : notice.opened_at) !== null) return
  // Who opens a notice has seen it, also where the browser showed it by itself and said nothing.
  shop.write(({ tx, now }) =>
    setNoticeSeen(tx, { id: noticeId, shown: now, opened: what === 'opened' ? now : null }),
  )
  shop.tell({ kind: 'notice', noticeId })
}
