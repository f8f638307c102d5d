import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { type Clock, systemClock } from '../../src/lib/clock.ts'
import { answerCall, type Store } from './api.ts'
import { type BtcpayFaults, createFaults } from './faults.ts'
import { createInvoices, type Invoices } from './invoices.ts'
import { checkoutPage, claimPage } from './pages.ts'
import { createPullPayments, type PullPayments } from './pull-payments.ts'
import { Refusal } from './refusal.ts'
import { createWebhooks, type Webhooks } from './webhooks.ts'

const HOST = '127.0.0.1'

export interface Btcpay {
  /** For BTCPAY_URL, BTCPAY_API_KEY, BTCPAY_STORE_ID and BTCPAY_WEBHOOK_SECRET. */
  settings: Record<'BTCPAY_URL' | 'BTCPAY_API_KEY' | 'BTCPAY_STORE_ID' | 'BTCPAY_WEBHOOK_SECRET', string>
  invoices: Invoices
  pullPayments: PullPayments
  webhooks: Webhooks
  faults: BtcpayFaults
  /** What it was asked and how it answered, oldest first: 'POST /stores/…/invoices 200'. */
  calls(): string[]
  stop(): Promise<void>
}

export interface BtcpayOptions {
  clock?: Clock
  /** How far its clock is ahead of `clock`. */
  skewMs?: number
  port?: number
}

/** Starts a BTCPay Server with one store on this machine, strict in what it takes. */
export async function startBtcpay({
  clock = systemClock,
  skewMs = 0,
  port = 0,
}: BtcpayOptions = {}): Promise<Btcpay> {
  const own: Clock = { now: () => clock.now() + skewMs, after: clock.after }
  const [storeId, apiKey, secret] = ['sandboxStore', 'sandbox-key-of-btcpay', 'sandbox-secret-of-btcpay']
  const webhooks = createWebhooks({ clock: own, storeId, secret })
  const invoices = createInvoices(own, ({ id, metadata }, type, more = {}) =>
    webhooks.add(type, { invoiceId: id, metadata, ...more }),
  )
  const pullPayments = createPullPayments(own, ({ id, pullPaymentId, state }, type) =>
    webhooks.add(type, { payoutId: id, pullPaymentId, payoutState: state }),
  )
  const faults = createFaults()
  const calls: string[] = []
  const server = createServer((request, response) => void answer(request, response))
  // The shop keeps its connections; they must not be closed under its feet between two calls.
  server.keepAliveTimeout = 65_000
  const url = await listen(server, port)
  const store: Store = { url, storeId, apiKey, invoices, pullPayments }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', headers } = request
    const { pathname, searchParams: query } = new URL(request.url ?? '/', url)
    const body = await text(request).catch(() => undefined)
    if (body === undefined) return
    if (!pathname.startsWith('/api/v1/')) return showPage(store, { pathname, body }, response)
    const path = pathname.slice('/api/v1'.length)
    const fault = faults.take(method, path)
    const say = (status: number, said: unknown) => {
      calls.push(`${method} ${path} ${fault?.with ?? status}`)
      if (fault?.with === 'cut' || fault?.with === 'answer-lost') response.destroy()
      else if (fault?.with !== 'timeout') respond(response, status, said)
    }
    if (fault && fault.with !== 'answer-lost') {
      say(
        typeof fault.with === 'number' ? fault.with : 0,
        fault.body ?? { code: 'fault', message: 'As ordered' },
      )
      return
    }
    try {
      const parts = path.split('/').slice(1).map(decodeURIComponent)
      say(200, answerCall(store, { method, parts, query, body: body ? JSON.parse(body) : {} }, headers))
    } catch (error) {
      if (error instanceof Refusal) say(error.status, error.body)
      else say(500, { code: 'error', message: String(error) })
    }
  }

  return {
    settings: {
      BTCPAY_URL: url,
      BTCPAY_API_KEY: apiKey,
      BTCPAY_STORE_ID: storeId,
      BTCPAY_WEBHOOK_SECRET: secret,
    },
    invoices,
    pullPayments,
    webhooks,
    faults,
    calls: () => [...calls],
    stop() {
      webhooks.stop()
      return stop(server)
    },
  }
}

function showPage(
  { invoices, pullPayments }: Store,
  asked: { pathname: string; body: string },
  response: ServerResponse,
) {
  const [, area, id = ''] = asked.pathname.split('/')
  const press = new URLSearchParams(asked.body).get('press') ?? undefined
  const page = area === 'i' ? checkoutPage(invoices, id, press) : claimPage(pullPayments, id, press)
  response
    .writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' })
    .end(page ?? 'Not found')
}

function respond(response: ServerResponse, status: number, said: unknown): void {
  // A redirect leads to where it would be noticed that somebody follows it.
  const location = status >= 300 && status < 400 ? { location: '/api/v1/elsewhere' } : {}
  const body = typeof said === 'string' ? said : JSON.stringify(said)
  response.writeHead(status, { 'content-type': 'application/json', ...location }).end(body)
}

async function listen(server: Server, port: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, HOST, resolve)
  await promise
  return `http://${HOST}:${(server.address() as AddressInfo).port}`
}

async function stop(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  await promise
}
