import type { Reader } from '../../db/database.ts'
import { type EventRow, listEvents } from '../../db/events.ts'
import { listNoticesOfOrder, type OrderNoticeRow } from '../../db/notices.ts'
import {
  findOrder,
  type LineItemRow,
  listLineItems,
  listOrders,
  listOrdersOfCustomers,
  type OrderRow,
  type OrderSummaryRow,
  type Page,
} from '../../db/orders.ts'
import { findPerson, type PersonRow } from '../../db/people.ts'
import { findReview, type ReviewRow } from '../../db/reviews.ts'
import type { Stage } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'

export interface OrderDetail {
  order: OrderRow
  customer: PersonRow
  items: LineItemRow[]
  events: EventRow[]
  notices: OrderNoticeRow[]
  review: ReviewRow | undefined
}

/** An order with everything a member of staff sees of it. Throws a ShopError not_found. */
export function readOrder(db: Reader, id: number): OrderDetail {
  const order = findOrder(db, id)
  const customer = order && findPerson(db, order.person_id)
  if (!order || !customer) throw new ShopError('not_found', `There is no order #${id}.`)
  return {
    order,
    customer,
    items: listLineItems(db, id),
    events: listEvents(db, id),
    notices: listNoticesOfOrder(db, id),
    review: findReview(db, id),
  }
}

/** Orders newest first: of a stage, or found by number ("1042", "#1042") or by the customer's name, username or phone. */
export function searchOrders(
  db: Reader,
  query: Page & { stage?: Stage | undefined; search?: string | undefined },
): OrderSummaryRow[] {
  const search = query.search?.trim()
  if (!search) return listOrders(db, query)
  const number = /^#?(\d{1,15})$/.exec(search)?.[1]
  const exact = number && query.before === undefined ? findOrder(db, Number(number)) : undefined
  const byCustomer = listOrdersOfCustomers(db, search, query)
  return exact ? [exact, ...byCustomer.filter((order) => order.id !== exact.id)] : byCustomer
}
