import { findPaymentRequest, type PaymentRequestRow } from '../../db/payment-requests.ts'
import { formatMoney } from '../../lib/money.ts'
import { shorten } from '../../lib/shorten.ts'
import { unescapeHtml } from '../../lib/texts.ts'
import { dayAndTime } from '../payments/pay-until.ts'
import type { NoticeFacts } from './facts.ts'
import type { Invoice, NoticeButton, NoticeMessage } from './message.ts'

/** Telegram's own limits for an invoice. */
const MAX_TITLE = 32
const MAX_DESCRIPTION = 255

/**
 * What is to be paid online: an invoice that Telegram takes the money for, or the link to one of another provider. Undefined once
 * it is not to be paid any more.
 */
export function paymentRequest(facts: NoticeFacts): NoticeMessage | undefined {
  const { order, db, data, say, reader } = facts
  const asked = findPaymentRequest(db, Number(data.requestId))
  if (!asked || (asked.state !== 'open' && asked.state !== 'seen')) return undefined
  const amount = formatMoney(asked.amount_minor, asked.currency, reader.language)
  const number = String(order.id)
  if (!asked.link) {
    const html = say('payment_request', { number, amount })
    return { html, buttons: [], silent: false, invoice: invoiceOf(facts, asked) }
  }
  return withLink(
    facts,
    asked,
    amount,
    say(`payment_request-${asked.provider}`, { number, amount, ...timeOf(facts, asked) }),
  )
}

/** A part has been seen: what is missing, and where to pay it. Undefined once that is over. */
export function partSeen(facts: NoticeFacts): NoticeMessage | undefined {
  const { order, db, data, say, reader } = facts
  const asked = findPaymentRequest(db, Number(data.requestId))
  if (asked?.state !== 'open') return undefined
  const money = (minor: number) => formatMoney(minor, asked.currency, reader.language)
  const partMinor = Number(data.partMinor)
  const amount = money(asked.amount_minor - partMinor)
  const args = { number: String(order.id), part: money(partMinor), amount, ...timeOf(facts, asked) }
  return withLink(facts, asked, amount, say('payment_part_seen', args))
}

function timeOf({ reader, timezone }: NoticeFacts, { expires_at: at }: PaymentRequestRow): { time: string } {
  return { time: dayAndTime(at, { language: reader.language, timezone }) }
}

/** The words with a button to the provider's page, and one to the order. */
function withLink(
  { order, say }: NoticeFacts,
  { link }: PaymentRequestRow,
  amount: string,
  html: string,
): NoticeMessage {
  const label = say('button-open-order', { number: String(order.id) })
  const open: NoticeButton = { label, action: 'open_order', orderId: order.id }
  const pay: NoticeButton[] = link
    ? [{ label: say('button-pay', { amount }), action: 'open_link', url: link }]
    : []
  return { html, buttons: [pay, [open]].filter((row) => row.length > 0), silent: false }
}

function invoiceOf({ order, say, items }: NoticeFacts, asked: PaymentRequestRow): Invoice {
  const goods = items.map((item) => `${item.quantity} × ${item.title}`).join(', ')
  const title = unescapeHtml(say('payment_request-title', { number: String(order.id) }))
  return {
    title: shorten(title, MAX_TITLE),
    description: shorten(goods, MAX_DESCRIPTION),
    payload: asked.reference ?? '',
    currency: asked.currency,
    amountMinor: asked.amount_minor,
    startParameter: `pay_${order.id}`,
  }
}
