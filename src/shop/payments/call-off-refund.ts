import { changeEntry, findEntry, type LedgerRow, listEntriesOfOrder } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import type { Work } from '../work.ts'
import { announceOrderMoney, announceSurplusAgain } from './announce-money-matter.ts'
import { applyCharge } from './apply-charge.ts'
import { changeRefund, findRefundFor, type RefundCommand } from './change-refund.ts'
import { unkeptSurplusOf } from './matter-options.ts'
import { undecidedOf } from './refundable.ts'
import { tellCalledOff } from './tell-of-refund.ts'

/**
 * Calls a refund off that has not moved any money. Money that waited for a decision waits for one again, and the customer is
 * told when they knew of the refund. Throws a ShopError: not_found, forbidden, or conflict.
 */
export function callOffRefund(work: Work, command: RefundCommand): void {
  const refund = findRefundFor(work, command, 'call_off', 'refund_called_off')
  if (!refund) return
  const { actor, requestKey } = command
  const change = { state: 'void', checkAt: null, now: work.now } as const
  const type = 'refund_called_off'
  const id = changeRefund(work, refund, change, { type, actor, requestKey })
  const charge = refund.charge_id === null ? undefined : findEntry(work.tx, refund.charge_id)
  const order = refund.order_id === null ? undefined : findOrder(work.tx, refund.order_id)
  if (charge?.state === 'open') judgeAsNew(work, charge)
  else if (charge && order) {
    tellCalledOff(work, { id, type, actor }, { refund, charge, order })
    askAgain(work, charge, order)
  }
}

/** A charge that never counted is judged as if it had just come. */
function judgeAsNew(work: Work, charge: LedgerRow): void {
  if (charge.trouble !== null) return
  changeEntry(work.tx, charge, { state: 'received', now: work.now })
  applyCharge(work, charge.id)
}

/** What was to become of money that counts has to be said once more, when its order does not need it. */
function askAgain(work: Work, charge: LedgerRow, order: OrderRow): void {
  if (order.fulfilment === 'cancelled') {
    const left = undecidedOf(work.tx, order)
    if (left > 0) announceOrderMoney(work, order, left, work.now)
    return
  }
  const isAsked = listEntriesOfOrder(work.tx, order.id).some(({ trouble }) => trouble === 'too_much')
  const surplus = unkeptSurplusOf(work.tx, order)
  if (isAsked || surplus === 0) return
  changeEntry(work.tx, charge, { trouble: 'too_much', now: work.now })
  announceSurplusAgain(work, charge, surplus)
}
