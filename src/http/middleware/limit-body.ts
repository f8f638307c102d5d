import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ShopError } from '../../lib/shop-error.ts'

/**
 * Refuses bodies of more than `maxBytes`. One that says its length is judged by that, which Node holds it to;
 * Hono's own limit would build a whole Request first, a tenth of what an order step costs.
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
  const countBytes = bodyLimit({ maxSize: maxBytes, onError: refuse })
  return async function limitBody(c, next) {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    if (c.req.header('transfer-encoding') !== undefined) return countBytes(c, next)
    if (Number(c.req.header('content-length') ?? 0) > maxBytes) refuse()
    return next()
  }
}

function refuse(): never {
  throw new ShopError('invalid', 'That is too much at once.')
}
