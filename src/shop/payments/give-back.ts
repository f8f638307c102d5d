import { addEntry, type LedgerRow } from '../../db/ledger.ts'
import type { OrderRow } from '../../db/orders.ts'
import { newKey } from '../../lib/ids.ts'
import { formatMoney } from '../../lib/money.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Work } from '../work.ts'
import { allocateRefund } from './allocate-refund.ts'
import { announceRefundByHand } from './announce-money-matter.ts'
import { type Left, leftOfCharge, providerOf, refundableCharges } from './refundable.ts'

export interface GiveBack {
  reason?: string | undefined
  /** When the money may move: not before a step that can be undone is final. */
  at: number
}

/**
 * Puts the refunds of so much of an order's money into the ledger, one for each charge it comes from, and returns their
 * ids. Throws a ShopError invalid when there is not so much, or it cannot be given back in such parts.
 */
export function giveBack(work: Work, order: OrderRow, amountMinor: number, how: GiveBack): number[] {
  const charges = refundableCharges(work.tx, order.id)
  const sources = charges.map(({ charge, left }) => ({
    chargeId: charge.id,
    leftMinor: left.orderMinor,
    wholeOnly: providerOf(work.providers, charge.provider)?.online?.wholeOnly === true,
  }))
  const shares = allocateRefund(amountMinor, sources)
  if (!shares?.length) throw whatIsPossible(order.currency, amountMinor, sources)
  return shares.flatMap((share) => {
    const found = charges.find(({ charge }) => charge.id === share.chargeId)
    return found ? [addRefund(work, found.charge, partOf(found.left, share.minor), how)] : []
  })
}

/** Puts the refund of all that is left of one charge into the ledger, whether or not the charge counts. Returns its id. */
export function giveBackCharge(work: Work, charge: LedgerRow, how: GiveBack): number {
  const left = leftOfCharge(work.tx, charge)
  if (left.amountMinor <= 0) throw new ShopError('conflict', 'This money is given back already.')
  return addRefund(work, charge, left, how)
}

/** The same share of the provider's amount as of the order's; all of it takes all of it. */
function partOf(left: Left, orderMinor: number): Left {
  if (orderMinor === left.orderMinor) return left
  const exact = (BigInt(left.amountMinor) * BigInt(orderMinor)) / BigInt(left.orderMinor)
  return { orderMinor, amountMinor: Math.max(Number(exact), 1) }
}

function addRefund(work: Work, charge: LedgerRow, part: Left, { reason, at }: GiveBack): number {
  const byProvider = providerOf(work.providers, charge.provider)?.online?.refund !== undefined
  const id = addEntry(work.tx, {
    kind: 'refund',
    provider: charge.provider,
    reference: `refund:${newKey()}`,
    chargeId: charge.id,
    orderId: charge.order_id,
    personId: charge.person_id,
    amountMinor: part.amountMinor,
    currency: charge.currency,
    orderMinor: part.orderMinor,
    state: byProvider ? 'wanted' : 'by_hand',
    reason: reason || null,
    raw: '{}',
    at: work.now,
    now: work.now,
    checkAt: byProvider ? at : null,
  })
  if (id === undefined) throw new Error('a new key was taken already')
  if (!byProvider) announceRefundByHand(work, { id, orderId: charge.order_id }, at)
  return id
}

function whatIsPossible(
  currency: string,
  amountMinor: number,
  sources: readonly { leftMinor: number; wholeOnly: boolean }[],
): ShopError {
  const most = sources.reduce((sum, source) => sum + source.leftMinor, 0)
  const wholes = sources.filter((source) => source.wholeOnly)
  const amounts = wholes.map((source) => formatMoney(source.leftMinor, currency)).join(' or ')
  const message =
    most === 0
      ? 'There is nothing left to give back.'
      : amountMinor > most || wholes.length === 0
        ? `At most ${formatMoney(most, currency)} can be given back.`
        : `Part of this was paid in a way that only goes back whole: choose ${amounts}, or ${formatMoney(most, currency)}.`
  return new ShopError('invalid', message, { field: 'amountMinor' })
}
