import { request } from 'node:http'
import webPush, { type RequestOptions } from 'web-push'
import { createSubscription } from '../sandbox/push/subscription.ts'
import { systemClock } from '../src/lib/clock.ts'
import { newVapidKeys } from '../src/lib/vapid.ts'
import { makePayload } from '../src/push/payload.ts'
import { createPushSender } from '../src/push/sender.ts'
import { createVapidHeaders, type VapidDetails } from '../src/push/vapid-headers.ts'
import type { PushMessage } from '../src/shop/notifications/message.ts'
import { startChild } from './child.ts'
import { type Result, rateResult, type Side, type Size, takeTurns } from './measure.ts'

const SUBJECT = 'mailto:olga@littleshop.org'
const PUBLIC_URL = 'https://littleshop.org'
const AT_ONCE = 8

const message: PushMessage = {
  noticeId: 7,
  kind: 'staff_order',
  title: 'New order #1042',
  body: '3 items · €54.20 · Courier',
  language: 'en',
  path: '/orders/1042',
  tag: 'order-1042',
  silent: false,
  action: { label: 'Accept', orderId: 1042, version: 1, step: 'accept' },
  badge: 4,
  urgency: 'high',
  ttlSeconds: 86_400,
}

const OPTIONS = {
  contentEncoding: 'aes128gcm',
  TTL: message.ttlSeconds,
  urgency: 'high',
  topic: 'order1042',
} satisfies RequestOptions

const SIZES = {
  full: { batch: 400, rounds: 20 },
  quick: { batch: 100, rounds: 6 },
  smallest: { batch: 4, rounds: 1 },
}

/**
 * A push against web-push as it comes: signed each time, over a connection of its own. First only with the signed
 * header kept, then through the shop's sender, which keeps its connections, too.
 */
export async function benchPush(size: Size): Promise<Result[]> {
  const { batch, rounds } = SIZES[size]
  const stub = await startChild<{ origin: string }>('wire-stub.ts', [])
  const { origin } = stub.hello
  const keys = newVapidKeys()
  const vapid = { ...keys, subject: SUBJECT }
  const subscription = createSubscription(origin, keys.publicKey).shown
  const payload = makePayload(message, { publicUrl: PUBLIC_URL, receipt: '7' })
  const ask = (options: RequestOptions) =>
    postAnew(webPush.generateRequestDetails(subscription, payload, { ...OPTIONS, ...options }))
  const floor = sendMany(batch, () => ask({ vapidDetails: vapid }))
  const headers = createVapidHeaders(vapid, systemClock)
  const kept = sendMany(batch, () => ask({ headers: { Authorization: headers.of(origin) } }))
  const ours = sendMany(batch, sendThroughShop(subscription, vapid))
  await takeTurns(ours, floor, 2)
  const signedOnce = await takeTurns(kept, floor, rounds)
  const throughShop = await takeTurns(ours, floor, rounds)
  await stub.stop()
  return [
    rateResult('push: signed header kept / web-push as it comes', signedOnce, { goal: 1.3 }, 'pushes/s'),
    rateResult('push: our sender / web-push as it comes', throughShop, { goal: 1.8 }, 'pushes/s'),
  ]
}

type Subscription = ReturnType<typeof createSubscription>['shown']

function sendThroughShop(subscription: Subscription, vapid: VapidDetails): () => Promise<void> {
  const push = { ...vapid, hosts: [new URL(subscription.endpoint).origin] }
  const send = createPushSender({ push, clock: systemClock, publicUrl: PUBLIC_URL, receiptFor: String })
  const device = deviceOf(subscription, vapid.publicKey)
  return async () => {
    const outcome = await send({ device, message })
    if (outcome.kind !== 'sent') throw new Error(`not sent: ${JSON.stringify(outcome)}`)
  }
}

function deviceOf({ endpoint, keys }: Subscription, vapidKey: string) {
  const times = { created_at: 0, seen_at: 0, delivered_at: null, ended_at: null, end_reason: null }
  const names = { id: 3, person_id: 1, session_hash: null, name: 'Pixel 9' }
  return { ...names, endpoint, ...keys, vapid_key: vapidKey, ...times }
}

/** A few at a time, as the dispatcher does. */
function sendMany(count: number, send: () => Promise<void>): Side {
  return {
    async run() {
      let left = count
      async function work(): Promise<void> {
        while (left-- > 0) await send()
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      return count
    },
  }
}

/** What web-push's sendNotification does, which itself speaks https only. */
function postAnew({
  endpoint,
  headers,
  body,
}: ReturnType<typeof webPush.generateRequestDetails>): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(endpoint, { method: 'POST', headers, agent: false }, (answer) => {
      answer.resume().on('end', () => (answer.statusCode === 201 ? resolve() : reject(new Error('refused'))))
    })
    call.on('error', reject).end(body)
  })
}
