import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { type DeviceRow, listDevices } from '../../db/devices.ts'
import { hashToken } from '../../lib/ids.ts'
import { readAlertWishes, saveAlertWishes } from '../../shop/staff/alert-wishes.ts'
import { actorOf, type StaffSession } from '../../shop/staff/sessions.ts'
import { type Alerts, alerts, alertsBody, type Device } from '../contract/alerts.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const read = createRoute({
  method: 'get',
  path: '/alerts',
  summary: 'How the signed-in person is told of things, and on which devices',
  responses: { 200: jsonContent(alerts, 'Their alerts'), ...problems(401) },
})

const save = createRoute({
  method: 'put',
  path: '/alerts',
  summary: 'Change how one is told; what is left out stays',
  request: { body: jsonBody(alertsBody) },
  responses: { 200: jsonContent(alerts, 'The alerts after it'), ...problems(400, 401, 403) },
})

/** Each person's own choices. */
export function alertRoutes(deps: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(read, (c) => c.json(alertsView(deps, c.get('session'), c.get('token')), 200))
  routes.openapi(save, (c) => {
    const session = c.get('session')
    deps.shop.write((work) =>
      saveAlertWishes(work, { ...actorOf(session), id: session.id }, c.req.valid('json')),
    )
    return c.json(alertsView(deps, session, c.get('token')), 200)
  })
  return routes
}

function alertsView({ shop, push, publicUrl }: HttpDeps, session: StaffSession, token: string): Alerts {
  const { db, texts, settings } = shop
  const { topics, ...wishes } = readAlertWishes(db, session.id)
  const language = texts.nearest(session.language)
  return {
    push: push ? { publicKey: push.publicKey } : null,
    mail: settings.channels.mail,
    panelUrl: publicUrl ? `${publicUrl}/app/more/alerts` : null,
    topics: topics.map((topic) => ({
      ...topic,
      label: texts.say(language, `topic-${topic.topic}`),
      about: texts.say(language, `topic-${topic.topic}-about`),
    })),
    ...wishes,
    devices: listDevices(db, session.id).map((row) => deviceView(row, hashToken(token))),
  }
}

export function deviceView(row: DeviceRow, sessionHash: string): Device {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    deliveredAt: row.delivered_at,
    current: row.session_hash === sessionHash,
  }
}
