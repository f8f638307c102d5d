import type { Update } from '@grammyjs/types'
import type { Clock } from '../../src/lib/clock.ts'
import type { QueuedUpdate, UpdateQueue } from './update-queue.ts'

export interface WebhookTarget {
  url: string
  secret: string
  maxConnections: number
}

/** Brings queued updates to the bot's server: in order within a chat, side by side across chats. */
export interface Webhook extends WebhookTarget {
  set(target: WebhookTarget): void
  /** How many deliveries failed so far. */
  failed(): number
  lastError: { at: number; message: string } | undefined
}

const longestPause = 60_000
const requestTimeout = 60_000

export function createWebhook(clock: Clock, updates: UpdateQueue): Webhook {
  const busy = new Set<string>()
  const paused = new Set<string>()
  const failures = new Map<string, number>()
  let failed = 0

  function deliverNext(): void {
    if (webhook.url === '') return
    const waiting = new Set([...busy, ...paused])
    for (const queued of updates.pending()) {
      const lane = laneOf(queued.update)
      if (waiting.has(lane)) continue
      waiting.add(lane)
      if (queued.readyAt > clock.now()) continue
      if (busy.size >= webhook.maxConnections) return
      busy.add(lane)
      void deliver(queued, lane)
    }
  }

  async function deliver(queued: QueuedUpdate, lane: string): Promise<void> {
    const problem = await request(webhook, queued.update)
    busy.delete(lane)
    if (problem === undefined) {
      failures.delete(lane)
      updates.confirm(queued)
    } else pause(lane, problem)
    deliverNext()
  }

  /** Longer after each failure in a row; the chats beside it go on. */
  function pause(lane: string, problem: string): void {
    webhook.lastError = { at: clock.now(), message: problem }
    const times = (failures.get(lane) ?? 0) + 1
    failures.set(lane, times)
    failed += 1
    paused.add(lane)
    clock.after(Math.min(longestPause, 1000 * 2 ** (times - 1)), () => {
      paused.delete(lane)
      deliverNext()
    })
  }

  const webhook: Webhook = {
    url: '',
    secret: '',
    maxConnections: 40,
    lastError: undefined,
    failed: () => failed,
    set(target) {
      Object.assign(webhook, target, { lastError: undefined })
      deliverNext()
    },
  }
  updates.onReady(deliverNext)
  return webhook
}

/** Undefined when the bot's server took the update, else what Telegram would report. */
async function request({ url, secret }: WebhookTarget, update: Update): Promise<string | undefined> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (secret) headers['x-telegram-bot-api-secret-token'] = secret
  try {
    const signal = AbortSignal.timeout(requestTimeout)
    const body = JSON.stringify(update)
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' })
    await response.arrayBuffer()
    return response.ok
      ? undefined
      : `Wrong response from the webhook: ${response.status} ${response.statusText}`.trim()
  } catch {
    return 'Connection refused'
  }
}

function laneOf(update: Update): string {
  const message = update.message ?? update.edited_message ?? update.callback_query?.message
  const chat = message?.chat ?? update.my_chat_member?.chat
  const from = update.pre_checkout_query?.from ?? update.shipping_query?.from
  return chat ? `chat ${chat.id}` : `user ${from?.id ?? update.update_id}`
}
