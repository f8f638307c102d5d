import type { Reader } from '../../db/database.ts'
import { type EventRow, listEvents } from '../../db/events.ts'
import {
  findOrderSummary,
  listOldestOrders,
  listOrders,
  listOrdersOfCustomers,
  listUnansweredOrders,
  type OrderSummaryRow,
  type Page,
} from '../../db/order-lists.ts'
import { findOrder, type LineItemRow, listLineItems, type OrderRow } from '../../db/orders.ts'
import { findPerson, type PersonRow } from '../../db/people.ts'
import { listNoticesOfOrder, type NoticeWithRecipient } from '../../db/proof.ts'
import { findReview, type ReviewRow } from '../../db/reviews.ts'
import type { Stage } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'

export interface OrderDetail {
  order: OrderRow
  customer: PersonRow
  items: LineItemRow[]
  events: EventRow[]
  notices: NoticeWithRecipient[]
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

/**
 * Orders newest first (or, of one stage, oldest first after a number): of a stage, or found by number ("1042", "#1042") or by the
 * customer's name, username or phone; or those whose customers wait for an answer, longest waiting first.
 */
export function searchOrders(
  db: Reader,
  query: Page & {
    stage?: Stage | undefined
    search?: string | undefined
    after?: number | undefined
    unanswered?: boolean | undefined
  },
): OrderSummaryRow[] {
  const { stage, after, limit } = query
  if (query.unanswered) return listUnansweredOrders(db, limit)
  if (after !== undefined && !stage)
    throw new ShopError('invalid', 'Say the stage whose oldest orders you want.', { field: 'stage' })
  if (after !== undefined && stage) return listOldestOrders(db, { stage, after, limit })
  const search = query.search?.trim()
  if (!search) return listOrders(db, query)
  const number = /^#?(\d{1,15})$/.exec(search)?.[1]
  const exact = number && query.before === undefined ? findOrderSummary(db, Number(number)) : undefined
  const byCustomer = listOrdersOfCustomers(db, search, query)
  return exact ? [exact, ...byCustomer.filter((order) => order.id !== exact.id)] : byCustomer
}
