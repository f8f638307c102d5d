import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { sendTest } from '../../shop/notifications/send-test.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import { testBody, testResult } from '../contract/alerts.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { proofView } from '../notice-views.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const test = createRoute({
  method: 'post',
  path: '/notifications/test',
  summary: 'Send yourself a test, the whole real way; answers when it has come to an end, or after 10 s',
  request: { body: jsonBody(testBody) },
  responses: {
    200: jsonContent(testResult, 'What became of each notice'),
    ...problems(400, 401, 404, 409, 503),
  },
})

/** "Send me a test". */
export function testNoticeRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(test, async (c) => {
    const session = c.get('session')
    const ids = await sendTest(shop, {
      ...c.req.valid('json'),
      actor: { ...actorOf(session), id: session.id },
    })
    return c.json({ notices: ids.map((id) => proofView(shop, id)) }, 200)
  })
  return routes
}
