import type { NoticeFate, OrderDetail } from '../../../src/http/contract/order.ts'
import { clockTime, timeLeft } from '../time/relative-time.ts'

const KINDS: Record<string, string> = {
  order_received: 'Order received',
  payment_received: 'Payment received',
  order_accepted: 'Accepted',
  order_packing: 'Being packed',
  order_dispatched: 'Dispatched',
  order_delivered: 'Delivered',
  order_cancelled: 'Cancelled',
  order_expired: 'Expired',
  staff_order: 'New order',
  staff_cancelled: 'Cancelled by the customer',
}

/** What a notice is about. */
export function kindOf(notice: NoticeFate): string {
  return KINDS[notice.kind] ?? notice.kind.replaceAll('_', ' ')
}

export interface Fate {
  is: 'told' | 'waiting' | 'dead' | 'undone'
  words: string
}

/** What became of a notice, in words. */
export function fateOf(
  notice: NoticeFate,
  now: number,
  timezone: string,
  reach: OrderDetail['customer']['reach'],
): Fate {
  if (notice.state === 'undone') return { is: 'undone', words: 'taken back, never sent' }
  if (notice.state === 'dead') return { is: 'dead', words: whyDead(notice, reach) }
  // A card that was sent and is being drawn again has told its news already.
  if (notice.sentAt !== null) {
    return { is: 'told', words: `told ${clockTime(notice.sentAt, now, timezone)}` }
  }
  if (notice.state === 'sending') return { is: 'waiting', words: 'being sent' }
  if (notice.attempts > 0) return { is: 'waiting', words: `retrying in ${timeLeft(notice.dueAt, now)}` }
  if (notice.dueAt <= now) return { is: 'waiting', words: 'about to be sent' }
  return { is: 'waiting', words: `waiting for undo, ${timeLeft(notice.dueAt, now)}` }
}

function whyDead(notice: NoticeFate, reach: OrderDetail['customer']['reach']): string {
  if (notice.toCustomer && reach === 'blocked') return 'blocked the bot'
  if (notice.toCustomer && reach === 'gone') return 'the account is gone'
  return notice.lastError ? `not delivered: ${notice.lastError}` : 'not delivered'
}
