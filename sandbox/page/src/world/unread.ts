import { effect, signal } from '@preact/signals'
import type { PageEvent } from '../api/shapes.ts'
import { chatsOf, me, place } from './world.ts'

/** By chat: messages of the bot nobody has looked at. */
export const unread = signal<ReadonlyMap<number, number>>(new Map())

export function countUnread(event: Extract<PageEvent, { type: 'message' }>): void {
  if (event.kind !== 'sent' || event.by !== 'bot' || lookingAt(event.chatId)) return
  unread.value = new Map(unread.value).set(event.chatId, (unread.value.get(event.chatId) ?? 0) + 1)
}

export function unreadOf(personId: number): number {
  return chatsOf(personId).reduce((sum, chat) => sum + (unread.value.get(chat.id) ?? 0), 0)
}

/** Looking at a chat reads it, and the tab's title says how much waits elsewhere. */
export function followReading(): void {
  const read = (): void => {
    const chatId = place.value?.chatId
    if (chatId === undefined || document.hidden || !unread.peek().has(chatId)) return
    const rest = new Map(unread.peek())
    rest.delete(chatId)
    unread.value = rest
  }
  effect(read)
  document.addEventListener('visibilitychange', read)
  effect(() => {
    const waiting = [...unread.value.values()].reduce((sum, count) => sum + count, 0)
    document.title = `${waiting ? `(${waiting}) ` : ''}${me.value?.firstName ?? 'Sandbox'} · Sandbox messenger`
  })
}

function lookingAt(chatId: number): boolean {
  return place.peek()?.chatId === chatId && !document.hidden
}
