import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import { listDiscountCodes } from '../../db/discounts.ts'
import { editDiscount } from '../../shop/pricing/edit-discount.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import type { Shop } from '../../shop/work.ts'
import { type DiscountCodes, discountCode, discountCodes } from '../contract/money.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const list = createRoute({
  method: 'get',
  path: '/discounts',
  summary: 'Discount codes, newest first, with how many orders hold each (owner, manager)',
  responses: { 200: jsonContent(discountCodes, 'The codes'), ...problems(401, 403) },
})

const save = createRoute({
  method: 'put',
  path: '/discounts',
  summary: 'Make a discount code (id null) or change one (owner, manager)',
  request: { body: jsonBody(discountCode) },
  responses: { 200: jsonContent(discountCodes, 'The codes after it'), ...problems(400, 401, 403, 404) },
})

/** The discount codes customers can give. They are switched off, never deleted: orders name them. */
export function discountRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(list, (c) => {
    requireRole(c.get('session'), 'owner', 'manager')
    return c.json(codesView(shop), 200)
  })
  routes.openapi(save, (c) => {
    const session = c.get('session')
    requireRole(session, 'owner', 'manager')
    shop.write((work) => editDiscount(work, c.req.valid('json'), actorOf(session)))
    return c.json(codesView(shop), 200)
  })
  return routes
}

function codesView(shop: Shop): DiscountCodes {
  const codes = listDiscountCodes(shop.db).map((row) => ({
    id: row.id,
    code: row.code,
    kind: row.kind,
    value: row.value,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    minimumMinor: row.minimum_minor,
    perCustomer: row.per_customer,
    totalUses: row.total_uses,
    used: row.used,
    active: row.active === 1,
  }))
  return { codes, currency: shop.settings.currency }
}
