import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { ShopError } from '../../lib/shop-error.ts'
import type { HttpDeps } from '../deps.ts'

const A_YEAR = 'public, max-age=31536000, immutable'

/** The panel's files, and the pictures of the catalogue. */
export function panelRoutes({ panelFolder, mediaFolder }: HttpDeps) {
  const routes = new Hono()
  routes.use(
    '/app/assets/*',
    serveStatic({
      root: panelFolder,
      precompressed: true,
      rewriteRequestPath: (path) => path.slice('/app'.length),
      onFound: (_path, c) => c.header('cache-control', A_YEAR),
    }),
  )
  routes.use(
    '/media/*',
    serveStatic({
      root: mediaFolder,
      rewriteRequestPath: (path) => path.slice('/media'.length),
      onFound: (_path, c) => c.header('cache-control', A_YEAR),
    }),
  )
  routes.get('/media/*', () => {
    throw new ShopError('not_found', 'There is no such picture.')
  })
  routes.get('/', (c) => c.redirect('/app'))
  routes.get(
    '/app/*',
    serveStatic({
      root: panelFolder,
      precompressed: true,
      rewriteRequestPath: (path) => path.slice('/app'.length),
      // Only what has its content's hash in its name may be kept.
      onFound: (_path, c) => {
        c.header('cache-control', 'no-cache')
        // The panel begins at /app, which by itself a script below /app/ may not serve.
        if (c.req.path.endsWith('/sw.js')) c.header('service-worker-allowed', '/app')
      },
    }),
  )
  routes.get('/app/*', async (c) => {
    const page = join(panelFolder, 'index.html')
    if (!existsSync(page)) throw new ShopError('not_found', 'The panel is not built. Run: npm run build')
    c.header('cache-control', 'no-cache')
    return c.html(await readFile(page, 'utf8'))
  })
  return routes
}
