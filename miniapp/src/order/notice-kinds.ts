import type { NoticeFate } from '../../../src/http/contract/notice.ts'
import { otherWord } from '../orders/stages.ts'

const KINDS: Record<string, string> = {
  order_received: 'Order received',
  payment_received: 'Payment received',
  part_payment_received: 'Part of the payment received',
  payment_request: 'Invoice',
  payment_corrected: 'Payment corrected',
  payment_seen: 'Payment seen',
  payment_part_seen: 'Part of the payment seen',
  payment_failed: 'Payment failed',
  payment_in_review: 'Payment that does not fit',
  proof_rejected: 'Receipt rejected',
  refund_started: 'Money is to be given back',
  refund_offered: 'Money to be claimed',
  refund_called_off: 'Giving back called off',
  refund_done: 'Money given back',
  order_reopened: 'Taken after all',
  rest_waived: 'The rest need not be paid',
  money_kept: 'The money is kept',
  order_accepted: 'Accepted',
  order_packing: 'Being packed',
  order_dispatched: 'Dispatched',
  order_delivered: 'Delivered',
  order_cancelled: 'Cancelled',
  order_expired: 'Expired',
  shop_wrote: 'Message from the shop',
  staff_order: 'New order',
  staff_reminder: 'Reminder: nobody has accepted',
  staff_settled: 'Alerts taken away',
  staff_payment_received: 'News of the payment',
  staff_payment_failed: 'Payment failed',
  staff_payment_proof: 'Receipt to look at',
  staff_money_matter: 'Money needs a decision',
  staff_books_differ: 'The books do not agree',
  staff_order_accepted: 'Accepted',
  staff_order_packed: 'Being packed',
  staff_order_dispatched: 'Dispatched',
  staff_order_delivered: 'Delivered',
  staff_order_cancelled: 'Cancelled',
  staff_order_assigned: 'Assigned',
  staff_refund_asked: 'Refund asked',
  staff_customer_wrote: 'Message from the customer',
  staff_review_left: 'Review',
  staff_stock_low: 'Stock low',
  staff_notice_gave_up: 'Report that somebody could not be told',
  staff_backup_failed: 'Backup failed',
  staff_shop_trouble: 'Trouble with the settings',
  staff_device_ended: 'A device gets no more alerts',
  staff_staff_joined: 'Somebody joined the staff',
  staff_test: 'Test',
  daily_summary: 'Daily summary',
}

/** What a notice is about, as it is called for an order that is brought, fetched, or comes as a message. */
export function kindOf({ kind, handover }: Pick<NoticeFate, 'kind' | 'handover'>): string {
  const stage = /^(?:staff_)?order_(\w+)$/.exec(kind)?.[1] ?? ''
  return (
    otherWord(stage, handover ?? 'delivery') ??
    KINDS[kind] ??
    kind.replace(/^staff_/, '').replaceAll('_', ' ')
  )
}

/** For whom it is: "Ana", "Olga, Chrome on Android". */
export function recipientOf({ recipient, device }: Pick<NoticeFate, 'recipient' | 'device'>): string {
  return device ? `${recipient}, ${device}` : recipient
}
