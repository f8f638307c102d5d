import webPush from 'web-push'
import type { Clock } from '../lib/clock.ts'
import type { PushDelivery, Send } from '../shop/notifications/channel.ts'
import { checkSubscription } from './check-subscription.ts'
import { makePayload, smallestPayload } from './payload.ts'
import { type PushRequest, post } from './post.ts'
import { readAnswer } from './read-answer.ts'
import { createVapidHeaders, type VapidDetails } from './vapid-headers.ts'

const MAX_TOPIC = 32

export interface PushSettings extends VapidDetails {
  /** Push hosts beside the known ones, as in PUSH_HOSTS. */
  hosts: readonly string[]
}

export interface PushSenderDeps {
  push: PushSettings
  clock: Clock
  /** Where the shop is reached, without a slash at the end. */
  publicUrl: string
  /** What allows a browser to report this notice as shown. */
  receiptFor(noticeId: number): string
}

/** Sends web push: encrypted for one browser, by way of the push service that browser chose. */
export function createPushSender({ push, clock, publicUrl, receiptFor }: PushSenderDeps): Send<PushDelivery> {
  const headers = createVapidHeaders(push, clock)
  // A service that asked for patience is left alone, also when the notice it was asked with is dropped.
  const held = new Map<number, number>()

  return async function send(delivery) {
    const { device, message } = delivery
    const ended = whyUnreachable(device, push)
    if (ended) return { kind: 'final', answer: ended, ended }
    const startedAt = clock.now()
    const until = held.get(device.id) ?? 0
    if (until > startedAt) return { kind: 'later', until }
    held.delete(device.id)
    const url = new URL(device.endpoint)
    const settings = { publicUrl, receipt: receiptFor(message.noticeId) }
    const attempt = (payload: string) => post(encrypt(payload, delivery, url, headers.of(url.origin)), clock)

    let answer = await attempt(makePayload(message, settings))
    if (answer.status === 413) answer = await attempt(smallestPayload(message, settings))
    if (answer.status === 401 || answer.status === 403) headers.forget(url.origin)
    const now = clock.now()
    const outcome = readAnswer(answer, { host: url.hostname, now, tookMs: now - startedAt })
    if (outcome.kind === 'wait') held.set(device.id, now + outcome.ms)
    return outcome
  }
}

function whyUnreachable(device: PushDelivery['device'], push: PushSettings): string | undefined {
  if (device.vapid_key !== push.publicKey) return 'the push key was changed'
  return checkSubscription(device, push.hosts)
}

function encrypt(
  payload: string,
  { device, message }: PushDelivery,
  url: URL,
  authorization: string,
): PushRequest {
  const { endpoint, p256dh, auth } = device
  const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
    TTL: message.ttlSeconds,
    urgency: message.urgency,
    topic: topicOf(message.tag),
    headers: { Authorization: authorization },
  })
  return { url, headers, body }
}

/** By its topic a push service replaces a push that it has not delivered yet. Some take letters and digits only. */
function topicOf(tag: string): string {
  return tag.replace(/[^A-Za-z0-9]/g, '').slice(0, MAX_TOPIC)
}
