import type { Reader } from '../../db/database.ts'
import { listEvents } from '../../db/events.ts'
import type { LedgerRow } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import type { MatterDecision } from '../notifications/message.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'
import type { Providers } from './provider.ts'
import { leftOfCharge, providerOf, refundableOf } from './refundable.ts'

/** A decision, and whether an order that is over would go on with it. */
export type MatterOption = MatterDecision | 'reopen'

/** What can be decided now about money that fits no state of its order. */
export function matterOptions(db: Reader, providers: Providers, charge: LedgerRow): MatterOption[] {
  if (charge.kind !== 'charge' || charge.trouble === null) return []
  const order = charge.order_id === null ? undefined : findOrder(db, charge.order_id)
  if (charge.state === 'applied')
    return mayReturnSurplus(db, providers, charge, order) ? ['refund', 'keep'] : ['keep']
  const back: MatterOption[] = leftOfCharge(db, charge).amountMinor > 0 ? ['refund', 'keep'] : ['keep']
  return [...applyOption(charge, order), ...back]
}

function applyOption(charge: LedgerRow, order: OrderRow | undefined): MatterOption[] {
  if (!order) return charge.order_id === null ? ['apply'] : []
  if (charge.order_minor === 0 || dueOf(moneyOf(order)) === 0) return []
  return [order.fulfilment === 'cancelled' ? 'reopen' : 'apply']
}

/** What came for an order beyond what it costs, and is not on its way back. */
export function surplusOf(db: Reader, order: OrderRow): number {
  return Math.max(refundableOf(db, order) - (order.total_minor - order.waived_minor), 0)
}

/** As much of the surplus as nobody has said that the shop keeps. */
export function unkeptSurplusOf(db: Reader, order: OrderRow): number {
  const surplus = surplusOf(db, order)
  return surplus === 0 ? 0 : Math.max(surplus - keptSurplusOf(db, order.id), 0)
}

function keptSurplusOf(db: Reader, orderId: number): number {
  const said = listEvents(db, orderId)
    .filter(({ type }) => type === 'matter_settled')
    .map(({ data }) => JSON.parse(data) as { decision: string; trouble: string; amountMinor?: number })
  const kept = said.findLast(({ decision, trouble }) => decision === 'keep' && trouble === 'too_much')
  return kept?.amountMinor ?? 0
}

function mayReturnSurplus(
  db: Reader,
  providers: Providers,
  charge: LedgerRow,
  order: OrderRow | undefined,
): boolean {
  const isWhole = providerOf(providers, charge.provider)?.online?.wholeOnly === true
  return order !== undefined && !isWhole && surplusOf(db, order) > 0
}
