import type { InlineKeyboardButton, KeyboardButton, Message } from '@grammyjs/types'
import { setKeyboard } from './chats.ts'
import { initDataOf, miniAppUrl } from './init-data.ts'
import { CannotDo, say, tellBot } from './people.ts'
import { type CallbackAnswer, callbackWindow } from './queries.ts'
import type { Sandbox } from './sandbox.ts'
import { sendContact, sendLocation, sendText } from './say.ts'
import { asUser, type ChatState, type Person } from './state.ts'
import { labelOf } from './view.ts'

/** What came of a press: the bot's answer to a callback, a URL that opened, a copied text, a message sent. */
export interface PressResult {
  /** The toast or alert; absent when the bot answered without words. */
  text?: string
  alert: boolean
  url?: string
  copied?: string
  sent?: Message
  /** The bot did not answer in time. */
  expired?: boolean
}

export interface FoundButton {
  message: Message
  button: InlineKeyboardButton
}

/** The newest inline button with that text (part of it, or a pattern), or undefined. */
export function findButton(
  chat: ChatState,
  text: string | RegExp,
  messageId?: number,
): FoundButton | undefined {
  for (const message of newestFirst(chat)) {
    if (messageId !== undefined && message.message_id !== messageId) continue
    const buttons = message.reply_markup?.inline_keyboard.flat() ?? []
    const exact = buttons.find((button) => button.text === text)
    const button = exact ?? buttons.find((other) => fits(other.text, text))
    if (button) return { message, button }
  }
  return undefined
}

/** The reply keyboard's button with that text, or undefined. */
export function findKey(chat: ChatState, text: string | RegExp): KeyboardButton | undefined {
  const keys = chat.keyboard?.keyboard.flat() ?? []
  return keys.find((key) => labelOf(key) === text) ?? keys.find((key) => fits(labelOf(key), text))
}

/** Presses an inline button; resolves when the bot has answered or the time for it is over. */
export function pressInline(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  found: FoundButton,
): Promise<PressResult> {
  const { button, message } = found
  if ('callback_data' in button) return pressData(sandbox, person, chat, message, button.callback_data)
  return Promise.resolve(pressLocal(sandbox, person, button))
}

function pressLocal(sandbox: Sandbox, person: Person, button: InlineKeyboardButton): PressResult {
  if ('url' in button) return { alert: false, url: button.url }
  if ('copy_text' in button) return { alert: false, copied: button.copy_text.text }
  if ('web_app' in button)
    return { alert: false, url: miniAppUrl(button.web_app.url, initDataOf(sandbox, person)) }
  if ('disabled' in button) throw new CannotDo(`The button "${button.text}" is disabled`)
  if ('pay' in button) throw new CannotDo('Use pay() for a Pay button')
  throw new CannotDo(`The sandbox cannot press the button "${button.text}"`)
}

/** Sends callback data, be it on a button or forged. */
export function pressData(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  message: Message,
  data: string,
): Promise<PressResult> {
  const { promise, resolve } = Promise.withResolvers<PressResult>()
  const id = sandbox.queries.open<CallbackAnswer>('callback', callbackWindow, (answer) => {
    const result = answer ?? { alert: false }
    sandbox.events.emit({ type: 'callback', chatId: chat.id, personId: person.id, queryId: id, ...result })
    resolve(answer ?? { alert: false, expired: true })
  })
  const chat_instance = String(chat.id * 7_000_003)
  tellBot(sandbox, { callback_query: { id, from: asUser(person), message, chat_instance, data } })
  return promise
}

/** Presses a key of the reply keyboard, which says its text or shares what it asks for. */
export function pressKey(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  key: KeyboardButton,
): PressResult {
  if (chat.keyboard?.one_time_keyboard) setKeyboard(sandbox, chat, undefined)
  if (typeof key !== 'string') {
    if ('request_contact' in key && key.request_contact) return sent(sendContact(sandbox, person, chat))
    if ('request_location' in key && key.request_location) return sent(sendLocation(sandbox, person, chat))
    // Opened from a reply keyboard a Mini App gets no launch data: it can only send something back.
    if ('web_app' in key) return { alert: false, url: key.web_app.url }
  }
  return sent(sendText(sandbox, person, labelOf(key), chat))
}

function sent(message: Message): PressResult {
  return { alert: false, sent: message }
}

export function sendWebAppData(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  data: string,
  button_text: string,
): Message {
  return say(sandbox, person, chat, 'web_app_data', { web_app_data: { data, button_text } })
}

export function newestFirst(chat: ChatState): Message[] {
  return [...chat.messages.values()].reverse()
}

export function fits(label: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? label.includes(wanted) : label.search(wanted) >= 0
}
