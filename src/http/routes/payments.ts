import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { approveProof, findProofOf } from '../../shop/payments/approve-proof.ts'
import { readProofFile } from '../../shop/payments/proof-files.ts'
import { recordPayment } from '../../shop/payments/record-payment.ts'
import { rejectProof } from '../../shop/payments/reject-proof.ts'
import { voidPayment } from '../../shop/payments/void-payment.ts'
import {
  approveProofBody,
  entryParams,
  recordPaymentBody,
  rejectProofBody,
  voidPaymentBody,
} from '../contract/money.ts'
import { orderParams } from '../contract/order.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { jsonBody, problems } from './documented.ts'
import { afterEntry, afterOrder, askedBy, moneyDesk, ofEntry, ofOrder } from './money-desk.ts'

const proofParams = orderParams.extend(entryParams.shape)

const record = createRoute({
  method: 'post',
  path: '/orders/{number}/payments',
  summary: 'Enter cash or a transfer that has arrived, whole or in part (owner, manager)',
  request: { ...ofOrder, body: jsonBody(recordPaymentBody) },
  responses: afterOrder,
})

const approve = createRoute({
  method: 'post',
  path: '/orders/{number}/proofs/{id}/approve',
  summary: 'Say how much of the money of a receipt has arrived (owner, manager)',
  request: { params: proofParams, body: jsonBody(approveProofBody) },
  responses: afterOrder,
})

const reject = createRoute({
  method: 'post',
  path: '/orders/{number}/proofs/{id}/reject',
  summary: 'Refuse a receipt; the customer reads why (owner, manager)',
  request: { params: proofParams, body: jsonBody(rejectProofBody) },
  responses: afterOrder,
})

const show = createRoute({
  method: 'get',
  path: '/orders/{number}/proofs/{id}/file',
  summary: 'The receipt itself',
  request: { params: proofParams },
  responses: {
    200: { description: 'A JPEG or a PDF', content: { 'image/jpeg': {}, 'application/pdf': {} } },
    ...problems(400, 401, 404),
  },
})

const takeBack = createRoute({
  method: 'post',
  path: '/money/entries/{id}/void',
  summary: 'Take back cash or a transfer that was entered by mistake (owner, manager)',
  request: { ...ofEntry, body: jsonBody(voidPaymentBody) },
  responses: afterEntry,
})

/** Money that people of the shop have seen: cash, transfers and their receipts. */
export function paymentRoutes({ shop, proofsFolder }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  const { changeOrder, changeEntry } = moneyDesk(shop)

  routes.openapi(record, (c) => {
    const orderId = c.req.valid('param').number
    const command = { ...c.req.valid('json'), orderId, ...askedBy(c) }
    return changeOrder(c, orderId, (work) => recordPayment(work, command))
  })
  routes.openapi(approve, (c) => {
    const { number: orderId, id: proofId } = c.req.valid('param')
    const command = { ...c.req.valid('json'), orderId, proofId, ...askedBy(c) }
    return changeOrder(c, orderId, (work) => approveProof(work, command))
  })
  routes.openapi(reject, (c) => {
    const { number: orderId, id: proofId } = c.req.valid('param')
    const command = { ...c.req.valid('json'), orderId, proofId, ...askedBy(c) }
    return changeOrder(c, orderId, (work) => rejectProof(work, command))
  })
  routes.openapi(show, async (c) => {
    const { number, id } = c.req.valid('param')
    const proof = findProofOf(shop.db, number, id)
    const bytes = await readProofFile(proofsFolder, proof.file)
    const [type, manner, ending] =
      proof.kind === 'pdf' ? ['application/pdf', 'attachment', 'pdf'] : ['image/jpeg', 'inline', 'jpg']
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': type,
      'content-disposition': `${manner}; filename="receipt-${number}-${id}.${ending}"`,
    })
  })
  routes.openapi(takeBack, (c) => {
    const entryId = c.req.valid('param').id
    const command = { ...c.req.valid('json'), entryId, ...askedBy(c) }
    return changeEntry(c, entryId, (work) => voidPayment(work, command))
  })
  return routes
}
