import { type Actor, loadChat, loadState } from '../api/sandbox.ts'
import type { PageEvent } from '../api/shapes.ts'
import { loadArrivals, open } from '../arrivals/arrivals.ts'
import { followStream } from '../live/stream.ts'
import { applyEvent, type Chat, dropMessage, newChat } from './chat-state.ts'
import { watchDelivery } from './delivery.ts'
import { countUnread } from './unread.ts'
import { bot, chats, connection, people, place } from './world.ts'

const fading = 260
const STORED = 'sandbox.person'
/** What happens in a chat while it is being loaded; the answer may be older than it. */
const meanwhile = new Map<number, PageEvent[]>()

export function startSync(): void {
  followStream({
    hello: () => void reload(),
    event: hear,
    lost: () => {
      connection.value = 'lost'
    },
  })
}

/** Shows another chat, or another person's phone, which is there again the next time. */
export function go(actor: Actor): void {
  localStorage.setItem(STORED, String(actor.personId))
  visit(actor)
}

/** The same for this once. */
export function visit(actor: Actor): void {
  if (actor.personId !== place.peek()?.personId) open.value = undefined
  place.value = actor
  const chat = chats.peek().get(actor.chatId)
  if (chat && !chat.loaded) void load(actor)
}

async function reload(): Promise<void> {
  try {
    await Promise.all([reloadState(), loadArrivals()])
    connection.value = 'live'
  } catch {
    // Gone again between the two; the stream will say hello once more.
    connection.value = 'lost'
  }
}

async function reloadState(): Promise<void> {
  const state = await loadState()
  bot.value = state.bot
  people.value = state.people
  const known = chats.peek()
  chats.value = new Map(state.chats.map((summary) => [summary.id, newChat(summary, known.get(summary.id))]))
  const actor = stillThere(place.peek()) ?? firstPlace()
  if (!actor) return
  visit(actor)
  watchDelivery()
}

function stillThere(actor: Actor | undefined): Actor | undefined {
  const chat = actor && chats.peek().get(actor.chatId)
  return chat?.members.includes(actor?.personId ?? 0) ? actor : undefined
}

function firstPlace(): Actor | undefined {
  const stored = Number(localStorage.getItem(STORED))
  const person = people.peek().find(({ id }) => id === stored) ?? people.peek()[0]
  return person && { personId: person.id, chatId: person.id }
}

async function load(actor: Actor): Promise<void> {
  if (meanwhile.has(actor.chatId)) return
  meanwhile.set(actor.chatId, [])
  try {
    const { messages, ...summary } = await loadChat(actor)
    const fresh = { ...newChat(summary), messages, loaded: true }
    const missed = meanwhile.get(actor.chatId) ?? []
    change(actor.chatId, () => missed.reduce((chat, event) => applyEvent(chat, event, Date.now()), fresh))
  } catch {
    // The stream notices, and loads anew.
  } finally {
    meanwhile.delete(actor.chatId)
  }
}

function hear(event: PageEvent): void {
  if (event.type === 'person' || event.type === 'bot') return void reloadSummaries()
  if (event.type === 'push' || event.type === 'push-gone' || event.type === 'mail') return void loadArrivals()
  if (!('chatId' in event)) return
  // A group made after the page was opened.
  if (!chats.peek().has(event.chatId)) return void reloadSummaries()
  meanwhile.get(event.chatId)?.push(event)
  change(event.chatId, (chat) => applyEvent(chat, event, Date.now()))
  if (event.type === 'typing') setTimeout(() => change(event.chatId, (chat) => ({ ...chat })), 5050)
  if (event.type !== 'message') return
  if (event.kind === 'deleted')
    setTimeout(() => change(event.chatId, (chat) => dropMessage(chat, event.message.id)), fading)
  countUnread(event)
  if (event.by === 'person') watchDelivery()
}

/** New people, groups, commands or menu buttons; the messages stay. */
async function reloadSummaries(): Promise<void> {
  const state = await loadState().catch(() => undefined)
  if (!state) return
  bot.value = state.bot
  people.value = state.people
  const known = chats.peek()
  chats.value = new Map(
    state.chats.map((summary) => {
      const old = known.get(summary.id)
      return [summary.id, old ? { ...old, ...summary } : newChat(summary)]
    }),
  )
  const actor = place.peek() ? undefined : firstPlace()
  if (actor) visit(actor)
}

function change(chatId: number, how: (chat: Chat) => Chat): void {
  const old = chats.peek().get(chatId)
  if (old) chats.value = new Map(chats.peek()).set(chatId, how(old))
}
