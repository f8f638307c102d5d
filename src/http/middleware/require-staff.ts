import { createMiddleware } from 'hono/factory'
import type { Role } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { requireSession } from '../../shop/staff/sessions.ts'
import type { Shop } from '../../shop/work.ts'
import type { ApiEnv } from '../deps.ts'

/** Lets signed-in staff through; session and role are read from the database each time. */
export function requireStaff(shop: Shop) {
  return createMiddleware<ApiEnv>(async function requireStaffSession(c, next) {
    const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    c.set('session', requireSession(shop.db, token, shop.clock.now()))
    c.set('token', token ?? '')
    await next()
  })
}

/** Throws a ShopError forbidden unless the session has one of these roles. */
export function requireRole(session: { role: Role }, ...roles: Role[]): void {
  if (!roles.includes(session.role)) throw new ShopError('forbidden', 'Your role does not allow this.')
}
