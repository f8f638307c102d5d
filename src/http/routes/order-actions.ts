import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { snoozeOrder } from '../../shop/escalation/snooze-order.ts'
import { assignOrder } from '../../shop/orders/assign-order.ts'
import { clearReview } from '../../shop/orders/clear-review.ts'
import { readOrder } from '../../shop/orders/read-orders.ts'
import { waiveAnswer } from '../../shop/orders/waive-answer.ts'
import { writeMessage } from '../../shop/orders/write-message.ts'
import { actorOf, type StaffSession } from '../../shop/staff/sessions.ts'
import { idempotencyHeader, orderDetail, orderParams } from '../contract/order.ts'
import { assigneeBody, clearReviewBody, messageBody, snoozeBody } from '../contract/staff.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { detailView } from '../order-views.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const after = { 200: jsonContent(orderDetail, 'The order after it') }

const assign = createRoute({
  method: 'put',
  path: '/orders/{number}/assignee',
  summary: 'Give an order to a member of staff, or to nobody',
  request: { params: orderParams, body: jsonBody(assigneeBody) },
  responses: { ...after, ...problems(400, 401, 403, 404, 409) },
})

const snooze = createRoute({
  method: 'post',
  path: '/orders/{number}/snooze',
  summary: 'Have everybody reminded only later of an order that waits to be accepted',
  request: { params: orderParams, body: jsonBody(snoozeBody) },
  responses: { ...after, ...problems(400, 401, 404, 409) },
})

const write = createRoute({
  method: 'post',
  path: '/orders/{number}/messages',
  summary: 'Write to the customer about an order',
  request: { params: orderParams, headers: idempotencyHeader, body: jsonBody(messageBody) },
  responses: { ...after, ...problems(400, 401, 404, 409) },
})

const waive = createRoute({
  method: 'post',
  path: '/orders/{number}/answer-waived',
  summary: 'Say that what the customer wrote needs no answer',
  request: { params: orderParams },
  responses: { ...after, ...problems(400, 401, 404, 409) },
})

const clear = createRoute({
  method: 'post',
  path: '/orders/{number}/review-cleared',
  summary: 'Say that what an order needed a look for is done (owner, manager)',
  request: { params: orderParams, body: jsonBody(clearReviewBody) },
  responses: { ...after, ...problems(400, 401, 403, 404, 409) },
})

/** What staff do about an order besides moving it along. */
export function orderActionRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })

  function detail(number: number, session: StaffSession) {
    return detailView(shop, readOrder(shop.db, number), session.role)
  }

  routes.openapi(assign, (c) => {
    const session = c.get('session')
    const orderId = c.req.valid('param').number
    const { personId } = c.req.valid('json')
    shop.write((work) => assignOrder(work, { orderId, personId, actor: actorOf(session) }))
    return c.json(detail(orderId, session), 200)
  })
  routes.openapi(snooze, (c) => {
    const session = c.get('session')
    const orderId = c.req.valid('param').number
    const { minutes } = c.req.valid('json')
    shop.write((work) => snoozeOrder(work, { orderId, minutes, actor: actorOf(session) }))
    return c.json(detail(orderId, session), 200)
  })
  routes.openapi(write, (c) => {
    const session = c.get('session')
    const orderId = c.req.valid('param').number
    const key = c.req.valid('header')['idempotency-key']
    const requestKey = key && `${session.id}:${key}`
    const said = { orderId, words: c.req.valid('json').words, actor: actorOf(session), requestKey }
    shop.write((work) => writeMessage(work, said))
    return c.json(detail(orderId, session), 200)
  })
  routes.openapi(waive, (c) => {
    const session = c.get('session')
    const orderId = c.req.valid('param').number
    shop.write((work) => waiveAnswer(work, { orderId, actor: actorOf(session) }))
    return c.json(detail(orderId, session), 200)
  })
  routes.openapi(clear, (c) => {
    const session = c.get('session')
    const orderId = c.req.valid('param').number
    const { words } = c.req.valid('json')
    shop.write((work) => clearReview(work, { orderId, words, actor: actorOf(session) }))
    return c.json(detail(orderId, session), 200)
  })
  return routes
}
