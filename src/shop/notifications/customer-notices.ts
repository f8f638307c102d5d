import { STEPS } from '../orders/machine.ts'
import { isDigital, progressLine, wordFor } from '../orders/progress.ts'
import { awaitsTransfer } from '../payments/awaits-receipt.ts'
import { payUntil } from '../payments/pay-until.ts'
import { paymentWord } from '../payments/payment-word.ts'
import { transferParts } from '../payments/transfer-parts.ts'
import type { NoticeFacts } from './facts.ts'
import type { NoticeButton, NoticeMessage } from './message.ts'
import { moneyNotices, withReceipt } from './money-notices.ts'
import { itemLines, money, orderPriceLines, paragraph } from './words.ts'

const RATINGS = [
  [1, 2, 3],
  [4, 5],
] as const

/** What each notice says to the customer; undefined when there is nothing to say any more. */
export const customerNotices: Record<string, (facts: NoticeFacts) => NoticeMessage | undefined> = {
  order_received: orderCard,
  payment_received: (facts) => withReceipt(facts, short(facts, 'payment_received')),
  order_accepted: (facts) => short(facts, 'order_accepted'),
  order_packing: (facts) => ({ ...short(facts, 'order_packing'), silent: true }),
  order_dispatched: dispatched,
  order_delivered: delivered,
  order_cancelled: cancelled,
  order_expired: (facts) => short(facts, 'order_expired'),
  shop_wrote: wrote,
  ...moneyNotices,
}

function orderCard(facts: NoticeFacts): NoticeMessage {
  const { order, say } = facts
  const { above, below } = orderPriceLines(facts)
  const html = say('order_received', {
    items: { html: itemLines(facts, true) },
    progress: { html: progressLine(facts.texts, facts.reader.language, order) },
    number: String(order.id),
    delivery: { html: deliveryLine(facts) },
    above: { html: above.map((line) => `\n${line}`).join('') },
    below: { html: below.map((line) => `\n${line}`).join('') },
    total: money(facts, order.total_minor),
    payment: say(paymentWord(facts.db, order)),
  })
  const time = payUntil(order, { language: facts.reader.language, timezone: facts.timezone })
  const withTime = time ? `${html}\n\n${say('pay-until', { time })}` : html
  if (!awaitsTransfer(order)) return { html: withTime, buttons: [[openOrder(facts)]], silent: false }
  return payByTransfer(facts, withTime)
}

function deliveryLine(facts: NoticeFacts): string {
  const { order, say } = facts
  if (isDigital(order)) return say('notice-digital')
  const price = order.delivery_minor === 0 ? say('notice-free') : money(facts, order.delivery_minor)
  return say('notice-delivery', { delivery: order.delivery_method, price })
}

function payByTransfer(facts: NoticeFacts, html: string): NoticeMessage {
  const { order, say, db, reader } = facts
  const transfer = transferParts(db, order, { language: reader.language, say })
  const copies = transfer.copies.map((copy): NoticeButton => ({ ...copy, action: 'copy' }))
  const send: NoticeButton = { label: say('button-send-receipt'), action: 'send_receipt', orderId: order.id }
  return { html: `${html}\n\n${transfer.html}`, buttons: [copies, [send], [openOrder(facts)]], silent: false }
}

function dispatched(facts: NoticeFacts): NoticeMessage {
  const { order, say } = facts
  const message = short(facts, wordFor('order_dispatched', order))
  const tracking = order.tracking_number
  if (!tracking) return message
  return {
    html: `${message.html}\n${say('order_dispatched-tracking', { tracking })}`,
    buttons: [[{ label: say('button-copy-tracking'), action: 'copy', text: tracking }], ...message.buttons],
    silent: false,
  }
}

function delivered(facts: NoticeFacts): NoticeMessage {
  const { order } = facts
  const message = short(facts, wordFor('order_delivered', order))
  const buttons = RATINGS.map((row) =>
    row.map((rating): NoticeButton => ({ label: `${rating} ★`, action: 'rate', orderId: order.id, rating })),
  )
  return { ...message, buttons }
}

function cancelled(facts: NoticeFacts): NoticeMessage {
  const { order, say } = facts
  const message = short(facts, 'order_cancelled')
  return {
    ...message,
    html: paragraph(
      message.html,
      order.cancel_reason && say('order_cancelled-reason', { reason: order.cancel_reason }),
      moneyLine(facts),
    ),
  }
}

/** What becomes of the money of an order that was cancelled. */
function moneyLine(facts: NoticeFacts): string | undefined {
  const { data, order, say } = facts
  const amount = money(facts, Number(data.amountMinor ?? order.charged_minor))
  if (data.money !== undefined) return say(`order_cancelled-${String(data.money)}`, { amount })
  return order.payment === 'paid' && order.charged_minor > 0
    ? say('order_cancelled-later', { amount })
    : undefined
}

function wrote(facts: NoticeFacts): NoticeMessage {
  const { order, say, event, data } = facts
  const html = say('shop_wrote', {
    number: String(order.id),
    words: String(data.words ?? ''),
    who: event.actor_name,
  })
  const reply: NoticeButton = { label: say('button-reply'), action: 'write_to_shop', orderId: order.id }
  return { html, buttons: [[reply], [openOrder(facts)]], silent: false }
}

export function short(facts: NoticeFacts, id: string): NoticeMessage {
  const { order, say } = facts
  const html = say(id, {
    number: String(order.id),
    total: money(facts, order.total_minor),
    progress: { html: progress(facts) },
  })
  return { html, buttons: [[openOrder(facts)]], silent: false }
}

/** How far the order was when it happened: a later step has a notice of its own. */
function progress({ texts, reader, order, event }: NoticeFacts): string {
  const step = Object.values(STEPS).find((known) => known.event === event.type)
  const fulfilment = step?.fulfilment ?? event.from_fulfilment ?? order.fulfilment
  return progressLine(texts, reader.language, { ...order, fulfilment, stage: fulfilment })
}

export function openOrder(facts: NoticeFacts): NoticeButton {
  const { order, say } = facts
  return {
    label: say('button-open-order', { number: String(order.id) }),
    action: 'open_order',
    orderId: order.id,
  }
}
