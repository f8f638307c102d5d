import type { WholeNotice } from '../../src/db/seed.ts'
import { telegramOf } from '../../src/shop/notifications/route.ts'
import type { MadeUpOrder, World } from './make-up-order.ts'

const SENDING_TAKES_MS = 350

/** What a customer was last told, by the event it was about. */
const CUSTOMER_NOTICE: Record<string, string> = {
  accepted: 'order_accepted',
  packing: 'order_packing',
  dispatched: 'order_dispatched',
  delivered: 'order_delivered',
  cancelled: 'order_cancelled',
  expired: 'order_expired',
}

/** The order's cards and the last news of it, all of them sent but one in a thousand. `eventIds` go with its events. */
export function noticesOf(
  made: MadeUpOrder,
  orderId: number,
  eventIds: number[],
  world: World,
): WholeNotice[] {
  const { order, events } = made
  const [owner] = world.staff
  const [placedId] = eventIds
  if (placedId === undefined) return []
  const placed = { eventId: placedId, at: order.placed_at }
  const card = { orderId, card: 1, updatedAt: order.updated_at } as const
  const notices = [notice({ ...card, ...placed, personId: order.person_id, kind: 'order_received' })]
  if (owner) notices.push(notice({ ...card, ...placed, personId: owner.id, kind: 'staff_order' }))
  const last = events.findLastIndex((event) => CUSTOMER_NOTICE[event.type])
  const [event, eventId] = [events[last], eventIds[last]]
  if (event && eventId !== undefined) {
    const kind = CUSTOMER_NOTICE[event.type] ?? ''
    notices.push(
      notice({
        orderId,
        card: 0,
        eventId,
        at: event.at,
        updatedAt: event.at,
        personId: order.person_id,
        kind,
      }),
    )
  }
  return notices
}

interface Told {
  orderId: number
  eventId: number
  personId: number
  kind: string
  card: 0 | 1
  at: number
  updatedAt: number
}

function notice({ orderId, eventId, personId, kind, card, at, updatedAt }: Told): WholeNotice {
  const isDead = card === 0 && orderId % 1000 === 0
  const sentAt = at + SENDING_TAKES_MS
  return {
    event_id: eventId,
    order_id: orderId,
    person_id: personId,
    device_id: null,
    group_id: null,
    recipient: telegramOf(personId),
    channel: 'telegram',
    kind,
    card,
    silent: 0,
    lane: 0,
    state: isDead ? 'dead' : 'sent',
    planned_at: at,
    due_at: at,
    attempts: 1,
    revision: 1,
    lease: null,
    last_error: isDead ? 'Forbidden: bot was blocked by the user' : null,
    message_id: isDead ? null : 2 * orderId + card,
    created_at: at,
    sent_at: isDead ? null : sentAt,
    shown_at: null,
    opened_at: null,
    updated_at: Math.max(updatedAt, sentAt),
  }
}
