import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { type Clock, systemClock } from '../../src/lib/clock.ts'
import { createPushFaults, type PushFault, type PushFaults } from './push-faults.ts'
import { createPushRecords, type PushRecords } from './records.ts'
import { type BrowserSubscription, createSubscription, type Subscription } from './subscription.ts'
import { type PushDesk, takePush } from './take-push.ts'

export interface PushService extends Pick<PushRecords, 'received' | 'calls' | 'listen' | 'waitFor'> {
  /** For PUSH_HOSTS. */
  origin: string
  /** A browser subscribes with this VAPID public key; without one its pushes may come with any. */
  subscribe(applicationServerKey?: string): BrowserSubscription
  /** The browser ends its subscription: pushes to it are answered with 410. */
  unsubscribe(endpoint: string): void
  faults: Pick<PushFaults, 'answerNext' | 'clear'>
  /** How many connections were opened to it. */
  connections(): number
  stop(): Promise<void>
}

export interface PushServiceOptions {
  /** The sender's clock: the service checks by it how long a VAPID token still lives. */
  clock?: Clock
  port?: number
}

/** Starts a strict push service on this machine, which stands in for Google's, Mozilla's and Apple's. */
export async function startPushService({
  clock = systemClock,
  port = 0,
}: PushServiceOptions = {}): Promise<PushService> {
  const records = createPushRecords()
  const faults = createPushFaults()
  const subscriptions = new Map<string, Subscription>()
  let connections = 0
  const server = createServer((request, response) => void answer(request, response))
  server.on('connection', () => {
    connections += 1
  })
  // The sender keeps its connections; they must not be closed under its feet between two pushes.
  server.keepAliveTimeout = 65_000
  const origin = await listen(server, port)
  const desk: PushDesk = { origin, clock, records, subscriptions }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const endpoint = `${origin}${request.url}`
    const body = await buffer(request).catch(() => undefined)
    if (!body) return
    const fault = faults.take(endpoint)
    const refusal = fault ? undefined : takePush(desk, { endpoint, headers: request.headers, body })
    if (fault) misbehave(fault, origin, response)
    else response.writeHead(refusal?.status ?? 201).end(refusal?.body)
    records.addCall({ endpoint, answer: fault?.with ?? refusal?.status ?? 201 })
  }

  return {
    origin,
    ...records,
    faults,
    connections: () => connections,
    subscribe(applicationServerKey) {
      const subscription = createSubscription(origin, applicationServerKey)
      subscriptions.set(subscription.shown.endpoint, subscription)
      return subscription.shown
    },
    unsubscribe(endpoint) {
      const subscription = subscriptions.get(endpoint)
      if (subscription) subscription.ended = true
    },
    stop: () => stop(server),
  }
}

function misbehave(fault: PushFault, origin: string, response: ServerResponse): void {
  if (fault.with === 'cut') response.destroy()
  if (typeof fault.with !== 'number') return
  // A redirect leads to where it would be noticed that somebody follows it.
  const location = fault.with >= 300 && fault.with < 400 ? { location: `${origin}/elsewhere` } : {}
  const retryAfter = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) }
  response.writeHead(fault.with, { ...location, ...retryAfter }).end(fault.body)
}

async function listen(server: Server, port: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', resolve)
  await promise
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function stop(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeAllConnections()
  await promise
}
