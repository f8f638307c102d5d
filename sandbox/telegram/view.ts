import type { KeyboardButton, Message } from '@grammyjs/types'
import { toHtml } from './entities/to-html.ts'
import type { ChatState } from './state.ts'

/** A message as a person sees it. */
export interface SeenMessage {
  id: number
  chatId: number
  from: 'bot' | 'me' | 'other'
  fromId: number
  fromName: string
  /** Seconds since the epoch. */
  date: number
  edited?: number
  text?: string
  caption?: string
  /** Text or caption with its formatting as safe HTML. */
  html?: string
  /** file_id of the largest size. */
  photo?: string
  photoSize?: { width: number; height: number }
  document?: { fileId: string; name: string }
  contact?: { phone: string; firstName: string; userId?: number }
  location?: { latitude: number; longitude: number }
  invoice?: { title: string; description: string; currency: string; amount: number }
  payment?: { currency: string; amount: number; payload: string }
  /** Inline buttons' labels, row by row. */
  buttons: string[][]
  /** The same with what each does. */
  keyboard: SeenButton[][]
  album?: string
  replyTo?: number
  topic?: number
  /** The message as the Bot API has it. */
  raw: Message
}

export interface SeenButton {
  text: string
  kind: string
  /** Callback data, URL or the text to copy. */
  value?: string
  style?: string
}

export function seen(message: Message, viewer?: number): SeenMessage {
  const { from } = message
  const inline = message.reply_markup?.inline_keyboard ?? []
  const keyboard = inline.map((row) => row.map((button) => seenButton(button)))
  return {
    id: message.message_id,
    chatId: message.chat.id,
    from: from?.is_bot ? 'bot' : from?.id === viewer ? 'me' : 'other',
    fromId: from?.id ?? 0,
    fromName: from?.first_name ?? '',
    date: message.date,
    ...(message.edit_date ? { edited: message.edit_date } : {}),
    ...words(message),
    ...attachments(message),
    ...payments(message),
    ...(message.media_group_id ? { album: message.media_group_id } : {}),
    ...(message.reply_to_message ? { replyTo: (message.reply_to_message as Message).message_id } : {}),
    ...(message.message_thread_id ? { topic: message.message_thread_id } : {}),
    buttons: keyboard.map((row) => row.map((button) => button.text)),
    keyboard,
    raw: message,
  }
}

function words({ text, entities, caption, caption_entities }: Message): Partial<SeenMessage> {
  if (text !== undefined) return { text, html: toHtml(text, entities) }
  return caption === undefined ? {} : { caption, html: toHtml(caption, caption_entities) }
}

function attachments({ photo, document, contact, location }: Message): Partial<SeenMessage> {
  const largest = photo?.at(-1)
  return {
    ...(largest
      ? { photo: largest.file_id, photoSize: { width: largest.width, height: largest.height } }
      : {}),
    ...(document ? { document: { fileId: document.file_id, name: document.file_name ?? '' } } : {}),
    ...(location ? { location: { latitude: location.latitude, longitude: location.longitude } } : {}),
    ...(contact
      ? {
          contact: {
            phone: contact.phone_number,
            firstName: contact.first_name,
            ...(contact.user_id ? { userId: contact.user_id } : {}),
          },
        }
      : {}),
  }
}

function payments({ invoice, successful_payment: paid }: Message): Partial<SeenMessage> {
  const { title = '', description = '' } = invoice ?? {}
  return {
    ...(invoice
      ? { invoice: { title, description, currency: invoice.currency, amount: invoice.total_amount } }
      : {}),
    ...(paid
      ? { payment: { currency: paid.currency, amount: paid.total_amount, payload: paid.invoice_payload } }
      : {}),
  }
}

function seenButton(button: object): SeenButton {
  const fields = button as Record<string, unknown> & { text: string; style?: string }
  const kind =
    Object.keys(fields).find((key) => !['text', 'style', 'icon_custom_emoji_id'].includes(key)) ?? 'text'
  const value = fields[kind]
  const nested = value as { url?: string; text?: string }
  const plain = typeof value === 'string' ? value : (nested.url ?? nested.text)
  return {
    text: fields.text,
    kind,
    ...(plain === undefined ? {} : { value: plain }),
    ...(fields.style ? { style: fields.style } : {}),
  }
}

/** The reply keyboard below the chat, row by row: its labels, and what each key does. */
export function seenKeys(chat: ChatState): { keys: string[][]; keyKinds: string[][] } {
  const rows = chat.keyboard?.keyboard ?? []
  return {
    keys: rows.map((row) => row.map((key) => labelOf(key))),
    keyKinds: rows.map((row) => row.map((key) => (typeof key === 'string' ? 'text' : seenButton(key).kind))),
  }
}

export function labelOf(key: KeyboardButton): string {
  return typeof key === 'string' ? key : key.text
}
