import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { readReminderSettings, saveReminderSettings } from '../../shop/staff/reminder-settings.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import { readShopSettings, saveShopSettings } from '../../shop/staff/shop-settings.ts'
import { reminderSettings, shopSettings, shownSettings } from '../contract/settings.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const read = createRoute({
  method: 'get',
  path: '/settings',
  summary: "The shop's name, deliveries and ways to pay",
  responses: { 200: jsonContent(shownSettings, 'The settings'), ...problems(401) },
})

const save = createRoute({
  method: 'put',
  path: '/settings',
  summary: 'Change the settings (owner)',
  request: { body: jsonBody(shopSettings) },
  responses: { 200: jsonContent(shownSettings, 'The settings after it'), ...problems(400, 401, 403, 404) },
})

const readReminders = createRoute({
  method: 'get',
  path: '/settings/reminders',
  summary: 'When staff are reminded of waiting orders and told of low stock',
  responses: { 200: jsonContent(reminderSettings, 'The settings'), ...problems(401) },
})

const saveReminders = createRoute({
  method: 'put',
  path: '/settings/reminders',
  summary: 'Change when staff are reminded (owner)',
  request: { body: jsonBody(reminderSettings) },
  responses: { 200: jsonContent(reminderSettings, 'The settings after it'), ...problems(400, 401, 403) },
})

/** What the owner sets in the panel. */
export function settingsRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(read, (c) => c.json(readShopSettings(shop), 200))
  routes.openapi(save, (c) => {
    const session = c.get('session')
    requireRole(session, 'owner')
    shop.write((work) => saveShopSettings(work, c.req.valid('json'), actorOf(session)))
    return c.json(readShopSettings(shop), 200)
  })
  routes.openapi(readReminders, (c) => c.json(readReminderSettings(shop.db), 200))
  routes.openapi(saveReminders, (c) => {
    const actor = actorOf(c.get('session'))
    shop.write((work) => saveReminderSettings(work, c.req.valid('json'), actor))
    return c.json(readReminderSettings(shop.db), 200)
  })
  return routes
}
