import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import { Hono } from 'hono'
import { ShopError } from '../../lib/shop-error.ts'
import { isSignedIn } from '../../shop/staff/sessions.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

/** The live stream; contract/live.ts says what it carries. Written to the raw response, which is twice as fast. */
export function streamRoutes({ live, shop }: HttpDeps) {
  const routes = new Hono<ApiEnv & { Bindings: HttpBindings }>()
  routes.get('/stream', (c) => {
    const lastEventId = c.req.header('last-event-id')
    if (lastEventId !== undefined && !/^\d{1,15}$/.test(lastEventId)) {
      throw new ShopError('invalid', 'Last-Event-ID must be a number.')
    }
    const { outgoing } = c.env
    outgoing.writeHead(200, { ...HEADERS, 'x-request-id': c.get('requestId') })
    const token = c.get('token')
    const isWelcome = () => isSignedIn(shop.db, token, shop.clock.now())
    const joined = live.join(outgoing, lastEventId === undefined ? undefined : Number(lastEventId), isWelcome)
    if (!joined) outgoing.end('event: full\ndata: {}\n\n')
    return RESPONSE_ALREADY_SENT
  })
  return routes
}
