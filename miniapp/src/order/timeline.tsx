import type { OrderDetail, TimelineEvent } from '../../../src/http/contract/order.ts'
import { otherWord } from '../orders/stages.ts'
import { When } from '../parts/when.tsx'
import { timelineDetail } from './timeline-detail.ts'
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
  assigned: 'Assigned',
  escalated: 'Nobody has accepted: staff reminded',
  snoozed: 'Put off for everybody',
  part_paid: 'Part of the payment received',
  payment_asked: 'Asked to pay',
  payment_seen: 'Payment seen, not safe yet',
  payment_part_seen: 'A part of the payment seen, the rest is missing',
  payment_failed: 'Payment failed',
  payment_method_changed: 'Another way to pay chosen',
  payment_on_delivery: 'To be paid on delivery',
  payment_overdue: 'The time to pay is over, with money on the order',
  late_payment: 'Money came late',
  payment_proof: 'Receipt sent',
  proof_approved: 'Receipt approved',
  proof_rejected: 'Receipt rejected',
  payment_voided: 'A payment was entered by mistake',
  money_matter: 'Money that needs a decision',
  matter_settled: 'Decided about the money',
  money_kept: 'The money is kept',
  difference_settled: 'A difference of the books was found to be fine',
  reopened: 'Taken after all',
  rest_waived: 'The shop does without the rest',
  refund_started: 'Money is to be given back',
  refund_offered: 'The customer can claim the money',
  refunded: 'Money given back',
  refund_failed: 'Money could not be given back',
  refund_retried: 'Giving back is tried again',
  refund_by_hand: 'To be given back by hand',
  refund_called_off: 'Giving back was called off',
  refund_asked: 'Refund asked',
  customer_wrote: 'The customer wrote',
  shop_wrote: 'The shop wrote',
  answer_waived: 'No answer needed',
  review_cleared: 'Looked at and done',
  notice_gave_up: 'A message could not be delivered',
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
              <p>{titleOf(event, order.handover)}</p>
              <p class="small hint wrap">{byWhom(event)}</p>
              <Detail words={timelineDetail(event, order)} />
            </div>
            <When at={event.at} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function Detail({ words }: { words: string | undefined }) {
  return words ? <p class="small wrap">{words}</p> : null
}

type Handover = OrderDetail['handover']

function titleOf(event: TimelineEvent, handover: Handover): string {
  if (event.type === 'reviewed' && event.data.words) return 'Wrote a review'
  if (event.type !== 'undone') return nameOf(event.type, handover)
  return `Undone: ${nameOf(String(event.data.undid ?? 'the last step'), handover).toLowerCase()}`
}

function nameOf(type: string, handover: Handover): string {
  return otherWord(type, handover) ?? EVENTS[type] ?? type.replaceAll('_', ' ')
}

function byWhom(event: TimelineEvent): string {
  return event.actorKind === 'system' ? PLACES.job : `${event.actorName}, ${PLACES[event.source]}`
}
