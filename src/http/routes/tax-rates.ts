import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Reader } from '../../db/database.ts'
import { listTaxRates } from '../../db/tax-rates.ts'
import { editTaxRates } from '../../shop/pricing/edit-tax-rates.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import { type TaxRates, taxRates, taxRatesBody } from '../contract/money.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const list = createRoute({
  method: 'get',
  path: '/tax-rates',
  summary: 'The tax rates, switched off ones included',
  responses: { 200: jsonContent(taxRates, 'The rates'), ...problems(401) },
})

const save = createRoute({
  method: 'put',
  path: '/tax-rates',
  summary:
    'Set the tax rates; one that is left out goes, or is switched off while products name it (owner, manager)',
  request: { body: jsonBody(taxRatesBody) },
  responses: { 200: jsonContent(taxRates, 'The rates after it'), ...problems(400, 401, 403, 404) },
})

/** The tax in the shop's prices, or on top of them. */
export function taxRateRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(list, (c) => c.json(ratesView(shop.db), 200))
  routes.openapi(save, (c) => {
    const session = c.get('session')
    requireRole(session, 'owner', 'manager')
    shop.write((work) => editTaxRates(work, c.req.valid('json').rates, actorOf(session)))
    return c.json(ratesView(shop.db), 200)
  })
  return routes
}

function ratesView(db: Reader): TaxRates {
  const rates = listTaxRates(db).map((row) => ({
    id: row.id,
    name: row.name,
    basisPoints: row.basis_points,
    included: row.included === 1,
    usual: row.usual === 1,
    active: row.active === 1,
  }))
  return { rates }
}
