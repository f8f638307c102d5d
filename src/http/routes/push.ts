import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { hashToken } from '../../lib/ids.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { keepDevice } from '../../shop/notifications/keep-device.ts'
import { noteReceipt } from '../../shop/notifications/note-receipt.ts'
import { removeDevice } from '../../shop/notifications/remove-device.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import { type DeviceBody, device, deviceBody, deviceParams, receiptBody } from '../contract/alerts.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { deviceView } from './alerts.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const keep = createRoute({
  method: 'post',
  path: '/push/devices',
  summary: 'Send web push to this browser; to be called at each start of the panel; 409: subscribe anew',
  request: { body: jsonBody(deviceBody) },
  responses: {
    200: jsonContent(device, 'The device'),
    ...problems(400, 401, 409),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/push/devices/{id}',
  summary: 'Send no more web push to one of your devices; another one than this is signed out, too',
  request: { params: deviceParams },
  responses: { 204: { description: 'Removed' }, ...problems(401, 404) },
})

const receipt = createRoute({
  method: 'post',
  path: '/push/receipts',
  summary: 'A browser reports a push as shown or opened; the receipt in the push allows it',
  security: [],
  request: { body: jsonBody(receiptBody) },
  responses: { 204: { description: 'Noted' }, ...problems(400, 403, 404) },
})

/** What a service worker reports, signed in or not. */
export function receiptRoutes({ shop, isReceipt }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(receipt, (c) => {
    const { notice, receipt: given, what } = c.req.valid('json')
    if (!isReceipt(notice, given)) throw new ShopError('forbidden', 'This receipt is not for this notice.')
    noteReceipt(shop, { noticeId: notice, what })
    return c.body(null, 204)
  })
  return routes
}

/** The browsers that get web push. */
export function deviceRoutes({ shop, push }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(keep, (c) => {
    const session = c.get('session')
    const body = c.req.valid('json')
    const sessionHash = hashToken(c.get('token'))
    const row = shop.write((work) =>
      keepDevice(work, {
        ...checked(push, body),
        name: body.name,
        isOld: body.isOld,
        actor: { ...actorOf(session), id: session.id },
        sessionHash,
        userAgent: c.req.header('user-agent') ?? '',
      }),
    )
    return c.json(deviceView(row, sessionHash), 200)
  })
  routes.openapi(remove, (c) => {
    const session = c.get('session')
    const asked = { deviceId: c.req.valid('param').id, sessionHash: hashToken(c.get('token')) }
    shop.write((work) => removeDevice(work, { ...asked, actor: { ...actorOf(session), id: session.id } }))
    return c.body(null, 204)
  })
  return routes
}

function checked(push: HttpDeps['push'], { endpoint, keys, applicationServerKey }: DeviceBody) {
  if (!push) throw new ShopError('conflict', 'Web push is switched off on this server.')
  const subscription = { endpoint, ...keys }
  const reason = push.check(subscription)
  if (reason) throw new ShopError('invalid', reason)
  if (applicationServerKey && applicationServerKey.replace(/=+$/, '') !== push.publicKey) {
    throw new ShopError('conflict', 'The shop has a new push key: this browser has to subscribe again.')
  }
  return { ...subscription, vapidKey: push.publicKey }
}
