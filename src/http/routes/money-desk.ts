import type { Context } from 'hono'
import { findEntry } from '../../db/ledger.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { readOrder } from '../../shop/orders/read-orders.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import type { Shop, Work } from '../../shop/work.ts'
import { entryParams, ledgerEntry } from '../contract/money.ts'
import { idempotencyHeader, orderDetail, orderParams } from '../contract/order.ts'
import type { ApiEnv } from '../deps.ts'
import { entryView } from '../money-views.ts'
import { detailView } from '../order-views.ts'
import { jsonContent, problems } from './documented.ts'

const refusals = problems(400, 401, 403, 404, 409, 503)

/** What the routes are asked for that do something with money, and what they answer. */
export const ofOrder = { params: orderParams, headers: idempotencyHeader }
export const ofEntry = { params: entryParams, headers: idempotencyHeader }
export const afterOrder = { 200: jsonContent(orderDetail, 'The order after it'), ...refusals }
export const afterEntry = { 200: jsonContent(ledgerEntry, 'The entry after it'), ...refusals }

/** Who asks. Keys are each person's own: nobody meets somebody else's, by chance or on purpose. */
export function askedBy(c: Context<ApiEnv>) {
  const session = c.get('session')
  const key = c.req.header('idempotency-key')
  return { actor: actorOf(session), requestKey: key && `${session.id}:${key}` }
}

/** Commands about money: each happens in one transaction, and is answered with what it was about. */
export function moneyDesk(shop: Shop) {
  return {
    changeOrder(c: Context<ApiEnv>, number: number, change: (work: Work) => void) {
      shop.write(change)
      return c.json(detailView(shop, readOrder(shop.db, number), c.get('session').role), 200)
    },
    changeEntry(c: Context<ApiEnv>, id: number, change: (work: Work) => void) {
      shop.write(change)
      const entry = findEntry(shop.db, id)
      if (!entry) throw new ShopError('not_found', 'There is no such payment.')
      return c.json(entryView(shop, entry, c.get('session').role), 200)
    },
  }
}
