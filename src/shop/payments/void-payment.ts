import { changeEntry, findEntry, type LedgerRow, listRefundsOfCharge } from '../../db/ledger.ts'
import { extendPaymentTime, findOrder, type OrderRow, setNeedsReview } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { refreshOrderCards } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { dropSurplus } from './finish-refund.ts'
import { windowOf } from './provider.ts'
import { markLeft } from './refundable.ts'
import { requireDesk } from './require-desk.ts'
import { settleMoney } from './settle-money.ts'

export interface VoidPayment {
  entryId: number
  reason: string
  actor: Actor
}

const MAX_REASON = 300

/** Whether an entry of the ledger was made by people, and could have been a mistake. */
export function isVoidable(entry: LedgerRow): boolean {
  const byHand = entry.provider === 'cash' || entry.provider === 'transfer'
  return entry.kind === 'charge' && byHand && (entry.state === 'applied' || entry.state === 'open')
}

/**
 * Takes back money that somebody entered by mistake: the charge stays in the ledger as void, and its order owes it again.
 * What is void already stays so. Throws a ShopError: not_found, forbidden, invalid, or conflict for what was never entered by hand, or is given back.
 */
export function voidPayment(work: Work, { entryId, reason, actor }: VoidPayment): void {
  requireDesk(actor)
  const entry = findEntry(work.tx, entryId)
  if (!entry) throw new ShopError('not_found', 'There is no such payment.')
  const words = cleanText(reason)
  if (!words || words.length > MAX_REASON) throw badReason(words)
  // Said twice, it is void all the same.
  if (entry.kind === 'charge' && entry.state === 'void') return
  checkVoidable(work, entry)
  const data = { entryId, chargeId: entryId, amountMinor: entry.order_minor, reason: words }
  const order = entry.order_id === null ? undefined : findOrder(work.tx, entry.order_id)
  changeEntry(work.tx, entry, { state: 'void', trouble: null, now: work.now })
  if (order && entry.state === 'applied') takeFromOrder(work, order, { actor, data })
  else noteVoided(work, order, { actor, data })
}

function badReason(words: string): ShopError {
  const message = words ? `Please use at most ${MAX_REASON} characters.` : 'Say what went wrong.'
  return new ShopError('invalid', message, { field: 'reason' })
}

function checkVoidable(work: Work, entry: LedgerRow): void {
  if (!isVoidable(entry))
    throw new ShopError('conflict', 'Only cash and transfers that were entered by hand can be taken back.')
  const refunds = listRefundsOfCharge(work.tx, entry.id)
  if (refunds.some((refund) => refund.state !== 'failed' && refund.state !== 'void'))
    throw new ShopError(
      'conflict',
      'Money was given back from this payment, so that it cannot be taken back.',
    )
}

/** The order owes it again; one that is being worked on is marked for a person to look at. */
function takeFromOrder(
  work: Work,
  order: OrderRow,
  cause: { actor: Actor; data: Record<string, unknown> },
): void {
  dropSurplus(work, order)
  const isMoving = order.fulfilment !== 'placed' && order.fulfilment !== 'cancelled'
  const missing = order.payment === 'paid' && isMoving
  const needs_review = missing ? 'It is not paid after all' : markLeft(work.tx, order)
  const type = 'payment_voided'
  const after = settleMoney(work, { ...order, needs_review }, { ...cause, paid: type, otherwise: type })
  if (after.stage !== 'unpaid' || order.stage === 'unpaid') return
  const windowMs = windowOf(work.providers, order.payment_method)
  extendPaymentTime(work.tx, { id: order.id, expiresAt: work.now + windowMs })
}

/** Money that never counted takes nothing from its order but the wait for a decision. */
function noteVoided(
  work: Work,
  order: OrderRow | undefined,
  cause: { actor: Actor; data: Record<string, unknown> },
): void {
  recordEvent(work, { type: 'payment_voided', orderId: order?.id ?? null, ...cause })
  if (!order) return
  setNeedsReview(work.tx, { id: order.id, reason: markLeft(work.tx, order), now: work.now })
  refreshOrderCards(work, order.id, work.now)
}
