import { releaseStock, shipStock } from '../../db/catalogue.ts'
import { listLineItems, markRestocked, type OrderRow } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { formatMoney } from '../../lib/money.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { conflict } from '../orders/after-change.ts'
import { REFUND_ASKED } from '../orders/ask-refund.ts'
import { findOrderFor, isDoneBefore } from '../orders/take-step.ts'
import type { Actor, Work } from '../work.ts'
import { MONEY_WAITS } from './announce-money-matter.ts'
import { giveBack } from './give-back.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'
import { markLeft, refundableOf } from './refundable.ts'
import { requireDesk } from './require-desk.ts'
import { settleMoney } from './settle-money.ts'
import { tellStartAt } from './tell-of-refund.ts'

export interface RefundOrder {
  orderId: number
  version: number
  /** In the order's currency. */
  amountMinor: number
  actor: Actor
  reason?: string | undefined
  /** Pieces that go back on the shelf. */
  restock?: { lineItemId: number; quantity: number }[] | undefined
  requestKey?: string | undefined
}

const MAX_REASON = 300

/**
 * Gives money of an order back, all of it or a part: the refunds are in the ledger and the customer is told with this; the
 * money moves after the commit, or by hand. Throws a ShopError: not_found, forbidden, invalid (more than there is, not in
 * such parts, goods that cannot go back on the shelf), or conflict when somebody else was quicker.
 */
export function refundOrder(work: Work, command: RefundOrder): OrderRow {
  requireDesk(command.actor)
  const order = findOrderFor(work, command.actor, command.orderId)
  if (isDoneBefore(work, command, 'refund_started')) return order
  if (order.version !== command.version) throw conflict(order)
  checkPaid(order)
  const { amountMinor } = command
  const reason = cleanText(command.reason ?? '')
  if (reason.length > MAX_REASON) throw invalid('reason', `Please use at most ${MAX_REASON} characters.`)
  checkAmount(work, order, amountMinor)
  const entryIds = giveBack(work, order, amountMinor, { reason, at: work.now })
  const restocked = restock(work, order, command.restock ?? [])
  const data = {
    ...(entryIds.length === 1 && { entryId: entryIds[0] }),
    entryIds,
    amountMinor,
    ...(reason && { reason }),
    ...(restocked.length > 0 && { restocked }),
  }
  return settleMoney(work, withoutMark(work, order), {
    actor: command.actor,
    paid: 'refund_started',
    otherwise: 'refund_started',
    data,
    requestKey: command.requestKey,
    tellAt: tellStartAt(work, entryIds),
  })
}

/** The order without what it was marked with, where giving the money back is the answer to it; other money may still wait. */
function withoutMark(work: Work, order: OrderRow): OrderRow {
  const isAnswered = order.needs_review === REFUND_ASKED
  const needs_review = isAnswered ? MONEY_WAITS : order.needs_review
  return { ...order, needs_review: markLeft(work.tx, { ...order, needs_review }) }
}

function checkPaid(order: OrderRow): void {
  const due = dueOf(moneyOf(order))
  if (due === 0 || order.fulfilment === 'cancelled') return
  throw new ShopError(
    'conflict',
    `Order #${order.id} still waits for ${formatMoney(due, order.currency)}. Cancel it to give back what has come in.`,
  )
}

function checkAmount(work: Work, order: OrderRow, amountMinor: number): void {
  if (!Number.isSafeInteger(amountMinor) || amountMinor < 1)
    throw invalid('amountMinor', 'Enter an amount above zero.')
  const most = refundableOf(work.tx, order)
  if (most === 0) throw invalid('amountMinor', `There is no money of order #${order.id} left to give back.`)
  if (amountMinor > most)
    throw invalid('amountMinor', `At most ${formatMoney(most, order.currency)} can be given back.`)
}

/** Puts pieces that had left back on the shelf. Returns what they were. */
function restock(work: Work, order: OrderRow, lines: { lineItemId: number; quantity: number }[]) {
  if (lines.length === 0) return []
  if (order.fulfilment !== 'dispatched' && order.fulfilment !== 'delivered')
    throw invalid('restock', 'Only goods that have left can be put back on the shelf.')
  const items = listLineItems(work.tx, order.id)
  return lines.map(({ lineItemId, quantity }) => {
    const item = items.find((one) => one.id === lineItemId)
    if (!item) throw invalid('restock', `Order #${order.id} has no such line.`)
    if (!markRestocked(work.tx, { id: lineItemId, orderId: order.id, quantity }))
      throw invalid('restock', `At most ${item.quantity - item.restocked} of ${item.title} can be put back.`)
    shipStock(work.tx, item.variant_id, -quantity)
    releaseStock(work.tx, item.variant_id, quantity)
    return { title: item.title, quantity }
  })
}

function invalid(field: string, message: string): ShopError {
  return new ShopError('invalid', message, { field })
}
