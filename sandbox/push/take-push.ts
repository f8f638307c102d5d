import type { IncomingHttpHeaders } from 'node:http'
import type { PushPayload } from '../../src/http/contract/push.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { checkRequest } from './check-request.ts'
import { checkVapid } from './check-vapid.ts'
import { decryptPush } from './decrypt.ts'
import type { PushRecords } from './records.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Subscription } from './subscription.ts'

export interface PushDesk {
  origin: string
  clock: Clock
  records: PushRecords
  subscriptions: Map<string, Subscription>
}

export interface ArrivingPush {
  endpoint: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Takes a push for its browser, or says why not. */
export function takePush(desk: PushDesk, { endpoint, headers, body }: ArrivingPush): Refusal | undefined {
  const { origin, clock, records, subscriptions } = desk
  const subscription = subscriptions.get(endpoint)
  if (!subscription) return refuse(404, 'NotFound')
  if (subscription.ended) return refuse(410, 'Unregistered')
  const { authorization = '', ttl, urgency = 'normal', topic } = headers
  const { applicationServerKey, browser } = subscription
  const now = clock.now()
  const refusal =
    checkRequest(headers, body) ?? checkVapid(authorization, { origin, now, applicationServerKey })
  if (refusal) return refusal
  const payload = read(() => JSON.parse(decryptPush(body, browser).toString()) as PushPayload)
  // A real push service cannot look inside; here a push that no browser could read must not pass.
  if (!payload) return refuse(400, 'CannotBeDecrypted')
  records.addReceived({
    endpoint,
    payload,
    ttl: Number(ttl),
    urgency: String(urgency),
    topic: topic?.toString(),
    authorization,
    at: now,
  })
  return undefined
}

function read<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}
