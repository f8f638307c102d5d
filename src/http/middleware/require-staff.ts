import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { Role } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { findSession, requireSession, type StaffSession, touchSession } from '../../shop/staff/sessions.ts'
import { readSessionCookie, setSessionCookie } from '../cookies.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { requireOwnOrigin } from './require-own-origin.ts'

type Deps = Pick<HttpDeps, 'shop' | 'publicUrl'>

/**
 * Lets signed-in staff through, by bearer token (inside Telegram) or by cookie (any other browser); session and role
 * are read from the database each time.
 */
export function requireStaff(deps: Deps) {
  const { shop } = deps
  return createMiddleware<ApiEnv>(async function requireStaffSession(c, next) {
    const authorization = c.req.header('authorization')
    const bearer = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1]
    const token = authorization === undefined ? readSessionCookie(c, deps) : bearer
    const session = requireSession(shop.db, token, shop.clock.now())
    // Browsers send a cookie along whoever asks; a bearer token only our own page has.
    if (authorization === undefined) requireOwnOrigin(c, deps)
    c.set('session', session)
    c.set('token', token ?? '')
    // The live stream is written past hono, and could not bring the cookie: the next request will.
    if (!c.req.path.endsWith('/stream')) keepSession(c, deps, token ?? '', session)
    await next()
  })
}

/** The session this browser's cookie stands for, or undefined. */
export function sessionOfCookie(c: Context, deps: Deps): StaffSession | undefined {
  const token = readSessionCookie(c, deps)
  const session = token && findSession(deps.shop.db, token, deps.shop.clock.now())
  if (session) keepSession(c, deps, token, session)
  return session || undefined
}

function keepSession(c: Context, deps: Deps, token: string, session: StaffSession): void {
  if (!session.isTouchDue) return
  const { shop } = deps
  shop.write((work) => touchSession(work, token, session))
  const { expiresAt } = requireSession(shop.db, token, shop.clock.now())
  if (session.kind === 'browser') setSessionCookie(c, deps, { token, expiresAt, now: shop.clock.now() })
}

/** Throws a ShopError forbidden unless the session has one of these roles. */
export function requireRole(session: { role: Role }, ...roles: Role[]): void {
  if (!roles.includes(session.role)) throw new ShopError('forbidden', 'Your role does not allow this.')
}
