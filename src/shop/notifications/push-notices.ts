import { countOrders } from '../../db/order-lists.ts'
import { formatMoney } from '../../lib/money.ts'
import { unescapeHtml } from '../../lib/texts.ts'
import { stateWord } from '../orders/progress.ts'
import { stepsOf } from '../orders/steps-of.ts'
import { paymentWord } from '../payments/payment-word.ts'
import { type EventFacts, isAboutOrder, type NoticeFacts } from './facts.ts'
import { gaveUp } from './gave-up.ts'
import type { PushMessage } from './message.ts'
import { stepLabel } from './staff-card.ts'
import { matterAmount } from './staff-money-notices.ts'
import { paymentReceivedText } from './staff-notices.ts'
import { waited } from './waited.ts'

const HOUR_S = 3_600

interface Manner {
  urgency: PushMessage['urgency']
  /** How long the news is worth having. */
  ttlSeconds: number
  silent?: boolean
  /** Offers the order's next step on the lock screen. */
  offersStep?: boolean
  path?: string
}

const URGENT: Manner = { urgency: 'high', ttlSeconds: 24 * HOUR_S }
const USUAL: Manner = { urgency: 'normal', ttlSeconds: 12 * HOUR_S }
const MINOR: Manner = { urgency: 'low', ttlSeconds: HOUR_S }

/** How each kind of notice is pushed. */
const MANNERS: Record<string, Manner> = {
  staff_order: { ...URGENT, offersStep: true },
  staff_reminder: { ...URGENT, ttlSeconds: HOUR_S, offersStep: true },
  staff_settled: { ...MINOR, silent: true },
  staff_payment_received: { ...URGENT, offersStep: true },
  staff_payment_failed: USUAL,
  staff_payment_proof: URGENT,
  staff_order_accepted: MINOR,
  staff_order_packed: MINOR,
  staff_order_dispatched: MINOR,
  staff_order_delivered: MINOR,
  staff_order_cancelled: URGENT,
  staff_order_assigned: USUAL,
  staff_refund_asked: URGENT,
  staff_customer_wrote: URGENT,
  staff_review_left: MINOR,
  staff_notice_gave_up: { ...USUAL, path: '/more/notices' },
  staff_stock_low: { ...USUAL, path: '/products' },
  staff_money_matter: URGENT,
  staff_books_differ: { ...USUAL, path: '/more/money' },
  staff_backup_failed: { ...URGENT, path: '/more/system' },
  staff_shop_trouble: { ...URGENT, path: '/more/notices' },
  staff_staff_joined: { ...USUAL, path: '/more/staff' },
  staff_test: { urgency: 'high', ttlSeconds: 300, path: '/more/alerts' },
}

/** When a push of this kind, planned then, is no longer worth sending, ms since 1970. */
export function pushExpiresAt(kind: string, plannedAt: number): number {
  return plannedAt + (MANNERS[kind] ?? MINOR).ttlSeconds * 1000
}

/** A notice for the lock screen. Undefined for a kind that is never pushed. */
export function pushNotice(facts: EventFacts): PushMessage | undefined {
  const { notice, reader, now, db } = facts
  const manner = MANNERS[notice.kind]
  if (!manner) return undefined
  const order = isAboutOrder(facts) ? facts : undefined
  const expires = pushExpiresAt(notice.kind, notice.planned_at)
  return {
    noticeId: notice.id,
    kind: notice.kind,
    ...lockScreenWords(facts),
    language: reader.language,
    path: order ? `/orders/${order.order.id}` : pathOf(facts, manner),
    tag: tagOf(facts),
    silent: manner.silent ?? false,
    action: manner.offersStep && order ? nextStep(order) : undefined,
    badge: openOrders(db),
    urgency: manner.urgency,
    ttlSeconds: Math.max(Math.ceil((expires - now) / 1000), 0),
  }
}

/** What is wrong with a job, or with something else that says so, stands on a page of its own. */
function pathOf({ data }: EventFacts, { path = '' }: Manner): string {
  return String(data.path ?? (data.job === undefined ? path : '/more/system'))
}

/** News with the same tag replaces one another: of one order, of one product, or of the shop's state. */
function tagOf(facts: EventFacts): string {
  if (isAboutOrder(facts)) return `order-${facts.order.id}`
  const { notice, event, data } = facts
  const about = notice.kind === 'staff_notice_gave_up' ? event.id : data.variantId
  return [...notice.kind.split('_'), ...(about === undefined ? [] : [String(about)])].join('-')
}

function lockScreenWords(facts: EventFacts): { title: string; body: string } {
  const id = `push_${textOf(facts)}`
  const args = { ...shopArgs(facts), ...(isAboutOrder(facts) && orderArgs(facts)) }
  return { title: unescapeHtml(facts.say(id, args)), body: unescapeHtml(facts.say(`${id}-body`, args)) }
}

function textOf(facts: EventFacts): string {
  const { notice, event } = facts
  if (event.type === 'stock_out') return 'staff_stock_out'
  if (event.type === 'shop_trouble_over') return 'staff_shop_trouble-over'
  if (notice.kind === 'staff_payment_received') return paymentReceivedText(event)
  if (event.type === 'payment_overdue') return 'staff_payment_overdue'
  if (notice.kind === 'staff_notice_gave_up' && !isAboutOrder(facts)) return 'staff_notice_gave_up-shop'
  return notice.kind
}

function shopArgs(facts: EventFacts) {
  const { data, event } = facts
  return {
    who: event.actor_name,
    by: event.actor_kind,
    ...waited(data),
    stars: '★'.repeat(Number(data.rating ?? 0)),
    title: String(data.title ?? ''),
    left: Number(data.left ?? 0),
    role: String(data.role ?? ''),
    count: Number(data.count ?? 0),
    amount: matterAmount(facts),
    ...gaveUp(facts),
  }
}

function orderArgs({ order, reader, say, texts, db }: NoticeFacts) {
  return {
    number: String(order.id),
    count: order.item_count,
    total: formatMoney(order.total_minor, order.currency, reader.language),
    payment: { html: say(paymentWord(db, order)) },
    state: { html: stateWord(texts, reader.language, order) },
  }
}

/** Only what needs no words can be done from a lock screen. */
function nextStep(facts: NoticeFacts): PushMessage['action'] {
  const { order, reader } = facts
  const step = stepsOf(facts.db, order, { kind: 'staff', role: reader.role }).find((one) => one === 'accept')
  return (
    step && { label: unescapeHtml(stepLabel(facts, step)), orderId: order.id, version: order.version, step }
  )
}

function openOrders(db: EventFacts['db']): number {
  const { placed = 0, accepted = 0, packing = 0 } = countOrders(db)
  return placed + accepted + packing
}
