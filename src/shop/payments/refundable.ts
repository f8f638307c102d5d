import type { Reader } from '../../db/database.ts'
import { listEvents } from '../../db/events.ts'
import { findEntry, type LedgerRow, listEntriesOfOrder, listRefundsOfCharge } from '../../db/ledger.ts'
import type { OrderRow } from '../../db/orders.ts'
import type { LedgerProvider } from '../../db/schema.ts'
import { MONEY_WAITS } from './announce-money-matter.ts'
import type { PaymentProvider, Providers } from './provider.ts'

/** Refunds that have moved money, or may still do. */
const LIVE = ['wanted', 'by_hand', 'offered', 'done']
/** More than any order has; it is only for orders that were cancelled with money on them. */
const MOST_EVENTS = 2_000

export interface Left {
  /** In the provider's currency, and in the order's. */
  amountMinor: number
  orderMinor: number
}

/** What can still be given back of a charge: refunds under way are no longer there. */
export function leftOfCharge(db: Reader, charge: LedgerRow): Left {
  return leftAfter(charge, listRefundsOfCharge(db, charge.id))
}

function leftAfter(charge: LedgerRow, refunds: readonly LedgerRow[]): Left {
  const left = { amountMinor: charge.amount_minor, orderMinor: charge.order_minor }
  for (const refund of refunds) {
    if (!LIVE.includes(refund.state)) continue
    left.amountMinor -= refund.amount_minor
    left.orderMinor -= refund.order_minor
  }
  return left
}

/** The charges that count for an order and have something left, oldest first. */
export function refundableCharges(db: Reader, orderId: number): { charge: LedgerRow; left: Left }[] {
  const entries = listEntriesOfOrder(db, orderId)
  return entries
    .filter((entry) => entry.kind === 'charge' && entry.state === 'applied')
    .map((charge) => ({
      charge,
      left: leftAfter(
        charge,
        entries.filter((entry) => entry.charge_id === charge.id),
      ),
    }))
    .filter(({ left }) => left.amountMinor > 0)
}

/** What can still be given back of an order's money, without refunds that are under way. */
export function refundableOf(db: Reader, order: Pick<OrderRow, 'id' | 'charged_minor'>): number {
  if (order.charged_minor === 0) return 0
  return refundableCharges(db, order.id).reduce((sum, { left }) => sum + left.orderMinor, 0)
}

/** What is left of a cancelled order's money while nobody has said what becomes of it; 0 for all other orders. */
export function undecidedOf(db: Reader, order: OrderRow): number {
  const left = order.fulfilment === 'cancelled' ? refundableOf(db, order) : 0
  return left === 0 ? 0 : Math.min(left, leftForLater(db, order.id))
}

interface Said {
  money?: string
  entryId?: number
  amountMinor?: number
}

/** What was left open when the order ended, and what was to go back and was called off; all of it until somebody decides. */
function leftForLater(db: Reader, orderId: number): number {
  let minor = 0
  for (const { type, data } of listEvents(db, orderId, MOST_EVENTS)) {
    const { money, entryId = 0, amountMinor = 0 } = JSON.parse(data) as Said
    // Who cancelled before there was a ledger, or while a refund was under way, was not asked.
    if (type === 'cancelled' || type === 'expired')
      minor = money === 'refund' || money === 'keep' ? 0 : Number.MAX_SAFE_INTEGER
    else if (type === 'money_kept') minor = 0
    else if (type === 'refund_called_off' && isOfCounting(db, entryId)) minor += amountMinor
  }
  return minor
}

function isOfCounting(db: Reader, refundId: number): boolean {
  const charge = findEntry(db, findEntry(db, refundId)?.charge_id ?? 0)
  return charge?.state === 'applied'
}

/** What an order is still marked with, once a decision about its money was made. */
export function markLeft(db: Reader, order: OrderRow): string | null {
  if (order.needs_review !== MONEY_WAITS) return order.needs_review
  const waits = listEntriesOfOrder(db, order.id).some((entry) => entry.trouble !== null)
  return waits || undecidedOf(db, order) > 0 ? MONEY_WAITS : null
}

/** The way to pay that an entry of the ledger came by, if it is still set up. */
export function providerOf(providers: Providers, ledger: LedgerProvider): PaymentProvider | undefined {
  return [...providers.values()].find((provider) => provider.ledger === ledger)
}
