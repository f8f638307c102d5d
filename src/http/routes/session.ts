import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { endSession, startSession } from '../../shop/staff/sessions.ts'
import { me, signedIn, signInBody } from '../contract/session.ts'
import { clearSessionCookie } from '../cookies.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { describeMe } from '../describe-me.ts'
import { verifyInitData } from '../init-data.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireStaff } from '../middleware/require-staff.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const signIn = createRoute({
  method: 'post',
  path: '/session',
  summary: 'Exchange initData from Telegram for a session',
  security: [],
  request: { body: jsonBody(signInBody) },
  responses: { 200: jsonContent(signedIn, 'Signed in'), ...problems(400, 401, 403) },
})

const signOut = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  responses: { 204: { description: 'Signed out' }, ...problems(401, 403) },
})

const whoAmI = createRoute({
  method: 'get',
  path: '/me',
  summary: 'Who is signed in, and to which shop',
  responses: { 200: jsonContent(me, 'The signed-in member of staff'), ...problems(401) },
})

/** Signing in and out. */
export function sessionRoutes(deps: HttpDeps) {
  const { shop } = deps
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(signIn, (c) => {
    const user = verifyInitData(c.req.valid('json').initData, deps.botToken, shop.clock.now())
    const userAgent = c.req.header('user-agent') ?? ''
    const { token, session } = shop.write((work) => startSession(work, user, userAgent))
    return c.json({ token, expiresAt: session.expiresAt, me: describeMe(shop, session) }, 200)
  })
  routes.use('/session', requireStaff(deps))
  routes.use('/me', requireStaff(deps))
  routes.openapi(signOut, (c) => {
    shop.write((work) => endSession(work, c.get('token')))
    if (c.get('session').kind === 'browser') clearSessionCookie(c, deps)
    // Answers are kept to be compared (briefAnswers); on a computer that others use, they go with the person.
    c.header('clear-site-data', '"cache"')
    return c.body(null, 204)
  })
  routes.openapi(whoAmI, (c) => c.json(describeMe(shop, c.get('session')), 200))
  return routes
}
