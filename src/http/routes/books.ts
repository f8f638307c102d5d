import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { BookDifferenceRow } from '../../db/books.ts'
import { askForCheck } from '../../shop/payments/books/check-books.ts'
import { readBooks } from '../../shop/payments/books/read-books.ts'
import { settleDifference } from '../../shop/payments/books/settle-difference.ts'
import { actorOf } from '../../shop/staff/sessions.ts'
import { type Books, books, entryParams } from '../contract/money.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { jsonContent, problems } from './documented.ts'

const answers = { 200: jsonContent(books, 'The books'), ...problems(401, 403) }

const read = createRoute({
  method: 'get',
  path: '/money/books',
  summary: 'The last check of the books, what differs, and thirty days of money (owner, manager)',
  responses: answers,
})

const check = createRoute({
  method: 'post',
  path: '/money/check',
  summary: 'Check the books now (owner, manager); it is under way with the answer',
  responses: answers,
})

const settle = createRoute({
  method: 'post',
  path: '/money/differences/{id}/settle',
  summary: 'Say that a difference is fine (owner, manager)',
  request: { params: entryParams },
  responses: { ...answers, ...problems(400, 404, 409) },
})

/** The books: whether every order, the ledger and the payment providers say the same. */
export function bookRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })

  async function view(): Promise<Books> {
    const { differences, ...rest } = await readBooks(shop)
    return { ...rest, differences: differences.map(differenceView), currency: shop.settings.currency }
  }

  routes.openapi(read, async (c) => {
    requireRole(c.get('session'), 'owner', 'manager')
    return c.json(await view(), 200)
  })
  routes.openapi(check, async (c) => {
    requireRole(c.get('session'), 'owner', 'manager')
    shop.write((work) => askForCheck(work))
    return c.json(await view(), 200)
  })
  routes.openapi(settle, async (c) => {
    const session = c.get('session')
    requireRole(session, 'owner', 'manager')
    shop.write((work) => settleDifference(work, { id: c.req.valid('param').id, actor: actorOf(session) }))
    return c.json(await view(), 200)
  })
  return routes
}

function differenceView(row: BookDifferenceRow): Books['differences'][number] {
  return {
    id: row.id,
    kind: row.kind,
    words: row.words,
    provider: row.provider,
    orderNumber: row.order_id,
    entryId: row.ledger_id,
    foundAt: row.found_at,
    seenAt: row.seen_at,
  }
}
