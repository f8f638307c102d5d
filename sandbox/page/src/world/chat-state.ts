import type { ChatSummary, PageEvent, SeenMessage } from '../api/shapes.ts'

/** A chat as this page knows it. Messages are there once it was looked at. */
export interface Chat extends ChatSummary {
  messages: SeenMessage[]
  loaded: boolean
  /** Being removed: still on the screen while it fades. */
  leaving: ReadonlySet<number>
  /** Milliseconds since the epoch until which the bot is shown typing. */
  typingUntil: number
}

const typingShown = 5000

export function newChat(summary: ChatSummary, known?: Chat): Chat {
  const { messages = [], leaving = new Set<number>() } = known ?? {}
  return { ...summary, messages, leaving, loaded: false, typingUntil: 0 }
}

/** The chat after what happened in it. */
export function applyEvent(chat: Chat, event: PageEvent, now: number): Chat {
  switch (event.type) {
    case 'message':
      return applyMessage(chat, event)
    case 'keys':
      return { ...chat, keys: event.keys, keyKinds: event.keyKinds }
    case 'access':
      return { ...chat, access: event.access as Chat['access'] }
    case 'typing':
      return { ...chat, typingUntil: now + typingShown }
    default:
      return chat
  }
}

function applyMessage(chat: Chat, event: Extract<PageEvent, { type: 'message' }>): Chat {
  const { message, kind, by } = event
  if (kind === 'deleted') return { ...chat, leaving: new Set([...chat.leaving, message.id]) }
  const typingUntil = by === 'bot' ? 0 : chat.typingUntil
  const newest = !chat.newest || message.id >= chat.newest.id ? message : chat.newest
  return { ...chat, messages: withMessage(chat.messages, message), newest, typingUntil }
}

/** The new message, or the newer version of a known one, in its place. An edit of an unknown one changes nothing. */
function withMessage(messages: SeenMessage[], message: SeenMessage): SeenMessage[] {
  const index = messages.findIndex((known) => known.id === message.id)
  if (index !== -1) return messages.with(index, message)
  const after = messages.findLastIndex((known) => known.id < message.id)
  return messages.toSpliced(after + 1, 0, message)
}

/** Takes a deleted message away for good. */
export function dropMessage(chat: Chat, id: number): Chat {
  const messages = chat.messages.filter((message) => message.id !== id)
  const leaving = new Set([...chat.leaving].filter((other) => other !== id))
  const { newest: _, ...rest } = chat
  const newest = messages.at(-1)
  return { ...rest, messages, leaving, ...(newest ? { newest } : {}) }
}
