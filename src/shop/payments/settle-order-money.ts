import { findOrder, type OrderRow } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planNotices } from '../notifications/plan.ts'
import { findOrderFor, isDoneBefore } from '../orders/take-step.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { unmark } from './change-refund.ts'
import { refundOrder } from './refund-order.ts'
import { undecidedOf } from './refundable.ts'
import { requireDesk } from './require-desk.ts'

export interface SettleOrderMoney {
  orderId: number
  decision: 'refund' | 'keep'
  actor: Actor
  words?: string | undefined
  requestKey?: string | undefined
}

const MAX_WORDS = 300

/**
 * Decides what becomes of the money of an order that was cancelled with the question left open. Throws a ShopError:
 * not_found, forbidden, invalid, or conflict when somebody has decided already.
 */
export function settleOrderMoney(work: Work, command: SettleOrderMoney): OrderRow {
  const { orderId, decision, actor, requestKey } = command
  requireDesk(actor)
  const order = findOrderFor(work, actor, orderId)
  if (isDoneBefore(work, command, decision === 'keep' ? 'money_kept' : 'refund_started')) return order
  const amountMinor = undecidedOf(work.tx, order)
  if (amountMinor === 0)
    throw new ShopError('conflict', `Somebody has decided about the money of order #${orderId} already.`)
  const words = cleanText(command.words ?? '')
  if (words.length > MAX_WORDS)
    throw new ShopError('invalid', `Please use at most ${MAX_WORDS} characters.`, { field: 'words' })
  if (decision === 'refund') {
    const { version } = order
    return refundOrder(work, { orderId, version, amountMinor, reason: words, actor, requestKey })
  }
  const data = { amountMinor, ...(words && { words }) }
  const event = { type: 'money_kept', actor }
  const id = recordEvent(work, { ...event, orderId, data, requestKey })
  planNotices(work, { ...event, id }, order, work.now)
  unmark(work, orderId)
  return findOrder(work.tx, orderId) ?? order
}
