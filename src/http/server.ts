import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { ShopError } from '../lib/shop-error.ts'
import type { ApiEnv, HttpDeps } from './deps.ts'
import { limitBody } from './middleware/limit-body.ts'
import { measureRequests } from './middleware/measure-requests.ts'
import { answerProblems } from './middleware/problems.ts'
import { requireStaff } from './middleware/require-staff.ts'
import { orderRoutes } from './routes/orders.ts'
import { panelRoutes } from './routes/panel.ts'
import { productRoutes } from './routes/products.ts'
import { sessionRoutes } from './routes/session.ts'
import { settingsRoutes } from './routes/settings.ts'
import { streamRoutes } from './routes/stream.ts'
import { webhookRoutes } from './routes/webhook.ts'

const LARGEST_BODY = 256 * 1024
const TELEGRAM_FRAMES = ['https://web.telegram.org', 'https://*.telegram.org']

/** The shop's HTTP side: health, the API of the panel, the panel itself, and Telegram's webhook. */
export function createHttpApp(deps: HttpDeps) {
  const app = new OpenAPIHono()
  app.onError(answerProblems(deps.log))
  app.notFound(() => {
    throw new ShopError('not_found', 'There is nothing here.')
  })
  app.get('/healthz', (c) => c.text('ok'))
  app.get('/readyz', (c) => (deps.isReady() ? c.text('ready') : c.text('not ready', 503)))
  app.use(limitBody(LARGEST_BODY))
  if (deps.webhook) app.route('/', webhookRoutes(deps.webhook))
  app.route('/api', createApi(deps))
  app.use(panelHeaders(deps.frameOrigins))
  app.route('/', panelRoutes(deps))
  return app
}

function createApi(deps: HttpDeps) {
  const api = new OpenAPIHono<ApiEnv>()
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'http', scheme: 'bearer' })
  api.use(measureRequests(deps.metrics), privateAnswers)
  api.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: 'LittleShop',
      version: '1',
      description: 'The API of the panel. Sign in with POST /session.',
    },
    servers: [{ url: '/api' }],
    security: [{ session: [] }],
  })
  api.route('/', sessionRoutes(deps))
  api.use(requireStaff(deps.shop))
  api.route('/', orderRoutes(deps))
  api.route('/', productRoutes(deps))
  api.route('/', settingsRoutes(deps))
  api.route('/', streamRoutes(deps))
  return api
}

/** What the API says is for the one who asked: nothing on the way keeps it, no browser guesses at it. */
const privateAnswers: MiddlewareHandler = (c, next) => {
  c.header('cache-control', 'no-store')
  c.header('x-content-type-options', 'nosniff')
  return next()
}

/** Telegram shows the panel in a frame of its own, which the usual defaults would leave blank. */
function panelHeaders(frameOrigins: string[]) {
  return secureHeaders({
    xFrameOptions: false,
    crossOriginOpenerPolicy: 'same-origin-allow-popups',
    crossOriginResourcePolicy: 'same-site',
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:', 'https:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'self'", ...TELEGRAM_FRAMES, ...frameOrigins],
    },
  })
}

/** Serves `app` on `port` (0 takes a free one) and resolves with the server once it listens. */
export function listen(app: Pick<OpenAPIHono, 'fetch'>, port: number, host?: string): Promise<Server> {
  const answer = getRequestListener(app.fetch)
  const server = createServer((request, response) => void answer(request, response))
  server.keepAliveTimeout = 75_000
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(inWords(error, port)))
    server.listen(port, host, () => resolve(server))
  })
}

function inWords(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error
  return new Error(`Port ${port} is taken by another program. Stop that one, or set another PORT.`)
}

/** Takes no more requests, lets those in hand finish for `graceMs`, then ends what is still open. */
export async function closeServer(server: Server, graceMs = 2_000): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(timer)
}
