import { listEvents } from '../src/db/events.ts'
import { findEntry, type LedgerRow, listEntriesOfOrder } from '../src/db/ledger.ts'
import { findOrder, type OrderRow } from '../src/db/orders.ts'
import { takeStep } from '../src/shop/orders/take-step.ts'
import type { PaymentProvider, RefundAnswer } from '../src/shop/payments/provider.ts'
import { type IncomingCharge, takeCharge } from '../src/shop/payments/store-charge.ts'
import type { Actor, Shop } from '../src/shop/work.ts'
import { existing, givenOrder, givenShop, givenStaff, givenVariant } from './given.ts'

/** Two mugs and the courier: €29.90. */
export const TOTAL = 2 * 1250 + 490

/** A provider whose money is a plain list: what it gave back, by refund, and what it says when it is asked. */
export interface Bank extends PaymentProvider {
  asked: number[]
  paidOut: Map<number, number>
  /** What it answers next; done when there is nothing. Thrown when it is an Error. */
  answers: (RefundAnswer | Error)[]
}

/** A bank that gives money back on request, once for each refund, and knows when it is asked again. */
export function givenBank(kind: 'btcpay' | 'stars' = 'btcpay', wholeOnly = false): Bank {
  const bank: Bank = {
    kind,
    ledger: kind,
    windowMs: 3_600_000,
    asked: [],
    paidOut: new Map(),
    answers: [],
    online: {
      kind,
      wholeOnly,
      quote: (_db, orderMinor, currency) => ({ amountMinor: orderMinor, currency }),
      refund: (refund) => Promise.resolve().then(() => answer(refund)),
      checkRefund: (refund) => Promise.resolve().then(() => answer(refund)),
    },
  }
  function answer(refund: LedgerRow): RefundAnswer {
    bank.asked.push(refund.id)
    const next = bank.answers.shift() ?? { kind: 'done', raw: '{"paid":true}' }
    if (next instanceof Error) throw next
    if (next.kind === 'done') bank.paidOut.set(refund.id, refund.amount_minor)
    return next
  }
  return bank
}

/** A shop with an owner, a manager, a packer and a bank; orders in it are paid online. */
export function givenBankShop(bank = givenBank()) {
  const shop = givenShop({}, { online: [bank] })
  const owner = givenStaff(shop, 'owner', 'Olga')
  const packer = givenStaff(shop, 'packer', 'Pete')
  const variantId = givenVariant(shop, 10)
  const order = givenOrder(shop, { payment: 'bank_transfer', variantId })
  return { shop, bank, owner, packer, order, variantId }
}

let nextCharge = 0

/** Money that came in for an order by this provider. */
export function charge(order: Pick<OrderRow, 'id' | 'person_id'> | null, more: Partial<IncomingCharge> = {}) {
  nextCharge += 1
  const amountMinor = more.amountMinor ?? TOTAL
  return {
    provider: 'btcpay',
    reference: `charge-${nextCharge}`,
    orderId: order?.id ?? null,
    personId: order?.person_id ?? null,
    amountMinor,
    currency: 'EUR',
    orderMinor: amountMinor,
    at: 1_790_000_000_000,
    raw: '{}',
    ...more,
  } satisfies IncomingCharge
}

export function pay(shop: Shop, order: OrderRow, more: Partial<IncomingCharge> = {}): number {
  return takeCharge(shop, charge(order, more))
}

export const orderNow = (shop: Shop, order: { id: number }) => existing(findOrder(shop.db, order.id))
export const entryOf = (shop: Shop, id: number) => existing(findEntry(shop.db, id))
export const refundsOf = (shop: Shop, order: { id: number }) =>
  listEntriesOfOrder(shop.db, order.id).filter((entry) => entry.kind === 'refund')
export const eventsOf = (shop: Shop, order: { id: number }) =>
  listEvents(shop.db, order.id).map((event) => event.type)

/** Cancels the order as it is now. */
export function cancel(
  shop: Shop,
  actor: Actor,
  order: OrderRow,
  more: Partial<Parameters<typeof takeStep>[1]> = {},
): OrderRow {
  const { version } = orderNow(shop, order)
  return shop.write((work) => takeStep(work, { orderId: order.id, step: 'cancel', version, actor, ...more }))
}
