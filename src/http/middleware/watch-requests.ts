import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import { onErrand } from '../../lib/errand.ts'
import { newKey } from '../../lib/ids.ts'
import type { ApiEnv, HttpDeps } from '../deps.ts'

const LOOK_ALIVE = new Set(['/healthz', '/readyz'])

/**
 * Gives each request an id, which its answer and all its lines in the log carry, and logs and measures it by route pattern,
 * never by address: that may hold what is secret or somebody's own.
 */
export function watchRequests({ log, metrics }: Pick<HttpDeps, 'log' | 'metrics'>) {
  const process = newKey().slice(0, 8)
  let count = 0
  return createMiddleware<ApiEnv>(function watchRequest(c, next) {
    count += 1
    const request = `${process}-${count.toString(36)}`
    c.set('requestId', request)
    c.header('x-request-id', request)
    if (LOOK_ALIVE.has(c.req.path)) return next()
    return onErrand({ request }, async ({ events }) => {
      const start = performance.now()
      await next()
      const took = performance.now() - start
      const { method } = c.req
      // That of the last handler that was reached.
      const route = routePath(c)
      const { status } = c.res
      if (route.startsWith('/api'))
        metrics.requestSeconds.observe({ method, route, status: String(status) }, took / 1000)
      const person = c.get('session')?.id
      log.info({ method, route, status, ms: Math.round(took * 10) / 10, person, events }, 'request')
    })
  })
}
