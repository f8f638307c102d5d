import { type LedgerRow, listEntriesOfOrder } from '../../../db/ledger.ts'
import { listOrderTaxes, type OrderTaxRow } from '../../../db/order-taxes.ts'
import { findOrder, type LineItemRow, listLineItems, type OrderRow } from '../../../db/orders.ts'
import { findPerson } from '../../../db/people.ts'
import { readShopName } from '../../staff/shop-settings.ts'
import type { Shop } from '../../work.ts'
import { moneyOf } from '../order-money.ts'
import { dueOf } from '../payment-state.ts'

/** What a receipt says, as things stand now. */
export interface Receipt {
  shopName: string
  language: string
  timezone: string
  order: OrderRow
  items: LineItemRow[]
  taxes: OrderTaxRow[]
  /** What came in and went back, without what was entered by mistake or called off. */
  entries: LedgerRow[]
  /** What is still to be paid; nothing is, once the order is cancelled. */
  dueMinor: number
}

/** The receipt of an order, in its customer's language. Undefined when there is no such order. */
export function readReceipt({ db, texts, settings }: Shop, orderId: number): Receipt | undefined {
  const order = findOrder(db, orderId)
  if (!order) return undefined
  return {
    shopName: readShopName(db),
    language: texts.nearest(findPerson(db, order.person_id)?.language ?? 'en'),
    timezone: settings.timezone,
    order,
    items: listLineItems(db, order.id),
    taxes: listOrderTaxes(db, order.id),
    entries: listEntriesOfOrder(db, order.id).filter(({ state }) => state !== 'void' && state !== 'failed'),
    dueMinor: order.fulfilment === 'cancelled' ? 0 : dueOf(moneyOf(order)),
  }
}
