import type { OrderRow } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { conflict } from '../orders/after-change.ts'
import { findOrderFor, isDoneBefore } from '../orders/take-step.ts'
import type { Actor, Work } from '../work.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'
import { requireDesk } from './require-desk.ts'
import { settleMoney } from './settle-money.ts'

export interface WaiveRest {
  orderId: number
  version: number
  actor: Actor
  reason?: string | undefined
  requestKey?: string | undefined
}

const MAX_REASON = 300

/** Whether the shop can do without the rest of an order: a part has come, and it still waits for more. */
export function mayWaive(order: OrderRow): boolean {
  const hasPart = order.charged_minor > order.refunded_minor
  return hasPart && order.fulfilment !== 'cancelled' && dueOf(moneyOf(order)) > 0
}

/**
 * Does without the rest of a part-paid order, which is then paid. Throws a ShopError: not_found, forbidden, invalid, or
 * conflict when nothing is left to do without.
 */
export function waiveRest(work: Work, command: WaiveRest): OrderRow {
  const { actor, requestKey } = command
  requireDesk(actor)
  const order = findOrderFor(work, actor, command.orderId)
  if (isDoneBefore(work, command, 'rest_waived')) return order
  if (order.version !== command.version) throw conflict(order)
  if (!mayWaive(order))
    throw new ShopError('conflict', `There is no rest of order #${order.id} that the shop could do without.`)
  const reason = cleanText(command.reason ?? '')
  if (reason.length > MAX_REASON)
    throw new ShopError('invalid', `Please use at most ${MAX_REASON} characters.`, { field: 'reason' })
  const amountMinor = dueOf(moneyOf(order))
  const data = { amountMinor, ...(reason && { reason }) }
  const waivedMinor = order.waived_minor + amountMinor
  const type = 'rest_waived'
  return settleMoney(work, order, { actor, paid: type, otherwise: type, data, waivedMinor, requestKey })
}
