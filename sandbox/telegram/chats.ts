import type { Message, ReplyKeyboardMarkup } from '@grammyjs/types'
import type { Params } from './params.ts'
import { badRequest, forbidden } from './refusal.ts'
import type { Sandbox } from './sandbox.ts'
import { asChat, asUser, type ChatState, type HistoryEntry, newChat, type Person } from './state.ts'
import { seenKeys } from './view.ts'

/** The part of a message that differs from kind to kind. */
export type Content = Partial<Omit<Message, 'message_id' | 'chat' | 'date' | 'from'>>

/** The chat a call names. Throws as Telegram does when there is none. */
export function chatOf(sandbox: Sandbox, params: Params, name = 'chat_id'): ChatState {
  const given = params.text(name) ?? ''
  if (given === '') throw badRequest(`${name} is empty`)
  const chat = sandbox.chats.get(Number(given))
  if (!chat) throw badRequest('chat not found')
  return chat
}

const privateRefusals = {
  closed: "bot can't initiate conversation with a user",
  blocked: 'bot was blocked by the user',
  gone: 'user is deactivated',
}
const groupRefusals = {
  closed: 'bot is not a member of the supergroup chat',
  blocked: 'bot was kicked from the supergroup chat',
  gone: 'the group chat was deleted',
}

/** Throws when the bot may not write there. */
export function checkWritable({ access, person }: ChatState): void {
  if (access !== 'open') throw forbidden((person ? privateRefusals : groupRefusals)[access])
}

export function privateChat(sandbox: Sandbox, person: Person): ChatState {
  const known = sandbox.chats.get(person.id)
  if (known) return known
  const chat: ChatState = {
    ...newChat(person.id, person.firstName, 'closed'),
    person,
    members: new Set([person.id]),
  }
  sandbox.chats.set(person.id, chat)
  return chat
}

/** Puts a new message into a chat. */
export function post(
  sandbox: Sandbox,
  chat: ChatState,
  author: Person | 'bot',
  method: string,
  content: Content,
): Message {
  const message = {
    message_id: nextMessageId(sandbox, chat),
    from: author === 'bot' ? botUser(sandbox) : asUser(author),
    chat: asChat(chat),
    date: seconds(sandbox),
    ...content,
  } as Message
  chat.messages.set(message.message_id, message)
  record(sandbox, chat, { kind: 'sent', by: author === 'bot' ? 'bot' : 'person', method, message })
  return message
}

/** Exchanges the content of a message; fields given as undefined are taken away. */
export function amend(
  sandbox: Sandbox,
  chat: ChatState,
  old: Message,
  method: string,
  content: Content,
): Message {
  const message = { ...old, edit_date: seconds(sandbox), ...content } as Message
  for (const [key, value] of Object.entries(content)) {
    if (value === undefined) delete message[key as keyof Message]
  }
  chat.messages.set(message.message_id, message)
  const by = old.from?.id === sandbox.bot.user.id ? 'bot' : 'person'
  record(sandbox, chat, { kind: 'edited', by, method, message })
  return message
}

export function remove(
  sandbox: Sandbox,
  chat: ChatState,
  message: Message,
  method: string,
  by: 'bot' | 'person' = 'bot',
): void {
  chat.messages.delete(message.message_id)
  record(sandbox, chat, { kind: 'deleted', by, method, message })
}

/** Exchanges the reply keyboard under the chat. */
export function setKeyboard(
  sandbox: Sandbox,
  chat: ChatState,
  keyboard: ReplyKeyboardMarkup | undefined,
): void {
  if (chat.keyboard === keyboard) return
  chat.keyboard = keyboard
  sandbox.events.emit({ type: 'keys', chatId: chat.id, ...seenKeys(chat) })
}

function record(
  sandbox: Sandbox,
  chat: ChatState,
  step: Pick<HistoryEntry, 'kind' | 'by' | 'method' | 'message'>,
): void {
  const { kind, by, method, message } = step
  chat.history.push({ at: sandbox.clock.now(), kind, by, method, messageId: message.message_id, message })
  if (chat.history.length > 2 * sandbox.remember) chat.history.splice(0, sandbox.remember)
  if (chat.messages.size > sandbox.remember) {
    const oldest = chat.messages.keys().next().value
    if (oldest !== undefined) chat.messages.delete(oldest)
  }
  sandbox.events.emit({ type: 'message', kind, chatId: chat.id, by, message })
}

function nextMessageId(sandbox: Sandbox, chat: ChatState): number {
  const counter = chat.person ? sandbox : chat
  counter.lastMessageId += 1
  return counter.lastMessageId
}

function botUser({ bot }: Sandbox): Message['from'] {
  const { id, is_bot, first_name, username } = bot.user
  return { id, is_bot, first_name, username }
}

function seconds({ clock }: Sandbox): number {
  return Math.floor(clock.now() / 1000)
}
