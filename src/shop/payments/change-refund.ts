import { findByRequestKey } from '../../db/events.ts'
import { changeEntry, findEntry, type LedgerRow } from '../../db/ledger.ts'
import { findOrder, setNeedsReview } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { refreshMatterCards } from '../notifications/plan.ts'
import { isDoneBefore } from '../orders/take-step.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { markLeft, providerOf } from './refundable.ts'
import { requireDesk } from './require-desk.ts'

export interface RefundCommand {
  entryId: number
  actor: Actor
  requestKey?: string | undefined
}

export type RefundAction = 'confirm_refund' | 'retry_refund' | 'refund_by_hand' | 'call_off'

/** What can be done about a refund now. Once its provider was asked, only the provider says whether money has moved. */
export function refundActions(work: Pick<Work, 'providers'>, refund: LedgerRow): RefundAction[] {
  const isUntouched = refund.state === 'wanted' && refund.attempts === 0
  const byProvider = providerOf(work.providers, refund.provider)?.online?.refund !== undefined
  if (refund.kind !== 'refund') return []
  if (refund.state === 'by_hand') return ['confirm_refund', 'call_off']
  if (refund.state === 'offered') return isWatched(work, refund) ? [] : ['confirm_refund', 'refund_by_hand']
  if (refund.state === 'failed')
    return [...(byProvider ? (['retry_refund'] as const) : []), 'refund_by_hand', 'call_off']
  return isUntouched ? ['refund_by_hand', 'call_off'] : []
}

/** Whether its provider can still say if the customer has claimed it. */
function isWatched(work: Pick<Work, 'providers'>, refund: LedgerRow): boolean {
  return providerOf(work.providers, refund.provider)?.online?.checkRefund !== undefined
}

/**
 * The refund that a person wants to do something about; undefined when this very command was done before. Throws a
 * ShopError: not_found, forbidden, or conflict when it stands otherwise by now.
 */
export function findRefundFor(
  work: Work,
  command: RefundCommand,
  action: RefundAction,
  event: string,
): LedgerRow | undefined {
  requireDesk(command.actor)
  const refund = findEntry(work.tx, command.entryId)
  if (refund?.kind !== 'refund') throw new ShopError('not_found', 'There is no such refund.')
  if (isDoneWith(work, refund, command.requestKey, event)) return undefined
  if (!refundActions(work, refund).includes(action)) throw new ShopError('conflict', howItStands(refund))
  return refund
}

function isDoneWith(work: Work, refund: LedgerRow, requestKey: string | undefined, event: string): boolean {
  if (!isDoneBefore(work, { orderId: refund.order_id, requestKey }, event)) return false
  const done = requestKey ? findByRequestKey(work.tx, requestKey) : undefined
  if (done && isAbout(done, refund.id)) return true
  throw new ShopError('conflict', 'This key was used for something else before.')
}

/** Whether an event is about this entry of the ledger. */
export function isAbout({ data }: { data: string }, entryId: number): boolean {
  return (JSON.parse(data) as { entryId?: number }).entryId === entryId
}

const STANDS: Partial<Record<LedgerRow['state'], string>> = {
  wanted: 'The provider has been asked for this refund. Wait for its answer.',
  offered: 'The customer can claim this refund already.',
  done: 'This money is given back already.',
  by_hand: 'This refund waits for somebody to pay it by hand.',
  failed: 'This refund did not go through. Try it again, or do it by hand.',
  void: 'This refund was called off.',
}

function howItStands(refund: LedgerRow): string {
  return STANDS[refund.state] ?? 'This cannot be done any more.'
}

/** Changes how a refund stands, with the event that says so, whose id it returns; nobody has to decide about it any more. */
export function changeRefund(
  work: Work,
  refund: LedgerRow,
  changes: Parameters<typeof changeEntry>[2],
  event: { type: string; actor: Actor; requestKey?: string | undefined },
): number {
  changeEntry(work.tx, refund, { ...changes, trouble: null })
  const data = { entryId: refund.id, amountMinor: refund.order_minor }
  const id = recordEvent(work, { ...event, orderId: refund.order_id, data })
  unmark(work, refund.order_id)
  return id
}

/** Takes the mark off an order that waits for no decision about its money any more, and draws all cards again. */
export function unmark(work: Work, orderId: number | null): void {
  const order = orderId === null ? undefined : findOrder(work.tx, orderId)
  if (order) setNeedsReview(work.tx, { id: order.id, reason: markLeft(work.tx, order), now: work.now })
  refreshMatterCards(work, orderId)
}
