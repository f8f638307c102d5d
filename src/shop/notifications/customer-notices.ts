import { listPaymentMethods } from '../../db/checkout.ts'
import type { OrderRow } from '../../db/orders.ts'
import { STEPS } from '../orders/machine.ts'
import { isPickup, progressLine } from '../orders/progress.ts'
import type { NoticeButton, NoticeMessage } from './message.ts'
import { itemLines, money, type NoticeFacts, paragraph } from './words.ts'

const RATINGS = [
  [1, 2, 3],
  [4, 5],
] as const

/** What each notice says to the customer. */
export const customerNotices: Record<string, (facts: NoticeFacts) => NoticeMessage> = {
  order_received: orderCard,
  payment_received: (facts) => short(facts, 'payment_received'),
  order_accepted: (facts) => short(facts, 'order_accepted'),
  order_packing: (facts) => ({ ...short(facts, 'order_packing'), silent: true }),
  order_dispatched: dispatched,
  order_delivered: delivered,
  order_cancelled: cancelled,
  order_expired: (facts) => short(facts, 'order_expired'),
}

function orderCard(facts: NoticeFacts): NoticeMessage {
  const { order, say } = facts
  const html = say('order_received', {
    items: { html: itemLines(facts, true) },
    progress: { html: progressLine(facts.texts, facts.reader.language, order) },
    number: String(order.id),
    delivery: order.delivery_method,
    deliveryPrice: order.delivery_minor === 0 ? say('notice-free') : money(facts, order.delivery_minor),
    total: money(facts, order.total_minor),
    payment: say(nothingDue(order) ? 'payment-none' : `payment-${order.payment}`),
  })
  if (order.stage !== 'unpaid') return { html, buttons: [[openOrder(facts)]], silent: false }
  return { html: `${html}\n\n${transferLines(facts)}`, buttons: transferButtons(facts), silent: false }
}

/** What was to be paid on delivery is owed no more once the order is cancelled. */
function nothingDue({ fulfilment, payment }: OrderRow): boolean {
  return fulfilment === 'cancelled' && payment === 'due_on_delivery'
}

function transferLines(facts: NoticeFacts): string {
  const { order, say, db } = facts
  const method = listPaymentMethods(db).find((known) => known.kind === order.payment_method)
  return say('order_received-transfer', {
    total: money(facts, order.total_minor),
    reference: transferReference(order.id),
    instructions: method?.instructions ?? '',
  })
}

/** What a customer writes on a bank transfer, so that the shop knows which order it pays. */
export function transferReference(orderId: number): string {
  return `Order ${orderId}`
}

function transferButtons(facts: NoticeFacts): NoticeButton[][] {
  const { order, say } = facts
  return [
    [
      { label: say('button-copy-reference'), action: 'copy', text: transferReference(order.id) },
      { label: say('button-copy-amount'), action: 'copy', text: money(facts, order.total_minor) },
    ],
    [openOrder(facts)],
  ]
}

function dispatched(facts: NoticeFacts): NoticeMessage {
  const { order, say } = facts
  const message = short(facts, isPickup(order) ? 'order_dispatched-pickup' : 'order_dispatched')
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
  const message = short(facts, isPickup(order) ? 'order_delivered-pickup' : 'order_delivered')
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
      order.payment === 'paid' && say('order_cancelled-paid', { total: money(facts, order.total_minor) }),
    ),
  }
}

function short(facts: NoticeFacts, id: string): NoticeMessage {
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

function openOrder(facts: NoticeFacts): NoticeButton {
  const { order, say } = facts
  return {
    label: say('button-open-order', { number: String(order.id) }),
    action: 'open_order',
    orderId: order.id,
  }
}
