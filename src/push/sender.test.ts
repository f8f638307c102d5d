import { describe, expect, it, onTestFinished } from 'vitest'
import { startPushService } from '../../sandbox/push/push-service.ts'
import type { BrowserSubscription } from '../../sandbox/push/subscription.ts'
import { existing } from '../../tests/given.ts'
import { settableClock } from '../lib/clock.ts'
import { newVapidKeys } from '../lib/vapid.ts'
import type { PushDelivery } from '../shop/notifications/channel.ts'
import type { PushMessage } from '../shop/notifications/message.ts'
import { createPushSender } from './sender.ts'

const HOUR_MS = 3_600_000

const message: PushMessage = {
  noticeId: 7,
  kind: 'staff_order',
  title: 'New order #1042',
  body: '3 items · €54.20',
  language: 'en',
  path: '/orders/1042',
  tag: 'order-1042',
  silent: false,
  action: { label: 'Accept', orderId: 1042, version: 1, step: 'accept' },
  badge: 4,
  urgency: 'high',
  ttlSeconds: 86_400,
}

/** A push service, a sender that may use it, and a browser subscribed to it. */
async function givenPush(clock = settableClock()) {
  const service = await startPushService({ clock })
  onTestFinished(service.stop)
  const keys = newVapidKeys()
  const push = { ...keys, subject: 'mailto:olga@littleshop.org', hosts: [service.origin] }
  const receiptFor = (id: number) => `receipt-of-${id}`
  const sender = createPushSender({ push, clock, publicUrl: 'https://littleshop.org', receiptFor })
  const browser = service.subscribe(keys.publicKey)
  const device = deviceOf(browser, keys.publicKey)
  const send = (change: Partial<PushMessage> = {}) => sender({ device, message: { ...message, ...change } })
  return { clock, service, sender, push, browser, device, send }
}

function deviceOf({ endpoint, keys }: BrowserSubscription, vapidKey: string): PushDelivery['device'] {
  return {
    id: 3,
    person_id: 1,
    session_hash: null,
    name: 'Pixel 9',
    endpoint,
    p256dh: keys.p256dh,
    auth: keys.auth,
    vapid_key: vapidKey,
    created_at: 0,
    seen_at: 0,
    delivered_at: null,
    ended_at: null,
    end_reason: null,
  }
}

describe('the push sender', () => {
  it('sends what only this browser can read, with its headers', async () => {
    const { service, send, clock } = await givenPush()
    expect(await send()).toEqual({ kind: 'sent', answer: '201 in 0 ms' })
    const pushes = service.received()
    expect(pushes).toMatchObject([{ ttl: 86_400, urgency: 'high', topic: 'order1042', at: clock.now() }])
    expect(pushes[0]?.payload).toMatchObject({
      web_push: 8030,
      notification: { title: 'New order #1042', navigate: 'https://littleshop.org/app/orders/1042' },
      notice: { id: 7, receipt: 'receipt-of-7' },
      action: { orderId: 1042, step: 'accept' },
    })
  })

  it('reduces the tag to what every push service takes as a topic, or leaves it out', async () => {
    const { service, send } = await givenPush()
    await send({ tag: `é-order/${'1042'.repeat(20)}` })
    await send({ tag: '—' })
    expect(service.received().map((push) => push.topic)).toEqual([`order${'1042'.repeat(6)}104`, undefined])
  })

  it('keeps its connections', async () => {
    const { service, send } = await givenPush()
    for (let i = 0; i < 10; i++) await send()
    // The second push may come a moment before undici has its first connection back.
    expect(service.connections()).toBeLessThanOrEqual(2)
  })

  it('keeps its signature for eleven hours', async () => {
    const { service, send, clock } = await givenPush()
    const signatures = () => new Set(service.received().map((push) => push.authorization)).size
    await send()
    clock.advance(10 * HOUR_MS)
    await send()
    expect(signatures()).toBe(1)
    clock.advance(2 * HOUR_MS)
    await send()
    clock.advance(400 * HOUR_MS)
    expect(await send()).toMatchObject({ kind: 'sent' })
    expect(signatures()).toBe(3)
  })

  it('signs anew when the clock was set back', async () => {
    const clock = settableClock()
    let shift = 20 * HOUR_MS
    const { service, send } = await givenPush({ ...clock, now: () => clock.now() + shift })
    expect((await send()).kind).toBe('sent')
    shift = 0
    expect((await send()).kind).toBe('sent')
    expect(service.calls().map((call) => call.answer)).toEqual([201, 201])
  })

  it('signs for each push service by itself', async () => {
    const { push, clock, sender, device } = await givenPush()
    const other = await startPushService({ clock })
    onTestFinished(other.stop)
    push.hosts.push(other.origin)
    const second = deviceOf(other.subscribe(push.publicKey), push.publicKey)
    const outcomes = await Promise.all([device, second].map((one) => sender({ device: one, message })))
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['sent', 'sent'])
  })
})

describe('what the push service answers', () => {
  it.each([
    [404, '', { kind: 'final', answer: '404', ended: 'the browser has ended this subscription' }],
    [410, '', { kind: 'final', answer: '410', ended: 'the browser has ended this subscription' }],
    [400, '{"reason":"BadTopic"}', { kind: 'final', answer: '400 BadTopic' }],
    [302, '', { kind: 'final', answer: '302' }],
    [500, '<html><h1>Oh   no</h1></html>', { kind: 'retry', answer: '500 Oh no' }],
    [503, '{"error":{"message":"Backend busy"}}', { kind: 'retry', answer: '503 Backend busy' }],
    ['cut', '', { kind: 'retry', answer: expect.stringContaining('the connection failed (') }],
  ] as const)('%s %s', async (answer, body, outcome) => {
    const { service, send } = await givenPush()
    service.faults.answerNext({ with: answer, body })
    expect(await send()).toEqual(outcome)
    expect(service.calls()).toHaveLength(1)
    expect((await send()).kind).toBe('sent')
  })

  it('says to the owner what is wrong with the keys, and signs anew the next time', async () => {
    const { service, send } = await givenPush()
    await send()
    service.faults.answerNext({ with: 403, body: '{"reason":"BadJwtToken"}' })
    service.faults.answerNext({ with: 401, body: JSON.stringify({ errno: 109, message: 'x'.repeat(999) }) })
    expect(await send()).toEqual({
      kind: 'retry',
      answer: '403 BadJwtToken',
      trouble:
        '127.0.0.1 refuses this shop’s web push: 403 BadJwtToken. Check the VAPID settings and the clock of this machine.',
    })
    expect(await send()).toMatchObject({ kind: 'retry', answer: `401 ${'x'.repeat(199)}…` })
    await send()
    expect(new Set(service.received().map((push) => push.authorization)).size).toBe(2)
  })

  it.each([
    [429, 120, 120_000],
    [429, undefined, 60_000],
    [429, 0, 1_000],
    [429, 999_999_999, 6 * HOUR_MS],
    [429, 'soon', 60_000],
    [429, new Date(settableClock().now() + 90_000).toUTCString(), 90_000],
    [429, new Date(0).toUTCString(), 1_000],
    [406, 30, 30_000],
  ])('%s with Retry-After %s waits %s ms', async (status, retryAfter, ms) => {
    const { service, send } = await givenPush()
    service.faults.answerNext({ with: status, ...(retryAfter !== undefined && { retryAfter }) })
    expect(await send()).toEqual({ kind: 'wait', ms, answer: String(status) })
  })

  it('leaves a device alone for as long as its service asked, whatever is to be said meanwhile', async () => {
    const { service, send, clock } = await givenPush()
    service.faults.answerNext({ with: 429, retryAfter: 120 })
    await send()
    clock.advance(119_000)
    expect(await send()).toEqual({ kind: 'later', until: clock.now() + 1_000 })
    expect(service.calls()).toHaveLength(1)
    clock.advance(1_000)
    expect((await send()).kind).toBe('sent')
  })

  it('tries once more with the least there is to say when the push is too large', async () => {
    const { service, send } = await givenPush()
    service.faults.answerNext({ with: 413 })
    expect((await send()).kind).toBe('sent')
    expect(service.received()[0]?.payload).toMatchObject({
      notification: { title: 'New order #1042', body: '' },
    })
    service.faults.answerNext({ with: 413, count: 2 })
    expect(await send()).toEqual({ kind: 'final', answer: '413' })
    expect(service.calls().map((call) => call.answer)).toEqual([413, 201, 413, 413])
  })

  it('waits eight seconds for an answer, by the clock', async () => {
    const { service, send, clock } = await givenPush()
    service.faults.answerNext({ with: 'timeout' })
    const outcome = send()
    await service.waitFor(() => service.calls().length === 1)
    clock.advance(8_000)
    expect(await outcome).toEqual({ kind: 'retry', answer: 'no answer within 8 s' })
  })

  it('tries again later when nobody is there', async () => {
    const { service, send } = await givenPush()
    await service.stop()
    expect(await send()).toEqual({ kind: 'retry', answer: 'the connection failed (ECONNREFUSED)' })
  })
})

describe('a device that cannot be reached', () => {
  it('subscribed with another push key: nothing is sent', async () => {
    const { service, sender, device } = await givenPush()
    const outcome = await sender({ device: { ...device, vapid_key: newVapidKeys().publicKey }, message })
    const reason = 'the push key was changed'
    expect(outcome).toEqual({ kind: 'final', answer: reason, ended: reason })
    expect(service.calls()).toEqual([])
  })

  it('has an address that is not allowed, or keys that are none: nothing is sent', async () => {
    const { service, sender, device } = await givenPush()
    const changes = [
      { endpoint: 'http://169.254.169.254/latest' },
      { endpoint: existing(device.endpoint).replace('127.0.0.1', 'localhost') },
      { p256dh: `B${'A'.repeat(86)}` },
      { p256dh: device.auth },
      { auth: 'abc' },
    ]
    for (const change of changes) {
      const outcome = await sender({ device: { ...device, ...change }, message })
      expect(outcome).toMatchObject({ kind: 'final', ended: expect.stringMatching(/\.$/) })
    }
    expect(service.calls()).toEqual([])
  })
})
