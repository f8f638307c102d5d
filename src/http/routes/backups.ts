import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { actorOf } from '../../shop/staff/sessions.ts'
import { shownBackups } from '../contract/backups.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { jsonContent, problems } from './documented.ts'

const read = createRoute({
  method: 'get',
  path: '/backups',
  summary: 'All backups, where they lie, and whether they fail (owner)',
  responses: { 200: jsonContent(shownBackups, 'The backups'), ...problems(401, 403) },
})

const ask = createRoute({
  method: 'post',
  path: '/backups',
  summary: 'Back up now (owner); it is under way with the answer',
  responses: { 202: jsonContent(shownBackups, 'The backups'), ...problems(401, 403, 409) },
})

/** Backups are the whole shop, with all that customers entrusted to it: only owners have to do with them. */
export function backupRoutes(backups: NonNullable<HttpDeps['backups']>) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(read, async (c) => {
    requireRole(c.get('session'), 'owner')
    return c.json(await backups.read(), 200)
  })
  routes.openapi(ask, async (c) => {
    const session = c.get('session')
    requireRole(session, 'owner')
    backups.ask(actorOf(session))
    return c.json(await backups.read(), 202)
  })
  return routes
}
