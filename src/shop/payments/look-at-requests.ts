import { findByRequestKey } from '../../db/events.ts'
import { extendPaymentTime, findOrder } from '../../db/orders.ts'
import {
  changePaymentRequest,
  findPaymentRequest,
  type PaymentRequestRow,
} from '../../db/payment-requests.ts'
import { planNotices } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import { SYSTEM, type Work } from '../work.ts'
import { applyCharge } from './apply-charge.ts'
import { askProvider, type Desk } from './ask-provider.ts'
import { failRequest } from './fail-request.ts'
import { type LookedAt, requestKeyOf } from './provider.ts'
import { storeWhatCame } from './store-what-came.ts'

const DAY_MS = 24 * 3_600_000
/** Money that is on its way may take a night: so long the order waits for it. */
const WAIT_FOR_SEEN_MS = DAY_MS
/** A provider that never answers is asked for so long after a request has expired. */
const KEEP_ASKING_MS = 7 * DAY_MS

/**
 * Looks what has become of a request, and believes only that: what the provider has of it is stored as a charge first and
 * applied second, what changed is told once. The same look again changes nothing.
 */
export async function lookAtRequest(desk: Desk, request: PaymentRequestRow): Promise<boolean> {
  const { shop } = desk
  const { reference } = request
  const about = { what: `payment request ${request.id} cannot be looked at`, attempts: request.attempts }
  const answer = await askProvider(desk, about, async () => {
    const look = [...shop.providers.values()].find(({ online }) => online?.kind === request.provider)?.online
      ?.look
    if (!look || reference === null) return undefined
    const looked = await look(reference)
    if (looked.requestKey && looked.requestKey !== requestKeyOf(request))
      throw new Error('it was made for something else')
    return looked
  })
  const chargeId = shop.write((work) => {
    const row = findPaymentRequest(work.tx, request.id)
    if (!row) return undefined
    if ('got' in answer) return follow(work, { row, looked: answer.got, asked: request })
    giveUpOrRepeat(work, row, answer)
    return undefined
  })
  if (chargeId !== undefined) shop.write((work) => applyCharge(work, chargeId))
  return true
}

interface Seen {
  row: PaymentRequestRow
  looked: LookedAt | undefined
  /** The request as it was when the provider was asked. */
  asked: PaymentRequestRow
}

function follow(work: Work, { row, looked, asked }: Seen): number | undefined {
  const { tx, now } = work
  // Whoever wants another look meanwhile gets it.
  const checkAt = row.check_at === asked.check_at ? (looked?.checkAt ?? null) : row.check_at
  if (!looked) {
    changePaymentRequest(tx, row, { checkAt: null, now })
    return undefined
  }
  const { provider, reference } = row
  const chargeId =
    reference === null ? undefined : storeWhatCame(work, { provider, reference, request: row }, looked)
  if (looked.state === 'failed' && row.state !== 'failed' && row.state !== 'paid') {
    failRequest(work, row, looked.reason ?? 'The provider calls it invalid.')
    return chargeId
  }
  const state = nextState(row.state, looked.state)
  changePaymentRequest(tx, row, { state, checkAt, attempts: 0, lastError: null, now })
  if (state === 'seen' && row.state !== 'seen') announceSeen(work, row)
  if (state === 'open' && looked.partMinor) announcePart(work, row, looked.partMinor)
  return chargeId
}

/** What the order's own end has closed stays closed, and what is paid stays paid; money is stored all the same. */
function nextState(now: PaymentRequestRow['state'], looked: LookedAt['state']): PaymentRequestRow['state'] {
  if (now === 'paid' || now === 'failed') return now
  if (now === 'over') return looked === 'paid' ? 'paid' : 'over'
  if (now === 'seen' && looked === 'open') return now
  return looked
}

function announceSeen(work: Work, row: PaymentRequestRow): void {
  const order = findOrder(work.tx, row.order_id)
  if (order?.stage !== 'unpaid') return
  extendPaymentTime(work.tx, { id: order.id, expiresAt: work.now + WAIT_FOR_SEEN_MS })
  const event = { type: 'payment_seen', actor: SYSTEM }
  const id = recordEvent(work, { ...event, orderId: order.id, data: { requestId: row.id } })
  planNotices(work, { ...event, id }, order, work.now)
}

/** Tells the customer, once for each sum, what has come and that the rest is missing: nothing counts until all of it is there. */
function announcePart(work: Work, row: PaymentRequestRow, partMinor: number): void {
  const requestKey = `part_seen:${row.id}:${partMinor}`
  const order = findOrder(work.tx, row.order_id)
  if (order?.stage !== 'unpaid' || findByRequestKey(work.tx, requestKey)) return
  const event = { type: 'payment_part_seen', actor: SYSTEM }
  const data = { requestId: row.id, partMinor }
  const id = recordEvent(work, { ...event, orderId: order.id, data, requestKey })
  planNotices(work, { ...event, id }, order, work.now)
}

function giveUpOrRepeat(
  { tx, now }: Work,
  row: PaymentRequestRow,
  answer: { refused: string } | { failed: string; checkAt: number },
): void {
  const isLate = now > row.expires_at + KEEP_ASKING_MS
  const checkAt = isLate || 'refused' in answer ? null : answer.checkAt
  const lastError = 'refused' in answer ? answer.refused : answer.failed
  changePaymentRequest(tx, row, { attempts: row.attempts + 1, lastError, checkAt, now })
}
