import { addNotice, listAlertedDevices, refreshCards, refreshCardsOfKind } from '../../db/notices.ts'
import type { OrderRow } from '../../db/orders.ts'
import { findPerson } from '../../db/people.ts'
import { type Actor, LONGEST_UNDO_MS, type Work } from '../work.ts'
import { readAudience } from './audience.ts'
import { deviceOf, mailOf, type Reach, type Route, routeToStaff, telegramOf } from './route.ts'
import { type Topic, topicOf } from './topics.ts'

/** Lower lanes leave first: news and the card one works with, other cards drawn again, what was said before, what goes to many at once. */
export const LANES = { order: 0, refresh: 1, reminder: 2, bulk: 3 } as const

/** What the customer is told after which event. */
export const CUSTOMER_NOTICE: Record<string, string> = {
  placed: 'order_received',
  paid: 'payment_received',
  part_paid: 'part_payment_received',
  payment_voided: 'payment_corrected',
  payment_asked: 'payment_request',
  payment_seen: 'payment_seen',
  payment_part_seen: 'payment_part_seen',
  payment_failed: 'payment_failed',
  proof_rejected: 'proof_rejected',
  money_matter: 'payment_in_review',
  refund_started: 'refund_started',
  refund_offered: 'refund_offered',
  refund_called_off: 'refund_called_off',
  refunded: 'refund_done',
  reopened: 'order_reopened',
  rest_waived: 'rest_waived',
  money_kept: 'money_kept',
  accepted: 'order_accepted',
  packing: 'order_packing',
  dispatched: 'order_dispatched',
  delivered: 'order_delivered',
  cancelled: 'order_cancelled',
  expired: 'order_expired',
  shop_wrote: 'shop_wrote',
}

/** What somebody is told of money of theirs that nobody knows an order for, after which event. */
const PAYER_NOTICE: Record<string, string> = {
  money_matter: 'unknown_money',
  refunded: 'unknown_money_back',
  money_kept: 'unknown_money_kept',
}

const CUSTOMER_CARD = 'order_received'
export const STAFF_CARD = 'staff_order'
export const REMINDER = 'staff_reminder'
/** What a customer wrote, which says who answered it. */
const ANSWERABLE = [kindOf('customer_wrote'), kindOf('refund_asked')]
/** Kinds that show how things stand, which are drawn again in place whenever their order changes. */
const CARDS = [
  CUSTOMER_CARD,
  STAFF_CARD,
  REMINDER,
  kindOf('payment_received'),
  kindOf('payment_proof'),
  kindOf('money_matter'),
  kindOf('order_assigned'),
  ...ANSWERABLE,
]
/** After these no card is drawn again: it is new, or shows nothing of what was written. */
const CHANGES_NO_CARD = ['placed', 'customer_wrote', 'shop_wrote']
/** What rings until somebody accepts the order. */
export const ALERTS = [STAFF_CARD, REMINDER, kindOf('payment_received')] as const
/** Takes the place of an alert on a lock screen once nobody needs to hurry any more. */
export const SETTLED = 'staff_settled'

export interface PlannedEvent {
  id: number
  type: string
  actor: Actor
}

type PlannedOrder = Pick<OrderRow, 'id' | 'person_id' | 'assigned_to'>

/**
 * Decides who is told of an order event, and puts one row for each recipient into the outbox, in the event's own
 * transaction. What can still be undone is told at `dueAt`, when it cannot any more.
 */
export function planNotices(work: Work, event: PlannedEvent, order: PlannedOrder, dueAt: number): void {
  planForCustomer(work, event, order, dueAt)
  planForStaff(work, event, { order, dueAt })
  if (!CHANGES_NO_CARD.includes(event.type)) refreshOrderCards(work, order.id, dueAt, event.actor)
}

/** Tells staff of an event that has nothing to say to a customer, whether or not it is about an order. */
export function planForStaff(
  work: Work,
  event: PlannedEvent,
  about: { order?: PlannedOrder; dueAt?: number } = {},
): void {
  const topic = topicOf(event.type)
  if (!topic) return
  const { order, dueAt = work.now } = about
  for (const route of routesOf(work, topic, event, order, dueAt)) {
    addRoute(work, event.id, order?.id ?? null, route, kindOf(topic))
  }
}

/** Reminds staff of an order nobody has accepted yet, as far as `reach` says. Returns how many notices that makes. */
export function planReminder(work: Work, event: PlannedEvent, order: PlannedOrder, reach: Reach): number {
  const routes = routesOf(work, 'new_order', event, order, work.now, reach)
  for (const route of routes) addRoute(work, event.id, order.id, route, REMINDER)
  return routes.length
}

/** Puts a quiet word in the place of the alerts that devices were sent about an order. */
export function planSettled(work: Work, event: PlannedEvent, orderId: number, dueAt: number): void {
  for (const device of listAlertedDevices(work.tx, { orderId, eventId: event.id })) {
    const recipient = deviceOf(device.id)
    addRoute(
      work,
      event.id,
      orderId,
      {
        channel: 'push',
        recipient,
        personId: device.person_id,
        deviceId: device.id,
        groupId: null,
        dueAt,
        silent: true,
      },
      SETTLED,
    )
  }
}

/**
 * Has the order's cards on every phone drawn again: staff at once, the customer at `customerDueAt`. Who pressed a button in the
 * chat looks at their card: when Telegram's limit makes cards wait, theirs comes before.
 */
export function refreshOrderCards(work: Work, orderId: number, customerDueAt: number, by?: Actor): void {
  refreshCards(work.tx, {
    orderId,
    customerKind: CUSTOMER_CARD,
    customerDueAt,
    first: by?.source === 'chat' && by.id !== null ? telegramOf(by.id) : null,
    firstLane: LANES.order,
    lane: LANES.refresh,
    now: work.now,
  })
}

/** Has what staff were told of the customer's words drawn again, now that somebody answered. */
export function refreshAnswerCards({ tx, now }: Work, orderId: number): void {
  for (const kind of ANSWERABLE) refreshCardsOfKind(tx, { orderId, kind, lane: LANES.refresh, now })
}

/** Has what staff were told of money drawn again, now that somebody decided; also of money without an order. */
export function refreshMatterCards(work: Work, orderId: number | null): void {
  const { tx, now } = work
  if (orderId !== null) refreshOrderCards(work, orderId, now)
  else refreshCardsOfKind(tx, { orderId, kind: kindOf('money_matter'), lane: LANES.refresh, now })
}

/** What a topic's notices are called; a new order is the card that stays. */
export function kindOf(topic: Topic): string {
  return topic === 'new_order' ? STAFF_CARD : `staff_${topic}`
}

function routesOf(
  work: Work,
  topic: Topic,
  event: PlannedEvent,
  order: PlannedOrder | undefined,
  at: number,
  reach: Reach = 'told',
): Route[] {
  const by = event.actor.kind === 'staff' ? event.actor.id : null
  return routeToStaff({ topic, by, assignedTo: order?.assigned_to ?? null, at, reach }, readAudience(work))
}

function planForCustomer(work: Work, event: PlannedEvent, order: PlannedOrder, dueAt: number): void {
  const kind = CUSTOMER_NOTICE[event.type]
  if (!kind) return
  const personId = order.person_id
  const to = { personId, deviceId: null, groupId: null, dueAt, silent: false }
  addRoute(work, event.id, order.id, { ...to, channel: 'telegram', recipient: telegramOf(personId) }, kind)
  if (!work.settings.channels.mail || !findPerson(work.tx, personId)?.email) return
  addRoute(work, event.id, order.id, { ...to, channel: 'mail', recipient: mailOf(personId) }, kind)
}

/** Tells whoever paid money that nobody knows an order for; nobody when that is not known either. */
export function planForPayer(work: Work, event: PlannedEvent, personId: number | null): void {
  const kind = PAYER_NOTICE[event.type]
  if (!kind || personId === null) return
  const to = { personId, deviceId: null, groupId: null, dueAt: work.now, silent: false }
  addRoute(work, event.id, null, { ...to, channel: 'telegram', recipient: telegramOf(personId) }, kind)
}

/** Puts a row for one recipient into the outbox. */
export function addRoute(
  work: Work,
  eventId: number,
  orderId: number | null,
  route: Omit<Route, 'channel'> & { channel: Route['channel'] | 'mail' },
  kind: string,
): void {
  const isCard = route.channel === 'telegram' && CARDS.includes(kind)
  addNotice(work.tx, {
    eventId,
    orderId,
    channel: route.channel,
    kind,
    recipient: route.recipient,
    personId: route.personId,
    deviceId: route.deviceId,
    groupId: route.groupId,
    card: isCard ? 1 : 0,
    silent: route.silent ? 1 : 0,
    lane: kind === REMINDER ? LANES.reminder : LANES.order,
    dueAt: route.dueAt,
    // Not what the shop is set to now: a step taken before the last start may have had longer.
    undoEndsAt: work.now + LONGEST_UNDO_MS,
    now: work.now,
  })
}
