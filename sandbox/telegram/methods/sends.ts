import type { Message } from '@grammyjs/types'
import { type Content, chatOf, checkWritable, post } from '../chats.ts'
import { readCaption, readText } from '../entities/read.ts'
import { type Attached, readMarkup } from '../markup.ts'
import type { Params } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'
import type { ChatState } from '../state.ts'
import { applyKeyboard, envelope } from './envelope.ts'
import { type MediaKind, readCaptioned, readInputMedia } from './media.ts'
import type { Methods } from './method.ts'

const actions = new Set([
  ...[
    'typing',
    'upload_photo',
    'record_video',
    'upload_video',
    'record_voice',
    'upload_voice',
    'upload_document',
  ],
  ...['choose_sticker', 'find_location', 'record_video_note', 'upload_video_note'],
])

export const sendMethods: Methods = {
  sendMessage,
  sendPhoto: (sandbox, params) => sendMedia(sandbox, params, 'photo'),
  sendDocument: (sandbox, params) => sendMedia(sandbox, params, 'document'),
  sendMediaGroup,
  copyMessage,
  sendChatAction,
  sendLocation: (sandbox, params) =>
    send(sandbox, params, 'sendLocation', () => ({
      location: {
        latitude: Number(params.requiredText('latitude')),
        longitude: Number(params.requiredText('longitude')),
      },
    })),
  sendContact: (sandbox, params) =>
    send(sandbox, params, 'sendContact', () => ({
      contact: {
        phone_number: params.requiredText('phone_number'),
        first_name: params.requiredText('first_name'),
      },
    })),
}

/** Checks, counts against the flood limits and posts, in the order Telegram does. */
function send(sandbox: Sandbox, params: Params, method: string, content: () => Content): Message {
  const body = content()
  const chat = chatOf(sandbox, params)
  const attached = readMarkup(params, chat)
  return deliver(sandbox, params, chat, { method, body, attached })
}

function deliver(
  sandbox: Sandbox,
  params: Params,
  chat: ChatState,
  { method, body, attached }: { method: string; body: Content; attached: Attached },
): Message {
  checkWritable(chat)
  const wrapped = { ...envelope(params, chat, attached), ...body }
  sandbox.flood.spend(chat)
  const message = post(sandbox, chat, 'bot', method, wrapped)
  applyKeyboard(sandbox, chat, attached, message)
  return message
}

function sendMessage(sandbox: Sandbox, params: Params): Message {
  return send(sandbox, params, 'sendMessage', () => {
    const { text, entities } = readText(params)
    return { text, ...(entities.length ? { entities } : {}) }
  })
}

function sendMedia(sandbox: Sandbox, params: Params, kind: MediaKind): Message {
  const method = kind === 'photo' ? 'sendPhoto' : 'sendDocument'
  return send(sandbox, params, method, () => readCaptioned(sandbox, params, kind))
}

function sendMediaGroup(sandbox: Sandbox, params: Params): Message[] {
  const media = params.json('media')
  if (!Array.isArray(media)) throw badRequest('there is no media in the request')
  if (media.length > 10) throw badRequest('too many messages to send as an album')
  if (media.length < 2) throw badRequest('an album must contain from 2 to 10 items')
  const chat = chatOf(sandbox, params)
  checkWritable(chat)
  const bodies = media.map((item: unknown) => readInputMedia(sandbox, params, item))
  if (new Set(bodies.map((body) => 'photo' in body)).size > 1) {
    throw badRequest("document can't be mixed with other media types")
  }
  const wrapped = envelope(params, chat, {})
  sandbox.flood.spend(chat, bodies.length)
  const media_group_id = String(sandbox.clock.now()) + String(sandbox.lastMessageId)
  return bodies.map((body) =>
    post(sandbox, chat, 'bot', 'sendMediaGroup', { ...wrapped, ...body, media_group_id }),
  )
}

function copyMessage(sandbox: Sandbox, params: Params): { message_id: number } {
  const from = chatOf(sandbox, params, 'from_chat_id')
  const original = from.messages.get(params.integer('message_id') ?? 0)
  if (!original) throw badRequest('message to copy not found')
  const body = copyOf(original)
  if (params.has('caption') && body.text === undefined) {
    const { text, entities } = readCaption(params)
    Object.assign(body, {
      caption: text || undefined,
      caption_entities: entities.length ? entities : undefined,
    })
  }
  return { message_id: send(sandbox, params, 'copyMessage', () => body).message_id }
}

function copyOf(message: Message): Content {
  const { text, entities, caption, caption_entities, photo, document, contact, location } = message
  const content = Object.fromEntries(
    Object.entries({ text, entities, caption, caption_entities, photo, document, contact, location }).filter(
      ([, value]) => value !== undefined,
    ),
  )
  if (Object.keys(content).length === 0) throw badRequest("message can't be copied")
  return content
}

function sendChatAction(sandbox: Sandbox, params: Params): true {
  const action = params.text('action') ?? ''
  if (!actions.has(action)) throw badRequest('wrong parameter action in request')
  const chat = chatOf(sandbox, params)
  checkWritable(chat)
  sandbox.events.emit({ type: 'typing', chatId: chat.id, action })
  return true
}
