import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { Metrics } from '../../lib/metrics.ts'

/** Counts and times requests by route pattern, never by address, so that labels stay few. */
export function measureRequests(metrics: Metrics) {
  return createMiddleware(async function measureRequest(c, next) {
    const start = performance.now()
    await next()
    const labels = { method: c.req.method, route: routePath(c, -1), status: String(c.res.status) }
    metrics.requestSeconds.observe(labels, (performance.now() - start) / 1000)
  })
}
