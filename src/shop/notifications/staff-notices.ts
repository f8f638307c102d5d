import { findEscalation } from '../../db/escalations.ts'
import { findAnswer, newestEventOfType } from '../../db/events.ts'
import { waitsForAcceptance } from '../orders/machine.ts'
import { type EventFacts, isAboutOrder, type NoticeFacts } from './facts.ts'
import { gaveUp } from './gave-up.ts'
import type { NoticeButton, NoticeMessage } from './message.ts'
import { paymentProof } from './proof-notice.ts'
import { openPanel, orderButtons, staffCard } from './staff-card.ts'
import { moneyMatter } from './staff-money-notices.ts'
import { staffShopNotices } from './staff-shop-notices.ts'
import { waited } from './waited.ts'
import { clockTime, money, paragraph } from './words.ts'

const SNOOZE_MINUTES = 15

/** What each notice about an order says to staff; null takes the message away. */
const staffOrderNotices: Record<string, (facts: NoticeFacts) => NoticeMessage | null> = {
  staff_order: staffCard,
  staff_reminder: reminder,
  staff_payment_received: paymentReceived,
  staff_payment_failed: paymentFailed,
  staff_payment_proof: paymentProof,
  staff_order_accepted: (facts) => quiet(news(facts, 'staff_order_accepted')),
  staff_order_packed: (facts) => quiet(news(facts, 'staff_order_packed')),
  staff_order_dispatched: (facts) => quiet(news(facts, 'staff_order_dispatched')),
  staff_order_delivered: (facts) => quiet(news(facts, 'staff_order_delivered')),
  staff_order_cancelled: (facts) => news(facts, 'staff_order_cancelled', undefined, 'reason'),
  staff_order_assigned: (facts) => news(facts, 'staff_order_assigned', orderButtons(facts)),
  staff_refund_asked: (facts) => fromCustomer(facts, 'staff_refund_asked'),
  staff_customer_wrote: (facts) => fromCustomer(facts, 'staff_customer_wrote'),
  staff_review_left: (facts) => news(facts, 'staff_review_left', undefined, 'words'),
  staff_money_matter: moneyMatter,
  staff_notice_gave_up: (facts) => news(facts, 'staff_notice_gave_up'),
}

function paymentReceived(facts: NoticeFacts): NoticeMessage {
  return news(facts, paymentReceivedText(facts.event), orderButtons(facts))
}

/** Which words tell staff that an order can go on, or that a part of its money is here. */
export function paymentReceivedText({ type }: { type: string }): string {
  const id = 'staff_payment_received'
  return type === 'paid' ? id : `${id}-${type}`
}

function paymentFailed(facts: NoticeFacts): NoticeMessage {
  const { type } = facts.event
  if (type === 'expired') return news(facts, 'staff_payment_failed-expired')
  if (type !== 'payment_overdue') return news(facts, 'staff_payment_failed', undefined, 'reason')
  const id = facts.order.charged_minor > 0 ? 'staff_payment_overdue-part' : 'staff_payment_overdue'
  return news(facts, id, orderButtons(facts))
}

function reminder(facts: NoticeFacts): NoticeMessage | null {
  const { order, say, db, event } = facts
  const waiting = findEscalation(db, order.id)
  const newest = newestEventOfType(db, { orderId: order.id, type: 'escalated' })
  if (!waiting || waiting.snoozed_until || newest?.id !== event.id || !waitsForAcceptance(order)) return null
  const snooze: NoticeButton = {
    label: say('button-snooze', { minutes: SNOOZE_MINUTES }),
    action: 'snooze',
    orderId: order.id,
    minutes: SNOOZE_MINUTES,
  }
  const [main = [], ...others] = orderButtons(facts)
  return { html: words(facts, 'staff_reminder'), buttons: [main, [snooze], ...others], silent: false }
}

function news(
  facts: NoticeFacts,
  id: string,
  buttons: NoticeButton[][] = [[openPanel(facts)]],
  said?: 'reason' | 'words',
): NoticeMessage {
  const quote = said && String(facts.data[said] ?? '')
  const html = paragraph(words(facts, id), quote && facts.say('staff_quote', { words: quote }))
  return { html, buttons, silent: false }
}

/** The customer's words, and under them who answered, so that nobody else does. */
function fromCustomer(facts: NoticeFacts, id: string): NoticeMessage {
  const { db, order, event, say } = facts
  const answer = findAnswer(db, { orderId: order.id, after: event.id })
  const label = say(answer ? 'button-answer-again' : 'button-answer')
  const buttons: NoticeButton[][] = [
    [{ label, action: 'answer_customer', orderId: order.id }],
    [openPanel(facts)],
  ]
  const message = news(facts, id, buttons, 'words')
  if (!answer) return message
  const how = answer.type === 'answer_waived' ? 'staff_answer-waived' : 'staff_answer'
  const done = say(how, { who: answer.actor_name, time: clockTime(facts, answer.at) })
  return { ...message, html: paragraph(message.html, done) }
}

function quiet(message: NoticeMessage): NoticeMessage {
  return { ...message, silent: true }
}

/** Every text gets all there is to say, and takes what it needs. */
function words(facts: NoticeFacts, id: string): string {
  const { order, say, event, data } = facts
  return say(id, {
    number: String(order.id),
    total: money(facts, order.total_minor),
    arrived: money(facts, order.charged_minor),
    amount: money(facts, Number(data.amountMinor ?? 0)),
    customer: order.customer_name,
    who: event.actor_name,
    ...waited(data),
    rating: Number(data.rating ?? 0),
    stars: '★'.repeat(Number(data.rating ?? 0)),
    ...gaveUp(facts),
  })
}

/** Whether this kind is for staff, who must still be staff to see it. */
export function isForStaff(kind: string): boolean {
  return kind.startsWith('staff_')
}

/** A notice to staff in words; undefined for a kind there are no words for. */
export function staffNotice(kind: string, facts: EventFacts): NoticeMessage | null | undefined {
  if (!facts.reader.role) return { html: facts.say('staff_withdrawn'), buttons: [], silent: true }
  if (isAboutOrder(facts) && staffOrderNotices[kind]) return staffOrderNotices[kind](facts)
  return staffShopNotices[kind]?.(facts)
}
