import { changeEntry, findEntry, type LedgerRow, listEntriesOfOrder } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { planForPayer, refreshMatterCards } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { surplusOf } from './matter-options.ts'
import { leftOfCharge, markLeft } from './refundable.ts'
import { settleMoney } from './settle-money.ts'
import { dropStart } from './tell-of-refund.ts'

export interface Finished {
  raw: string
  reference?: string | undefined
  actor: Actor
  /** What else is to be remembered of it. */
  data?: Record<string, unknown>
  requestKey?: string | undefined
}

/** The money has reached the customer: the refund is done, and its order and its charge follow. */
export function finishRefund(work: Work, refund: LedgerRow, finished: Finished): void {
  const { raw, reference = refund.reference, actor, requestKey } = finished
  const { now, tx } = work
  changeEntry(tx, refund, { state: 'done', raw, reference, checkAt: null, trouble: null, now })
  const charge = refund.charge_id === null ? undefined : findEntry(tx, refund.charge_id)
  if (charge?.state === 'open' && leftOfCharge(tx, charge).amountMinor === 0)
    changeEntry(tx, charge, { state: 'returned', trouble: null, now })
  const data = { entryId: refund.id, amountMinor: refund.order_minor, ...finished.data }
  const order = refund.order_id === null ? undefined : findOrder(tx, refund.order_id)
  if (!order) {
    const id = recordEvent(work, { type: 'refunded', orderId: null, actor, data, requestKey })
    planForPayer(work, { id, type: 'refunded', actor }, refund.person_id)
    refreshMatterCards(work, null)
    return
  }
  dropStart(work, refund)
  dropSurplus(work, order)
  const marked = { ...order, needs_review: markLeft(tx, order) }
  settleMoney(work, marked, { actor, paid: 'refunded', otherwise: 'refunded', data, requestKey })
}

/** A surplus that is there no more, gone back or never come, waits for no decision. */
export function dropSurplus({ tx, now }: Work, order: OrderRow): void {
  if (surplusOf(tx, order) > 0) return
  for (const entry of listEntriesOfOrder(tx, order.id)) {
    if (entry.trouble === 'too_much') changeEntry(tx, entry, { trouble: null, now })
  }
}
