import { findEntry } from '../../db/ledger.ts'
import { formatMoney } from '../../lib/money.ts'
import { progressLine } from '../orders/progress.ts'
import { moneyOf } from '../payments/order-money.ts'
import { dueOf } from '../payments/payment-state.ts'
import type { NoticeFacts } from './facts.ts'
import type { NoticeButton, NoticeMessage } from './message.ts'
import { partSeen, paymentRequest } from './payment-request-notice.ts'
import { money, paragraph } from './words.ts'

/** What each notice about money says to the customer. */
export const moneyNotices: Record<string, (facts: NoticeFacts) => NoticeMessage | undefined> = {
  part_payment_received: (facts) => withReceipt(facts, about(facts, 'part_payment_received')),
  payment_corrected: (facts) => about(facts, 'payment_corrected'),
  payment_request: paymentRequest,
  payment_seen: (facts) => about(facts, 'payment_seen'),
  payment_part_seen: partSeen,
  payment_failed: (facts) => about(facts, 'payment_failed', [pay(facts)]),
  proof_rejected: rejected,
  payment_in_review: (facts) => about(facts, `payment_in_review-${String(facts.data.trouble)}`),
  refund_started: (facts) => about(facts, 'refund_started'),
  refund_offered: offered,
  refund_called_off: (facts) => about(facts, 'refund_called_off', [writeToShop(facts)]),
  refund_done: (facts) => withReceipt(facts, about(facts, 'refund_done')),
  order_reopened: (facts) => about(facts, 'order_reopened'),
  rest_waived: (facts) => withReceipt(facts, about(facts, 'rest_waived')),
  money_kept: (facts) => about(facts, 'money_kept', [writeToShop(facts)]),
}

function rejected(facts: NoticeFacts): NoticeMessage {
  const { order, say } = facts
  const message = about(facts, 'proof_rejected', [
    { label: say('button-send-receipt'), action: 'send_receipt', orderId: order.id },
  ])
  const reason = String(facts.data.reason ?? '')
  return {
    ...message,
    html: paragraph(message.html, reason && say('proof_rejected-reason', { reason })),
  }
}

function offered(facts: NoticeFacts): NoticeMessage {
  const entry = findEntry(facts.db, Number(facts.data.entryId))
  const label = facts.say('button-claim')
  return about(facts, 'refund_offered', entry?.link ? [{ label, action: 'open_link', url: entry.link }] : [])
}

function about(facts: NoticeFacts, id: string, buttons: NoticeButton[] = []): NoticeMessage {
  const { order, say, texts, reader } = facts
  const html = say(id, {
    number: String(order.id),
    amount: amountOf(facts),
    due: money(facts, dueOf(moneyOf(order))),
    progress: { html: progressLine(texts, reader.language, order) },
  })
  return { html, buttons: [buttons, [openOrder(facts)]].filter((row) => row.length > 0), silent: false }
}

/** The message with a button that opens the order's receipt, where the shop has an address for it. */
export function withReceipt({ receiptUrl, say }: NoticeFacts, message: NoticeMessage): NoticeMessage {
  if (receiptUrl === undefined) return message
  const receipt: NoticeButton = { label: say('button-receipt'), action: 'open_link', url: receiptUrl }
  return { ...message, buttons: [[receipt], ...message.buttons] }
}

/** The amount of the ledger's row that the event is about, as it was paid; or the event's own. */
function amountOf(facts: NoticeFacts): string {
  const { db, data, reader } = facts
  const entry = findEntry(db, Number(data.entryId ?? data.chargeId ?? 0))
  const ofSurplus = entry?.kind === 'charge' && data.trouble === 'too_much' && data.amountMinor !== undefined
  if (entry && !ofSurplus) return formatMoney(entry.amount_minor, entry.currency, reader.language)
  return data.amountMinor === undefined ? '' : money(facts, Number(data.amountMinor))
}

function writeToShop({ order, say }: NoticeFacts): NoticeButton {
  return { label: say('button-write-to-shop'), action: 'write_to_shop', orderId: order.id }
}

function pay({ order, say, reader }: NoticeFacts): NoticeButton {
  const amount = formatMoney(dueOf(moneyOf(order)), order.currency, reader.language)
  return { label: say('button-pay', { amount }), action: 'pay', orderId: order.id }
}

function openOrder({ order, say }: NoticeFacts): NoticeButton {
  return {
    label: say('button-open-order', { number: String(order.id) }),
    action: 'open_order',
    orderId: order.id,
  }
}
