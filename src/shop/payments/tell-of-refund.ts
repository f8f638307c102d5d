import { type EventRow, listEvents } from '../../db/events.ts'
import { findEntry, type LedgerRow } from '../../db/ledger.ts'
import { dropNoticesOfEvent, hasLeft } from '../../db/notices.ts'
import type { OrderRow } from '../../db/orders.ts'
import { type PlannedEvent, planNotices } from '../notifications/plan.ts'
import type { Work } from '../work.ts'
import { leftOfCharge } from './refundable.ts'

/** So long a provider has to give the money back: who hears that it is back need not hear before that it begins. */
const HOLD_MS = 15_000

/** When the customer is told that these refunds begin: at once where people pay, later where a provider may be quicker. */
export function tellStartAt(work: Work, refundIds: number[]): number {
  const isQuick = refundIds.every((id) => findEntry(work.tx, id)?.state === 'wanted')
  return work.now + (isQuick ? HOLD_MS : 0)
}

/** Leaves out the news that a refund begins once there is newer, unless it has left or is about others, too. */
export function dropStart(work: Work, refund: LedgerRow): void {
  const start = findStart(work, refund)
  if (!start || start.ids.some((id) => !isNews(findEntry(work.tx, id)))) return
  const reason = 'there is newer news of the refund'
  dropNoticesOfEvent(work.tx, { eventId: start.event.id, kind: 'refund_started', reason, now: work.now })
}

function isNews(refund: LedgerRow | undefined): boolean {
  return refund?.state === 'done' || refund?.state === 'offered' || refund?.state === 'void'
}

/** Tells the customer that money does not come back which they were told of, unless other money goes back in its place. */
export function tellCalledOff(
  work: Work,
  event: PlannedEvent,
  { refund, charge, order }: { refund: LedgerRow; charge: LedgerRow; order: OrderRow },
): void {
  dropStart(work, refund)
  const start = findStart(work, refund)
  const knows =
    start !== undefined &&
    (start.event.type === 'cancelled' || hasLeft(work.tx, { eventId: start.event.id, orderId: order.id }))
  if (!knows || leftOfCharge(work.tx, charge).amountMinor < refund.amount_minor) return
  planNotices(work, event, order, Math.max(work.now, order.undo_until ?? 0))
}

/** The event with which a refund began, and all the refunds that began with it. */
function findStart(work: Work, refund: LedgerRow): { event: EventRow; ids: number[] } | undefined {
  if (refund.order_id === null) return undefined
  for (const event of listEvents(work.tx, refund.order_id).toReversed()) {
    if (event.type !== 'refund_started' && event.type !== 'cancelled') continue
    const { entryIds, refundIds } = JSON.parse(event.data) as { entryIds?: number[]; refundIds?: number[] }
    const ids = entryIds ?? refundIds ?? []
    if (ids.includes(refund.id)) return { event, ids }
  }
  return undefined
}
