import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { countOrders } from '../../db/order-lists.ts'
import { readOrder, searchOrders } from '../../shop/orders/read-orders.ts'
import { takeStep } from '../../shop/orders/take-step.ts'
import { undoStep } from '../../shop/orders/undo-step.ts'
import { actorOf, type StaffSession } from '../../shop/staff/sessions.ts'
import {
  counters,
  idempotencyHeader,
  orderDetail,
  orderList,
  orderListQuery,
  orderParams,
  stepBody,
  undoBody,
} from '../contract/order.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { detailView, summaryView } from '../order-views.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const list = createRoute({
  method: 'get',
  path: '/orders',
  summary:
    'Orders newest first, of one stage or found by number or customer; or those that wait for an answer',
  request: { query: orderListQuery },
  responses: { 200: jsonContent(orderList, 'A page of orders'), ...problems(400, 401) },
})

const count = createRoute({
  method: 'get',
  path: '/orders/counters',
  summary: 'How many orders each stage holds',
  responses: { 200: jsonContent(counters, 'Orders by stage'), ...problems(401) },
})

const read = createRoute({
  method: 'get',
  path: '/orders/{number}',
  summary: 'An order with its items, timeline, notices and allowed next steps',
  request: { params: orderParams },
  responses: { 200: jsonContent(orderDetail, 'The order'), ...problems(400, 401, 404) },
})

const step = createRoute({
  method: 'post',
  path: '/orders/{number}/steps',
  summary: 'Take a step with an order',
  request: { params: orderParams, headers: idempotencyHeader, body: jsonBody(stepBody) },
  responses: {
    200: jsonContent(orderDetail, 'The order after it'),
    ...problems(400, 401, 403, 404, 409, 503),
  },
})

const undo = createRoute({
  method: 'post',
  path: '/orders/{number}/undo',
  summary: 'Take the last step back before the customer is told',
  request: { params: orderParams, headers: idempotencyHeader, body: jsonBody(undoBody) },
  responses: {
    200: jsonContent(orderDetail, 'The order as it was'),
    ...problems(400, 401, 403, 404, 409, 503),
  },
})

/** Orders: reading them, and moving them along. */
export function orderRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })

  function detail(number: number, session: StaffSession) {
    return detailView(shop, readOrder(shop.db, number), session.role)
  }

  routes.openapi(list, (c) => {
    const query = c.req.valid('query')
    const rows = searchOrders(shop.db, query)
    const last = rows.length >= query.limit && !query.unanswered ? rows.at(-1) : undefined
    return c.json({ orders: rows.map(summaryView), next: last?.id ?? null }, 200)
  })
  routes.openapi(count, (c) => c.json(countOrders(shop.db), 200))
  routes.openapi(read, (c) => c.json(detail(c.req.valid('param').number, c.get('session')), 200))
  routes.openapi(step, (c) => {
    const session = c.get('session')
    const orderId = c.req.valid('param').number
    const asked = askedBy(session, orderId, c.req.valid('header')['idempotency-key'])
    shop.write((work) => takeStep(work, { ...c.req.valid('json'), ...asked }))
    return c.json(detail(orderId, session), 200)
  })
  routes.openapi(undo, (c) => {
    const session = c.get('session')
    const orderId = c.req.valid('param').number
    const asked = askedBy(session, orderId, c.req.valid('header')['idempotency-key'])
    shop.write((work) => undoStep(work, { ...c.req.valid('json'), ...asked }))
    return c.json(detail(orderId, session), 200)
  })
  return routes
}

/** Who asks, and about which order. Keys are each person's own: nobody meets somebody else's, by chance or on purpose. */
function askedBy(session: StaffSession, orderId: number, key: string | undefined) {
  return { orderId, actor: actorOf(session), requestKey: key && `${session.id}:${key}` }
}
