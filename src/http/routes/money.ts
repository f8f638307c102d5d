import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { callOffRefund } from '../../shop/payments/call-off-refund.ts'
import { confirmRefund } from '../../shop/payments/confirm-refund.ts'
import { refundOrder } from '../../shop/payments/refund-order.ts'
import { refundByHand, retryRefund } from '../../shop/payments/retry-refund.ts'
import { settleMatter } from '../../shop/payments/settle-matter.ts'
import { settleOrderMoney } from '../../shop/payments/settle-order-money.ts'
import { waiveRest } from '../../shop/payments/waive-rest.ts'
import {
  confirmRefundBody,
  moneyMatters,
  refundBody,
  settleMatterBody,
  settleOrderMoneyBody,
  waiveBody,
} from '../contract/money.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { mattersView } from '../money-views.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'
import { afterEntry, afterOrder, askedBy, moneyDesk, ofEntry, ofOrder } from './money-desk.ts'

const refund = createRoute({
  method: 'post',
  path: '/orders/{number}/refunds',
  summary: 'Give money of an order back, all of it or a part (owner, manager)',
  request: { ...ofOrder, body: jsonBody(refundBody) },
  responses: afterOrder,
})

const waive = createRoute({
  method: 'post',
  path: '/orders/{number}/waive-rest',
  summary: 'Do without the rest of a part-paid order (owner, manager)',
  request: { ...ofOrder, body: jsonBody(waiveBody) },
  responses: afterOrder,
})

const settleOrder = createRoute({
  method: 'post',
  path: '/orders/{number}/settle-money',
  summary:
    'Decide about the money of an order that was cancelled with the question left open (owner, manager)',
  request: { ...ofOrder, body: jsonBody(settleOrderMoneyBody) },
  responses: afterOrder,
})

const matters = createRoute({
  method: 'get',
  path: '/money/matters',
  summary: 'Everything about money that waits for a person, oldest first (owner, manager)',
  responses: { 200: jsonContent(moneyMatters, 'What waits'), ...problems(401, 403) },
})

const settle = createRoute({
  method: 'post',
  path: '/money/entries/{id}/settle',
  summary: 'Decide about money that fits no state of its order (owner, manager)',
  request: { ...ofEntry, body: jsonBody(settleMatterBody) },
  responses: afterEntry,
})

const confirm = createRoute({
  method: 'post',
  path: '/money/entries/{id}/confirm-refund',
  summary: 'Say that a refund was paid by hand (owner, manager)',
  request: { ...ofEntry, body: jsonBody(confirmRefundBody) },
  responses: afterEntry,
})

const retry = createRoute({
  method: 'post',
  path: '/money/entries/{id}/retry-refund',
  summary: 'Ask the provider once more for a refund that failed (owner, manager)',
  request: ofEntry,
  responses: afterEntry,
})

const byHand = createRoute({
  method: 'post',
  path: '/money/entries/{id}/refund-by-hand',
  summary: 'Have a refund paid by hand instead of by its provider (owner, manager)',
  request: ofEntry,
  responses: afterEntry,
})

const callOff = createRoute({
  method: 'post',
  path: '/money/entries/{id}/call-off',
  summary: 'Call a refund off that has not moved any money (owner, manager)',
  request: ofEntry,
  responses: afterEntry,
})

/** Money that goes back, and money about which somebody must decide. */
export function moneyRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  const { changeOrder, changeEntry } = moneyDesk(shop)

  routes.openapi(refund, (c) => {
    const orderId = c.req.valid('param').number
    const command = { ...c.req.valid('json'), orderId, ...askedBy(c) }
    return changeOrder(c, orderId, (work) => refundOrder(work, command))
  })
  routes.openapi(waive, (c) => {
    const orderId = c.req.valid('param').number
    const command = { ...c.req.valid('json'), orderId, ...askedBy(c) }
    return changeOrder(c, orderId, (work) => waiveRest(work, command))
  })
  routes.openapi(settleOrder, (c) => {
    const orderId = c.req.valid('param').number
    const command = { ...c.req.valid('json'), orderId, ...askedBy(c) }
    return changeOrder(c, orderId, (work) => settleOrderMoney(work, command))
  })
  routes.openapi(matters, (c) => {
    const { role } = c.get('session')
    requireRole({ role }, 'owner', 'manager')
    return c.json(mattersView(shop, role), 200)
  })
  routes.openapi(settle, (c) => {
    const entryId = c.req.valid('param').id
    const { orderNumber: orderId, ...said } = c.req.valid('json')
    const command = { ...said, ...askedBy(c), entryId, orderId }
    return changeEntry(c, entryId, (work) => settleMatter(work, command))
  })
  routes.openapi(confirm, (c) => {
    const entryId = c.req.valid('param').id
    const command = { ...c.req.valid('json'), ...askedBy(c), entryId }
    return changeEntry(c, entryId, (work) => confirmRefund(work, command))
  })
  routes.openapi(retry, (c) => {
    const entryId = c.req.valid('param').id
    const command = { entryId, ...askedBy(c) }
    return changeEntry(c, entryId, (work) => retryRefund(work, command))
  })
  routes.openapi(byHand, (c) => {
    const entryId = c.req.valid('param').id
    const command = { entryId, ...askedBy(c) }
    return changeEntry(c, entryId, (work) => refundByHand(work, command))
  })
  routes.openapi(callOff, (c) => {
    const entryId = c.req.valid('param').id
    const command = { entryId, ...askedBy(c) }
    return changeEntry(c, entryId, (work) => callOffRefund(work, command))
  })
  return routes
}
