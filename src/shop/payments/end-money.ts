import { changeEntry, findEntry } from '../../db/ledger.ts'
import type { OrderRow } from '../../db/orders.ts'
import { formatMoney } from '../../lib/money.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Actor, Work } from '../work.ts'
import { giveBack } from './give-back.ts'
import { refundableOf } from './refundable.ts'

/** What becomes of the money of an order that ends. */
export type EndOfMoney = 'refund' | 'keep' | 'later'

/** What the event remembers of it. */
export interface EndedMoney {
  money: EndOfMoney
  amountMinor: number
  /** The refunds that begin with it. */
  refundIds?: number[]
  /** What the order was marked with before. */
  markedBefore?: string
}

/**
 * Decides, with the end of an order, about the money on it: refunds are in the ledger at once, and move at `at`. Staff
 * have to say what they want; with anybody else it is left for later. Returns undefined when there is no money. Throws a
 * ShopError invalid when it has to be said, and was not.
 */
export function endMoney(
  work: Work,
  order: OrderRow,
  said: { actor: Actor; money?: EndOfMoney | undefined; reason?: string | undefined; at: number },
): EndedMoney | undefined {
  const amountMinor = refundableOf(work.tx, order)
  if (amountMinor === 0) return undefined
  const money = said.actor.kind === 'staff' ? said.money : 'later'
  if (!money) {
    const amount = formatMoney(amountMinor, order.currency)
    throw new ShopError('invalid', `Say what is to happen with the ${amount}.`, { field: 'money' })
  }
  if (money === 'refund') {
    const { reason, at } = said
    return { money, amountMinor, refundIds: giveBack(work, order, amountMinor, { reason, at }) }
  }
  return { money, amountMinor, ...(order.needs_review && { markedBefore: order.needs_review }) }
}

/** Calls off the refunds that began with a step, which is undone. Throws a ShopError conflict when money may have moved. */
export function undoEndOfMoney(work: Work, { refundIds = [] }: Partial<EndedMoney>): void {
  for (const id of refundIds) {
    const refund = findEntry(work.tx, id)
    if (!refund || refund.state === 'void') continue
    const isUntouched = refund.state === 'by_hand' || (refund.state === 'wanted' && refund.attempts === 0)
    if (!isUntouched)
      throw new ShopError('conflict', 'It is too late to undo this: the money is on its way back.')
    changeEntry(work.tx, refund, { state: 'void', checkAt: null, now: work.now })
  }
}
