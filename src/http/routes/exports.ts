import { createRoute, OpenAPIHono } from '@hono/zod-openapi'
import type { Clock } from '../../lib/clock.ts'
import { askAside } from '../../shop/reports/ask-aside.ts'
import { exportQuery } from '../contract/export.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'
import { refuseInvalid } from '../middleware/problems.ts'
import { requireRole } from '../middleware/require-staff.ts'
import { problems } from './documented.ts'

/** How long the rest of a file waits to be taken: meanwhile it keeps others from theirs. */
const TAKEN_WITHIN_MS = 120_000

const orders = createRoute({
  method: 'get',
  path: '/exports/orders',
  summary: 'Orders of a span of time as a CSV file (owner, manager)',
  request: { query: exportQuery },
  responses: {
    200: { description: 'The file', content: { 'text/csv': { schema: { type: 'string' } } } },
    ...problems(400, 401, 403, 503),
  },
})

/** What can be taken out of the shop as a file. */
export function exportRoutes({ shop }: HttpDeps) {
  const routes = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid })
  routes.openapi(orders, async (c) => {
    requireRole(c.get('session'), 'owner', 'manager')
    const wish = { ...c.req.valid('query'), timezone: shop.settings.timezone }
    const pieces = askAside(shop.db, 'exportOrders', wish)
    // What can be refused is refused before the answer has begun.
    const first = await pieces.next()
    c.header('content-type', 'text/csv; charset=utf-8')
    c.header('content-disposition', `attachment; filename="${wish.lines}.csv"`)
    return c.body(bytesOf(first.value ?? '', pieces, shop.clock.after))
  })
  return routes
}

/** The text as a stream that is made only as fast as it is taken, and ends when nobody takes it any more. */
function bytesOf(
  first: string,
  rest: AsyncGenerator<string, void, void>,
  after: Clock['after'],
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let inTime: (() => void) | undefined
  function handOver(controller: ReadableStreamDefaultController<Uint8Array>, text: string): void {
    controller.enqueue(encoder.encode(text))
    inTime = after(TAKEN_WITHIN_MS, () => {
      controller.error(new Error('nobody takes the file'))
      void rest.return()
    })
  }
  return new ReadableStream({
    start: (controller) => handOver(controller, first),
    async pull(controller) {
      inTime?.()
      const { done, value } = await rest.next()
      if (done) controller.close()
      else handOver(controller, value)
    },
    cancel() {
      inTime?.()
      void rest.return()
    },
  })
}
