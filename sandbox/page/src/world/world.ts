import { computed, signal } from '@preact/signals'
import type { Actor } from '../api/sandbox.ts'
import type { BotInfo, Person } from '../api/shapes.ts'
import type { Chat } from './chat-state.ts'

/** What the page knows of the sandbox. Changed only by sync.ts and unread.ts. */
export const bot = signal<BotInfo | undefined>(undefined)
export const people = signal<Person[]>([])
export const chats = signal<ReadonlyMap<number, Chat>>(new Map())
export const connection = signal<'connecting' | 'live' | 'lost'>('connecting')

/** Whose phone is on the screen, and which of their chats. */
export const place = signal<Actor | undefined>(undefined)

export const me = computed(() => people.value.find((person) => person.id === place.value?.personId))
export const chat = computed(() => chats.value.get(place.value?.chatId ?? Number.NaN))

/** The chats on a person's phone: the bot's own, then the groups. */
export function chatsOf(personId: number): Chat[] {
  const mine = [...chats.value.values()].filter((one) => one.members.includes(personId))
  return mine.sort((a, b) => Number(a.kind === 'group') - Number(b.kind === 'group'))
}

/** The shop's own people have a Mini App behind the menu button of their chat. */
export function isStaff(personId: number): boolean {
  return chats.value.get(personId)?.menuButton.type === 'web_app'
}
