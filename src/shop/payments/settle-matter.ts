import { findByRequestKey } from '../../db/events.ts'
import { changeEntry, findEntry, type LedgerRow } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { MatterDecision } from '../notifications/message.ts'
import { type PlannedEvent, planForPayer, planNotices } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { applyAnyway } from './apply-anyway.ts'
import { isAbout, unmark } from './change-refund.ts'
import { giveBack, giveBackCharge } from './give-back.ts'
import { surplusOf } from './matter-options.ts'
import { requireDesk } from './require-desk.ts'
import { tellStartAt } from './tell-of-refund.ts'

export interface SettleMatter {
  entryId: number
  decision: MatterDecision
  actor: Actor
  /** The order that money counts for which names none. */
  orderId?: number | undefined
  words?: string | undefined
  requestKey?: string | undefined
}

const MAX_WORDS = 300

/**
 * Decides about money that fits no state of its order: it counts for the order (which a cancelled one then goes on with),
 * goes back, or stays with the shop. Throws a ShopError: not_found, forbidden, invalid, or conflict when somebody has
 * decided already, or it is not possible any more; the message says why.
 */
export function settleMatter(work: Work, command: SettleMatter): void {
  requireDesk(command.actor)
  const charge = findEntry(work.tx, command.entryId)
  if (charge?.kind !== 'charge') throw new ShopError('not_found', 'There is no such payment.')
  if (isSettledBy(work, command)) return
  if (charge.trouble === null)
    throw new ShopError('conflict', 'Somebody has decided about this money already.')
  const words = cleanText(command.words ?? '')
  if (words.length > MAX_WORDS)
    throw new ShopError('invalid', `Please use at most ${MAX_WORDS} characters.`, { field: 'words' })
  const surplus = surplusBefore(work, charge)
  const orderId = decide(work, charge, command)
  const { decision, actor, requestKey } = command
  const data = { entryId: charge.id, decision, trouble: charge.trouble, ...surplus, ...(words && { words }) }
  const id = recordEvent(work, { type: 'matter_settled', orderId, actor, data, requestKey })
  const order = orderId === null ? undefined : findOrder(work.tx, orderId)
  // What is given back or counts has a notice of its own.
  if (decision === 'keep') tellKept(work, { id, type: 'money_kept', actor }, charge, order)
  unmark(work, orderId)
  if (charge.order_id !== orderId) unmark(work, charge.order_id)
}

function tellKept(work: Work, event: PlannedEvent, charge: LedgerRow, order: OrderRow | undefined): void {
  if (order) planNotices(work, event, order, work.now)
  else planForPayer(work, event, charge.person_id)
}

/** Whether this very command was done before; the order of what is decided about can have changed with it. */
function isSettledBy({ tx }: Work, { entryId, requestKey }: SettleMatter): boolean {
  const done = requestKey ? findByRequestKey(tx, requestKey) : undefined
  if (!done) return false
  if (done.type === 'matter_settled' && isAbout(done, entryId)) return true
  throw new ShopError('conflict', 'This key was used for something else before.')
}

/** How much of the charge it is about, where that is not all of it. */
function surplusBefore(work: Work, charge: LedgerRow): { amountMinor: number } | undefined {
  const order = charge.order_id === null ? undefined : findOrder(work.tx, charge.order_id)
  return order && charge.trouble === 'too_much' ? { amountMinor: surplusOf(work.tx, order) } : undefined
}

/** Does what was decided. Returns the order that it was about in the end. */
function decide(work: Work, charge: LedgerRow, command: SettleMatter): number | null {
  switch (command.decision) {
    case 'apply':
      return applyAnyway(work, charge, command)
    case 'refund':
      return refundIt(work, charge, command)
    case 'keep':
      keepIt(work, charge)
      return charge.order_id
  }
}

function keepIt(work: Work, charge: LedgerRow): void {
  const state = charge.state === 'open' ? 'kept' : charge.state
  changeEntry(work.tx, charge, { state, trouble: null, now: work.now })
}

function refundIt(work: Work, charge: LedgerRow, { actor }: SettleMatter): number | null {
  const order = charge.order_id === null ? undefined : findOrder(work.tx, charge.order_id)
  const how = { at: work.now }
  // Decided first, so that what is given back is no matter any more.
  changeEntry(work.tx, charge, { trouble: null, now: work.now })
  const isSurplus = charge.state === 'applied'
  const ids =
    isSurplus && order
      ? giveBack(work, order, checkedSurplus(work, order), how)
      : [giveBackCharge(work, charge, how)]
  if (!order) return null
  const data = { ...(ids.length === 1 && { entryId: ids[0] }), entryIds: ids, amountMinor: sumOf(work, ids) }
  const id = recordEvent(work, { type: 'refund_started', orderId: order.id, actor, data })
  planNotices(work, { id, type: 'refund_started', actor }, order, tellStartAt(work, ids))
  return order.id
}

function sumOf(work: Work, ids: number[]): number {
  return ids.reduce((sum, id) => sum + (findEntry(work.tx, id)?.order_minor ?? 0), 0)
}

function checkedSurplus(work: Work, order: OrderRow): number {
  const minor = surplusOf(work.tx, order)
  if (minor > 0) return minor
  throw new ShopError(
    'conflict',
    `There is no more money on order #${order.id} than it costs. You can keep it.`,
  )
}
