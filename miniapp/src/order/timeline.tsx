import type { OrderDetail, TimelineEvent } from '../../../src/http/contract/order.ts'
import { When } from '../parts/when.tsx'
import './timeline.css'

const EVENTS: Record<string, string> = {
  placed: 'Order placed',
  paid: 'Payment received',
  accepted: 'Accepted',
  packing: 'Packing begun',
  dispatched: 'Dispatched',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
  expired: 'Expired, not paid in time',
  reviewed: 'Rated',
  person_unreachable: 'Somebody could not be told',
  notice_resent: 'A message was sent again',
}

const PLACES: Record<TimelineEvent['source'], string> = {
  chat: 'in the chat',
  panel: 'in the panel',
  job: 'by itself',
}

/** What happened to the order, newest first: what, who, from where, when. */
export function Timeline({ order }: { order: OrderDetail }) {
  return (
    <section class="section">
      <h2>History</h2>
      <ol class="card timeline">
        {[...order.timeline].reverse().map((event) => (
          <li class="event" key={event.id} data-event={event.type}>
            <div class="line-words">
              <p>{titleOf(event)}</p>
              <p class="small hint wrap">{byWhom(event)}</p>
              {detailOf(event) && <p class="small wrap">{detailOf(event)}</p>}
            </div>
            <When at={event.at} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function titleOf(event: TimelineEvent): string {
  if (event.type === 'reviewed' && event.data.words) return 'Wrote a review'
  if (event.type !== 'undone') return nameOf(event.type)
  return `Undone: ${nameOf(String(event.data.undid ?? 'the last step')).toLowerCase()}`
}

function nameOf(type: string): string {
  return EVENTS[type] ?? type.replaceAll('_', ' ')
}

function byWhom(event: TimelineEvent): string {
  return event.actorKind === 'system' ? PLACES.job : `${event.actorName}, ${PLACES[event.source]}`
}

function detailOf(event: TimelineEvent): string | undefined {
  const { trackingNumber, reason } = event.data
  if (typeof trackingNumber === 'string') return `Tracking number ${trackingNumber}`
  if (typeof reason === 'string') return `“${reason}”`
  return undefined
}
