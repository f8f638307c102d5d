import { findEntryByReference, type LedgerRow, listEntriesOfOrder } from '../../db/ledger.ts'
import type { OrderRow } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { newKey } from '../../lib/ids.ts'
import { formatMoney } from '../../lib/money.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { conflict } from '../orders/after-change.ts'
import { findOrderFor } from '../orders/take-step.ts'
import type { Actor, Work } from '../work.ts'
import { applyCharge } from './apply-charge.ts'
import { checkAmount } from './check-amount.ts'
import { ledgerOf } from './enter-rest.ts'
import { requireDesk } from './require-desk.ts'
import { storeCharge } from './store-charge.ts'

export interface RecordPayment {
  orderId: number
  version: number
  amountMinor: number
  note?: string | undefined
  actor: Actor
  /** Makes a repeated command harmless: the second one enters nothing. */
  requestKey?: string | undefined
}

/**
 * Enters money that somebody of the shop has seen, all that is owed or a part of it. What does not fit the order any more
 * waits for a decision. Throws a ShopError: not_found, forbidden, invalid for what is no amount,
 * or conflict when the order has changed meanwhile, or the same waits for a decision.
 */
export function recordPayment(work: Work, command: RecordPayment): void {
  const { orderId, amountMinor, actor, requestKey } = command
  requireDesk(actor)
  checkAmount(amountMinor)
  const order = findOrderFor(work, actor, orderId)
  const note = cleanText(command.note ?? '')
  const named = { provider: ledgerOf(order), reference: `by-hand:${requestKey ?? newKey()}` }
  const known = findEntryByReference(work.tx, { kind: 'charge', ...named })
  if (known && (known.order_id !== orderId || known.amount_minor !== amountMinor))
    throw new ShopError('conflict', 'This key was used for something else before.')
  if (known) return
  if (order.version !== command.version) throw conflict(order)
  checkNotWaiting(work, order, amountMinor)
  const id = storeCharge(work, {
    ...named,
    orderId,
    personId: order.person_id,
    amountMinor,
    currency: order.currency,
    orderMinor: amountMinor,
    at: work.now,
    raw: JSON.stringify({ enteredBy: actor.name, ...(note && { note }) }),
  })
  applyCharge(work, id, actor)
}

/** Money that waits for a decision leaves its order as it is, so that two people could enter it one after another. */
function checkNotWaiting(work: Work, order: OrderRow, amountMinor: number): void {
  const isSame = (entry: LedgerRow) =>
    entry.provider === ledgerOf(order) && entry.state === 'open' && entry.amount_minor === amountMinor
  if (!listEntriesOfOrder(work.tx, order.id).some((entry) => entry.trouble !== null && isSame(entry))) return
  const amount = formatMoney(amountMinor, order.currency)
  throw new ShopError(
    'conflict',
    `${amount} for order #${order.id} was entered already, and waits for a decision. Decide about that first.`,
  )
}
