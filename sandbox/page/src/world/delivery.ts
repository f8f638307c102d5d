import type { Update } from '@grammyjs/types'
import { signal } from '@preact/signals'
import { ask } from '../api/http.ts'
import type { PendingUpdates } from '../api/shapes.ts'

const interval = 700
const stuckAfter = 5000

/** Messages the bot has not fetched yet, as `chatId:messageId`: they have one tick. */
export const unfetched = signal<ReadonlySet<string>>(new Set())

/** Chats in which something has waited for the bot for more than five seconds. */
export const stuckChats = signal<ReadonlySet<number>>(new Set())

const firstSeen = new Map<number, number>()
let timer: ReturnType<typeof setTimeout> | undefined

/** Looks what waits for the bot, again and again until nothing does. */
export function watchDelivery(): void {
  clearTimeout(timer)
  timer = setTimeout(() => void look(), 60)
}

async function look(): Promise<void> {
  const pending = await loadPending()
  const now = Date.now()
  for (const { update_id } of pending) if (!firstSeen.has(update_id)) firstSeen.set(update_id, now)
  const waiting = new Set(pending.map((update) => update.update_id))
  for (const id of firstSeen.keys()) if (!waiting.has(id)) firstSeen.delete(id)
  const stuck = pending.filter(({ update_id }) => now - (firstSeen.get(update_id) ?? now) > stuckAfter)
  unfetched.value = new Set(pending.flatMap((update) => messageKey(update)))
  stuckChats.value = new Set(stuck.flatMap((update) => chatIdOf(update) ?? []))
  if (pending.length > 0) timer = setTimeout(() => void look(), interval)
}

async function loadPending(): Promise<Update[]> {
  try {
    const { pending } = await ask<PendingUpdates>('/updates')
    return pending
  } catch {
    return []
  }
}

function messageKey({ message }: Update): string[] {
  return message ? [`${message.chat.id}:${message.message_id}`] : []
}

function chatIdOf(update: Update): number | undefined {
  const { message, callback_query, my_chat_member, pre_checkout_query } = update
  return (message ?? callback_query?.message ?? my_chat_member)?.chat.id ?? pre_checkout_query?.from.id
}
