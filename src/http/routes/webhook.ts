import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { z } from 'zod'
import { ShopError } from '../../lib/shop-error.ts'
import type { HttpDeps } from '../deps.ts'

const update = z.looseObject({ update_id: z.int() })

/** Where Telegram posts updates: stored first, then answered 200. */
export function webhookRoutes(webhook: NonNullable<HttpDeps['webhook']>) {
  const routes = new Hono()
  // A pattern, so that the address, which only Telegram knows, is in no line of the log.
  routes.post('/telegram/:address', async (c, next) => {
    if (c.req.path !== webhook.path) return next()
    if (!isSecret(c.req.header('x-telegram-bot-api-secret-token'), webhook.secret)) {
      throw new ShopError('unauthorized', 'This is for Telegram.')
    }
    const parsed = update.safeParse(await c.req.json().catch(() => undefined))
    if (!parsed.success) throw new ShopError('invalid', 'This is not an update.')
    webhook.receive(parsed.data)
    return c.body(null, 200)
  })
  return routes
}

function isSecret(given: string | undefined, secret: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(secret)]
  return a.length === b.length && timingSafeEqual(a, b)
}
