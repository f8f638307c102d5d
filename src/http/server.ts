import { createServer, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { ShopError } from '../lib/shop-error.ts'
import { SHOP_MARK, shopMark } from '../lib/shop-mark.ts'
import type { ApiEnv, HttpDeps } from './deps.ts'
import { listenOn } from './listen-on.ts'
import { briefAnswers } from './middleware/brief-answers.ts'
import { limitBody } from './middleware/limit-body.ts'
import { answerProblems } from './middleware/problems.ts'
import { requireStaff } from './middleware/require-staff.ts'
import { watchRequests } from './middleware/watch-requests.ts'
import { alertRoutes } from './routes/alerts.ts'
import { backupRoutes } from './routes/backups.ts'
import { bookRoutes } from './routes/books.ts'
import { btcpayWebhookRoutes } from './routes/btcpay-webhook.ts'
import { discountRoutes } from './routes/discounts.ts'
import { exportRoutes } from './routes/exports.ts'
import { moneyRoutes } from './routes/money.ts'
import { noticeRoutes } from './routes/notices.ts'
import { orderActionRoutes } from './routes/order-actions.ts'
import { orderRoutes } from './routes/orders.ts'
import { panelRoutes } from './routes/panel.ts'
import { paymentRoutes } from './routes/payments.ts'
import { productRoutes } from './routes/products.ts'
import { deviceRoutes, receiptRoutes } from './routes/push.ts'
import { orderReceiptRoutes } from './routes/receipts.ts'
import { sessionRoutes } from './routes/session.ts'
import { settingsRoutes } from './routes/settings.ts'
import { signInRoutes } from './routes/sign-ins.ts'
import { staffRoutes } from './routes/staff.ts'
import { streamRoutes } from './routes/stream.ts'
import { systemRoutes } from './routes/system.ts'
import { taxRateRoutes } from './routes/tax-rates.ts'
import { testNoticeRoutes } from './routes/test-notice.ts'
import { webhookRoutes } from './routes/webhook.ts'

const LARGEST_BODY = 256 * 1024
const TELEGRAM_FRAMES = ['https://web.telegram.org', 'https://*.telegram.org']

/** The shop's HTTP side: health, the API of the panel, the panel itself, and the webhooks. */
export function createHttpApp(deps: HttpDeps) {
  const app = new OpenAPIHono()
  app.onError(answerProblems(deps))
  app.notFound(() => {
    throw new ShopError('not_found', 'There is nothing here.')
  })
  app.use(watchRequests(deps))
  const mark = { [SHOP_MARK]: shopMark(deps.botToken) }
  app.get('/healthz', (c) => c.text('ok', 200, mark))
  app.get('/readyz', (c) => (deps.isReady() ? c.text('ready', 200, mark) : c.text('not ready', 503, mark)))
  app.use(limitBody(LARGEST_BODY))
  if (deps.webhook) app.route('/', webhookRoutes(deps.webhook))
  if (deps.btcpay) app.route('/', btcpayWebhookRoutes(deps, deps.btcpay))
  app.route('/api', createApi(deps))
  app.route('/', orderReceiptRoutes(deps))
  app.use(panelHeaders(deps.frameOrigins))
  app.route('/', panelRoutes(deps))
  return app
}

function createApi(deps: HttpDeps) {
  const api = new OpenAPIHono<ApiEnv>()
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', { type: 'http', scheme: 'bearer' })
  api.use(privateAnswers)
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
  api.route('/', signInRoutes(deps))
  api.route('/', receiptRoutes(deps))
  api.use(requireStaff(deps), briefAnswers)
  api.route('/', orderRoutes(deps))
  api.route('/', noticeRoutes(deps))
  api.route('/', orderActionRoutes(deps))
  api.route('/', moneyRoutes(deps))
  api.route('/', paymentRoutes(deps))
  api.route('/', staffRoutes(deps))
  api.route('/', productRoutes(deps))
  api.route('/', discountRoutes(deps))
  api.route('/', taxRateRoutes(deps))
  api.route('/', settingsRoutes(deps))
  api.route('/', alertRoutes(deps))
  api.route('/', bookRoutes(deps))
  if (deps.system) api.route('/', systemRoutes(deps, deps.system))
  api.route('/', exportRoutes(deps))
  if (deps.backups) api.route('/', backupRoutes(deps.backups))
  api.route('/', deviceRoutes(deps))
  api.route('/', testNoticeRoutes(deps))
  api.route('/', streamRoutes(deps))
  return api
}

/** What the API says is for the one who asked: nobody keeps it (but see briefAnswers), no browser guesses at it. */
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
export async function listen(app: Pick<OpenAPIHono, 'fetch'>, port: number, host?: string): Promise<Server> {
  const answer = getRequestListener(app.fetch)
  const server = createServer((request, response) => void answer(request, response))
  server.keepAliveTimeout = 75_000
  await listenOn(server, { port, host, setting: 'PORT' })
  return server
}

/** Takes no more requests, lets those in hand finish for `graceMs`, then ends what is still open. */
export async function closeServer(server: Server, graceMs = 2_000): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(timer)
}
