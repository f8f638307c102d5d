import { addEntry, changeEntry, findEntry } from '../../db/ledger.ts'
import type { OrderRow } from '../../db/orders.ts'
import { newKey } from '../../lib/ids.ts'
import type { Work } from '../work.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'

/** In which part of the ledger money stands that people of the shop have seen: cash in the hand, or a transfer on the account. */
export function ledgerOf(order: OrderRow): 'cash' | 'transfer' {
  return order.payment_method === 'cash_on_delivery' ? 'cash' : 'transfer'
}

/** All that is still owed, entered by hand when an order is marked as paid. Undefined when nothing is owed. */
export function enterRest(work: Work, order: OrderRow, by: string): number | undefined {
  const amountMinor = dueOf(moneyOf(order))
  if (amountMinor === 0) return undefined
  const id = addEntry(work.tx, {
    kind: 'charge',
    provider: ledgerOf(order),
    reference: `by-hand:${newKey()}`,
    chargeId: null,
    orderId: order.id,
    personId: order.person_id,
    amountMinor: amountMinor,
    currency: order.currency,
    orderMinor: amountMinor,
    state: 'applied',
    reason: null,
    raw: JSON.stringify({ enteredBy: by }),
    at: work.now,
    now: work.now,
    checkAt: null,
  })
  if (id === undefined) throw new Error('a new key was taken already')
  return id
}

/** Takes a charge back that was entered by mistake; it stays in the ledger as void. */
export function voidEntry(work: Work, entryId: number): void {
  const entry = findEntry(work.tx, entryId)
  if (entry) changeEntry(work.tx, entry, { state: 'void', trouble: null, now: work.now })
}
