import { addEvent } from '../db/events.ts'
import type { Fulfilment, Payment } from '../db/schema.ts'
import type { Actor, Work } from './work.ts'

export interface NewShopEvent {
  type: string
  orderId: number | null
  actor: Actor
  from?: { fulfilment: Fulfilment; payment: Payment } | undefined
  data?: Record<string, unknown> | undefined
  requestKey?: string | undefined
}

/** Appends to the shop's one history: the order's timeline, the audit log and the live stream. Returns the event's id. */
export function recordEvent(work: Work, event: NewShopEvent): number {
  const row = {
    orderId: event.orderId,
    type: event.type,
    at: work.now,
    actorKind: event.actor.kind,
    actorId: event.actor.id,
    actorName: event.actor.name,
    source: event.actor.source,
    fromFulfilment: event.from?.fulfilment ?? null,
    fromPayment: event.from?.payment ?? null,
    data: JSON.stringify(event.data ?? {}),
    requestKey: event.requestKey ?? null,
  }
  const id = addEvent(work.tx, row)
  work.events.push({
    id,
    order_id: row.orderId,
    type: row.type,
    at: row.at,
    actor_kind: row.actorKind,
    actor_id: row.actorId,
    actor_name: row.actorName,
    source: row.source,
    from_fulfilment: row.fromFulfilment,
    from_payment: row.fromPayment,
    data: row.data,
    request_key: row.requestKey,
  })
  return id
}
