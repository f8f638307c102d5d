import type { Chat, Message, ReplyKeyboardMarkup, User } from '@grammyjs/types'

/** Somebody with a Telegram account: a customer or one of the staff. */
export interface Person {
  id: number
  firstName: string
  lastName?: string
  username?: string
  languageCode?: string
  phone: string
  /** A CSS colour for the round picture in the chat page. */
  colour: string
}

/** `closed`: never started (private) or the bot is not a member (group); `blocked`: by the person, or kicked; `gone`: the account was deleted. */
export type ChatAccess = 'open' | 'closed' | 'blocked' | 'gone'

export interface HistoryEntry {
  /** Milliseconds since the epoch, by the sandbox's clock. */
  at: number
  kind: 'sent' | 'edited' | 'deleted'
  by: 'bot' | 'person'
  /** The Bot API method, or what the person did. */
  method: string
  messageId: number
  /** The message as it was after this step (before it, for a deletion). */
  message: Message
}

export interface Topic {
  name: string
  closed: boolean
}

export interface ChatState {
  id: number
  title: string
  /** Whose private chat with the bot this is; absent for a group. */
  person?: Person
  members: Set<number>
  access: ChatAccess
  messages: Map<number, Message>
  history: HistoryEntry[]
  /** The reply keyboard the person sees under the chat. */
  keyboard: ReplyKeyboardMarkup | undefined
  /** Messages that carry a reply keyboard: Telegram does not let them be edited. */
  uneditable: Set<number>
  /** A group whose messages lie in topics. */
  forum: boolean
  /** By message_thread_id. */
  topics: Map<number, Topic>
  /** Supergroups count their own messages; private chats share the bot's counter. */
  lastMessageId: number
}

export function newChat(id: number, title: string, access: ChatAccess): ChatState {
  return {
    id,
    title,
    members: new Set(),
    access,
    messages: new Map(),
    history: [],
    keyboard: undefined,
    uneditable: new Set(),
    forum: false,
    topics: new Map(),
    lastMessageId: 0,
  }
}

export function asUser(person: Person): User {
  return {
    id: person.id,
    is_bot: false,
    first_name: person.firstName,
    ...(person.lastName ? { last_name: person.lastName } : {}),
    ...(person.username ? { username: person.username } : {}),
    ...(person.languageCode ? { language_code: person.languageCode } : {}),
  }
}

export function asChat(chat: ChatState): Chat {
  if (!chat.person) {
    return {
      id: chat.id,
      type: 'supergroup',
      title: chat.title,
      ...(chat.forum ? { is_forum: true } : {}),
    }
  }
  const { firstName, lastName, username } = chat.person
  return {
    id: chat.id,
    type: 'private',
    first_name: firstName,
    ...(lastName ? { last_name: lastName } : {}),
    ...(username ? { username } : {}),
  }
}
