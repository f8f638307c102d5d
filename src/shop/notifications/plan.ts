import { addNotice, refreshCards } from '../../db/notices.ts'
import type { OrderRow } from '../../db/orders.ts'
import { listStaff } from '../../db/people.ts'
import type { Actor, Work } from '../work.ts'

/** Lower lanes leave first: what a customer waits for, then cards drawn again. */
export const LANES = { order: 0, refresh: 1 } as const

/** What the customer is told after which event. */
const CUSTOMER_NOTICE: Record<string, string> = {
  placed: 'order_received',
  paid: 'payment_received',
  accepted: 'order_accepted',
  packing: 'order_packing',
  dispatched: 'order_dispatched',
  delivered: 'order_delivered',
  cancelled: 'order_cancelled',
  expired: 'order_expired',
}

/** What every member of staff is told after which event. */
const STAFF_NOTICE: Record<string, string> = { placed: 'staff_order' }

/** Kinds that are drawn again in place whenever their order changes. */
const CUSTOMER_CARD = 'order_received'
const CARDS = [CUSTOMER_CARD, 'staff_order']

export interface PlannedEvent {
  id: number
  type: string
  actor: Actor
}

/**
 * Decides who is told of an order event, and puts one row for each into the outbox, in the event's own transaction.
 * The customer is told at `customerDueAt`, so that a step can be undone before; staff see it at once.
 */
export function planNotices(
  work: Work,
  event: PlannedEvent,
  order: Pick<OrderRow, 'id' | 'person_id'>,
  customerDueAt: number,
): void {
  const customerKind = CUSTOMER_NOTICE[event.type]
  if (customerKind) addOrderNotice(work, event.id, order.id, order.person_id, customerKind, customerDueAt)
  const staffKind = staffNotice(event)
  if (staffKind) {
    for (const member of listStaff(work.tx)) {
      addOrderNotice(work, event.id, order.id, member.person_id, staffKind, work.now)
    }
  }
  if (event.type !== 'placed') refreshOrderCards(work, order.id, customerDueAt)
}

/** Has the order's cards on every phone drawn again: staff at once, the customer at `customerDueAt`. */
export function refreshOrderCards(work: Work, orderId: number, customerDueAt: number): void {
  const { tx, now } = work
  refreshCards(tx, { orderId, customerKind: CUSTOMER_CARD, customerDueAt, lane: LANES.refresh, now })
}

function staffNotice(event: PlannedEvent): string | undefined {
  if (event.type === 'cancelled' && event.actor.kind === 'customer') return 'staff_cancelled'
  return STAFF_NOTICE[event.type]
}

function addOrderNotice(
  work: Work,
  eventId: number,
  orderId: number,
  personId: number,
  kind: string,
  dueAt: number,
): void {
  addNotice(work.tx, {
    eventId,
    orderId,
    personId,
    channel: 'telegram',
    kind,
    card: CARDS.includes(kind) ? 1 : 0,
    lane: LANES.order,
    dueAt,
    now: work.now,
  })
}
