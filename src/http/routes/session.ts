import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { endSession, type StaffSession, startSession } from '../../shop/staff/sessions.ts'
import { readShopName } from '../../shop/staff/shop-settings.ts'
import type { Shop } from '../../shop/work.ts'
import { type Me, me, signedIn, signInBody } from '../contract/session.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
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
  responses: { 204: { description: 'Signed out' }, ...problems(401) },
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
    return c.json({ token, expiresAt: session.expiresAt, me: describe(shop, session) }, 200)
  })
  routes.use('/session', requireStaff(shop))
  routes.use('/me', requireStaff(shop))
  routes.openapi(signOut, (c) => {
    shop.write((work) => endSession(work, c.get('token')))
    return c.body(null, 204)
  })
  routes.openapi(whoAmI, (c) => c.json(describe(shop, c.get('session')), 200))
  return routes
}

function describe(shop: Shop, session: StaffSession): Me {
  const { currency, timezone } = shop.settings
  const name = readShopName(shop.db)
  return { name: session.name, role: session.role, shop: { name, currency, timezone } }
}
