import { listEntriesOfOrder } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { newKey } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { conflict } from '../orders/after-change.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { applyCharge } from './apply-charge.ts'
import { ledgerOf } from './enter-rest.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'
import { storeCharge } from './store-charge.ts'

/**
 * Takes in all that an order still owed when it was cancelled or its time was over: the money is in the ledger, and waits
 * for a decision. Throws a ShopError conflict when some waits for one already.
 */
export function takeLatePayment(
  work: Work,
  order: OrderRow,
  { actor, requestKey }: { actor: Actor; requestKey?: string | undefined },
): OrderRow {
  const amountMinor = dueOf(moneyOf(order))
  if (amountMinor === 0) throw conflict(order)
  if (listEntriesOfOrder(work.tx, order.id).some((entry) => entry.kind === 'charge' && entry.trouble))
    throw new ShopError('conflict', `Money for order #${order.id} waits for a decision already.`)
  const chargeId = storeCharge(work, {
    provider: ledgerOf(order),
    reference: `by-hand:${newKey()}`,
    orderId: order.id,
    personId: order.person_id,
    amountMinor,
    currency: order.currency,
    orderMinor: amountMinor,
    at: work.now,
    raw: JSON.stringify({ enteredBy: actor.name }),
  })
  const data = { chargeId, amountMinor }
  recordEvent(work, { type: 'late_payment', orderId: order.id, actor, data, requestKey })
  applyCharge(work, chargeId, actor)
  return findOrder(work.tx, order.id) ?? order
}
