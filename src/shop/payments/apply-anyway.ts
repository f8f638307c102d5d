import { changeEntry, findEntry, type LedgerRow } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Actor, Work } from '../work.ts'
import { announceMoneyMatter } from './announce-money-matter.ts'
import { countCharge } from './apply-charge.ts'
import { type MatterOption, matterOptions, surplusOf } from './matter-options.ts'
import { moneyOf } from './order-money.ts'
import { judgeCharge } from './payment-state.ts'
import { refundableOf } from './refundable.ts'
import { askForRest, asReopened, reopenOrder } from './reopen-order.ts'

/**
 * Lets money count that fitted no state of its order: as a part of what it costs, or so that a cancelled one goes on.
 * `orderId` is the order of money that names none. Returns the order it counts for. Throws a ShopError invalid or conflict
 * that says why it cannot.
 */
export function applyAnyway(
  work: Work,
  found: LedgerRow,
  { actor, orderId }: { actor: Actor; orderId?: number | undefined },
): number {
  const { charge, order } = forOrder(work, found, orderId)
  if (!canApply(work, charge)) throw new ShopError('conflict', whyNot(charge, order))
  const wasCancelled = order.fulfilment === 'cancelled'
  checkNotGivenBack(work, order, charge)
  const money = moneyOf(wasCancelled ? asReopened(order) : order)
  const { applies } = judgeCharge({ orderMinor: charge.order_minor, adds: true }, money)
  if (!applies) throw new ShopError('conflict', whyNot(charge, order))
  changeEntry(work.tx, charge, { state: 'applied', trouble: null, now: work.now })
  const data = { chargeId: charge.id, provider: charge.provider, amountMinor: charge.order_minor }
  if (wasCancelled) reopenOrder(work, order, { actor, data })
  else askForRest(work, countCharge(work, order, charge, actor), actor)
  noteSurplus(work, charge.id)
  return order.id
}

/** What is more than the order costs waits for a decision of its own. */
function noteSurplus(work: Work, chargeId: number): void {
  const charge = findEntry(work.tx, chargeId)
  const order = charge?.order_id == null ? undefined : findOrder(work.tx, charge.order_id)
  if (!charge || !order || surplusOf(work.tx, order) === 0) return
  changeEntry(work.tx, charge, { trouble: 'too_much', now: work.now })
  announceMoneyMatter(work, { ...charge, trouble: 'too_much' })
}

/** What an order had, and gave back, pays nothing of it any more. */
function checkNotGivenBack(work: Work, order: OrderRow, charge: LedgerRow): void {
  const left = order.charged_minor > 0 ? refundableOf(work.tx, order) : 0
  const isEnough = left + charge.order_minor >= order.total_minor - order.waived_minor
  if (left === order.charged_minor || isEnough) return
  throw new ShopError(
    'conflict',
    `Money of order #${order.id} was given back, so that this does not pay for it. Give it back too, or keep it.`,
  )
}

/** The order the money is to count for; money without one is first given to it. */
function forOrder(work: Work, charge: LedgerRow, orderId: number | undefined) {
  const id = charge.order_id ?? orderId
  if (id === undefined)
    throw new ShopError('invalid', 'Enter the number of the order it is for.', { field: 'orderNumber' })
  const order = findOrder(work.tx, id)
  if (!order) throw new ShopError('invalid', `There is no order #${id}.`, { field: 'orderNumber' })
  if (charge.order_id !== null) return { charge, order }
  if (charge.currency !== order.currency)
    throw new ShopError('invalid', `It is in ${charge.currency}, order #${id} in ${order.currency}.`, {
      field: 'orderNumber',
    })
  const given = { orderId: id, orderMinor: charge.amount_minor }
  changeEntry(work.tx, charge, { ...given, now: work.now })
  return { charge: { ...charge, order_id: id, order_minor: charge.amount_minor }, order }
}

function canApply(work: Work, charge: LedgerRow): boolean {
  const options: MatterOption[] = matterOptions(work.tx, work.providers, charge)
  return options.includes('apply') || options.includes('reopen')
}

function whyNot(charge: LedgerRow, order: OrderRow): string {
  if (charge.order_minor === 0)
    return `It is in ${charge.currency}, order #${order.id} in ${order.currency}. Give it back, or keep it.`
  return `Order #${order.id} needs no more money. Give it back, or keep it.`
}
