import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import {
  findProduct,
  findVariant,
  listImagesOfProducts,
  listProductsForStaff,
  listVariantsOfProducts,
  type StaffProductRow,
  type VariantRow,
} from '../../db/catalogue.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { editProduct, editVariant } from '../../shop/catalogue/edit-product.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import type { Shop } from '../../shop/work.ts'
import {
  type Product,
  product,
  productBody,
  productList,
  productListQuery,
  variant,
  variantBody,
  variantParams,
} from '../contract/product.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { imageAddress } from '../image-address.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { jsonBody, jsonContent, problems } from './documented.ts'

const list = createRoute({
  method: 'get',
  path: '/products',
  summary: 'Products by title, with their variants, prices and stock',
  request: { query: productListQuery },
  responses: { 200: jsonContent(productList, 'A page of products'), ...problems(400, 401) },
})

const changeVariant = createRoute({
  method: 'patch',
  path: '/variants/{id}',
  summary: 'Set the price and the stock of a variant',
  request: { params: variantParams, body: jsonBody(variantBody) },
  responses: { 200: jsonContent(variant, 'The variant after it'), ...problems(400, 401, 403, 404, 409) },
})

const changeProduct = createRoute({
  method: 'patch',
  path: '/products/{id}',
  summary: 'Show or hide a product, say whether it is digital, and which tax it bears',
  request: { params: variantParams, body: jsonBody(productBody) },
  responses: { 200: jsonContent(product, 'The product after it'), ...problems(400, 401, 403, 404) },
})

/** The catalogue as staff see it. */
export function productRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(list, (c) => {
    const { search, after, limit } = c.req.valid('query')
    const rows = listProductsForStaff(shop.db, { words: search, after: Number(after ?? 0), limit })
    const last = rows.length === limit ? rows.at(-1) : undefined
    return c.json({ products: productViews(shop, rows), next: last ? String(last.id) : null }, 200)
  })
  routes.openapi(changeVariant, (c) => {
    const session = c.get('session')
    requireRole(session, 'owner', 'manager')
    const { id } = c.req.valid('param')
    shop.write((work) => editVariant(work, { id, ...c.req.valid('json'), actor: actorOf(session) }))
    const row = findVariant(shop.db, id)
    if (!row) throw new ShopError('not_found', 'There is no such variant.')
    return c.json(variantView(row), 200)
  })
  routes.openapi(changeProduct, (c) => {
    const session = c.get('session')
    requireRole(session, 'owner', 'manager')
    const { id } = c.req.valid('param')
    shop.write((work) => editProduct(work, { id, ...c.req.valid('json'), actor: actorOf(session) }))
    const row = findProduct(shop.db, id)
    const [view] = row ? productViews(shop, [{ ...row, category: null }]) : []
    if (!view) throw new ShopError('not_found', 'There is no such product.')
    return c.json(view, 200)
  })
  return routes
}

function productViews(shop: Shop, rows: readonly StaffProductRow[]): Product[] {
  const ids = rows.map((row) => row.id)
  const variants = Map.groupBy(listVariantsOfProducts(shop.db, ids), (row) => row.product_id)
  const images = new Map(listImagesOfProducts(shop.db, ids).map((row) => [row.product_id, row]))
  return rows.map((row) => {
    const image = images.get(row.id)
    return {
      id: row.id,
      title: row.title,
      category: row.category,
      status: row.status,
      digital: row.digital === 1,
      taxRateId: row.tax_rate_id,
      image: image ? imageAddress(image) : null,
      imageTrouble: image?.trouble ?? null,
      variants: (variants.get(row.id) ?? []).map(variantView),
    }
  })
}

function variantView(row: VariantRow): Product['variants'][number] {
  return {
    id: row.id,
    title: row.title,
    sku: row.sku,
    priceMinor: row.price_minor,
    available: row.available,
    reserved: row.reserved,
  }
}
