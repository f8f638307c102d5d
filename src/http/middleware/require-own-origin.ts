import type { Context } from 'hono'
import { ShopError } from '../../lib/shop-error.ts'
import type { HttpDeps } from '../deps.ts'

/**
 * Throws a ShopError forbidden for a request that would change something and does not come from a page of the shop's
 * own, which is PUBLIC_URL's or that of the host it was sent to.
 */
export function requireOwnOrigin(c: Context, { publicUrl }: Pick<HttpDeps, 'publicUrl'>): void {
  if (c.req.method === 'GET' || c.req.method === 'HEAD') return
  const origin = c.req.header('origin') ?? ''
  const isOwn =
    URL.canParse(origin) &&
    (origin === (publicUrl && new URL(publicUrl).origin) || new URL(origin).host === c.req.header('host'))
  if (!isOwn) throw new ShopError('forbidden', 'This request comes from another site.')
}
