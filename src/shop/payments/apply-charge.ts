import { changeEntry, findEntry, type LedgerRow } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { findPerson } from '../../db/people.ts'
import { type Actor, SYSTEM, type Work } from '../work.ts'
import { announceMoneyMatter } from './announce-money-matter.ts'
import { moneyOf } from './order-money.ts'
import { judgeCharge } from './payment-state.ts'
import { settleMoney } from './settle-money.ts'

/**
 * Lets a stored charge count for its order, once, however often it is called. What fits no state of the order stays in the
 * ledger as open, and the owner is told. `by` is who says that it has arrived. Never throws for money that does not fit.
 */
export function applyCharge(work: Work, chargeId: number, by?: Actor): void {
  const charge = findEntry(work.tx, chargeId)
  if (charge?.state !== 'received') return
  const order = charge.order_id === null ? undefined : findOrder(work.tx, charge.order_id)
  const adds = isInParts(charge)
  const { applies, trouble } = judgeCharge({ orderMinor: charge.order_minor, adds }, order && moneyOf(order))
  changeEntry(work.tx, charge, { state: applies ? 'applied' : 'open', trouble, now: work.now })
  if (applies && order) countCharge(work, order, charge, by ?? payerOf(work, charge))
  if (trouble) announceMoneyMatter(work, { ...charge, trouble })
}

/** Brings an order in line after a charge has been set to applied: as paid, or as paid in part. */
export function countCharge(work: Work, order: OrderRow, charge: LedgerRow, actor: Actor): OrderRow {
  const data = { chargeId: charge.id, provider: charge.provider, amountMinor: charge.order_minor }
  return settleMoney(work, order, { actor, paid: 'paid', otherwise: 'part_paid', data })
}

/** Whether such money may come bit by bit, and adds up. */
export function isInParts({ provider }: LedgerRow): boolean {
  return provider === 'cash' || provider === 'transfer'
}

/** Who pays in the chat acts there; what a provider tells of comes from the shop itself. */
export function payerOf(work: Work, charge: LedgerRow): Actor {
  const inChat = charge.provider === 'telegram' || charge.provider === 'stars'
  const person = inChat && charge.person_id !== null ? findPerson(work.tx, charge.person_id) : undefined
  return person ? { kind: 'customer', id: person.id, name: person.name, source: 'chat' } : SYSTEM
}
