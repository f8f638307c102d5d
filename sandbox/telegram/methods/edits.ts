import type { Message } from '@grammyjs/types'
import { amend, type Content, chatOf, checkWritable, remove } from '../chats.ts'
import { readCaption, readText } from '../entities/read.ts'
import { readInlineMarkup } from '../markup.ts'
import type { Params } from '../params.ts'
import { badRequest } from '../refusal.ts'
import type { Sandbox } from '../sandbox.ts'
import type { ChatState } from '../state.ts'
import { readInputMedia } from './media.ts'
import type { Methods } from './method.ts'

const twoDays = 48 * 60 * 60
const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

export const editMethods: Methods = {
  editMessageText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
}

function editMessageText(sandbox: Sandbox, params: Params): Message {
  const { text, entities } = readText(params)
  const [chat, old] = editable(sandbox, params)
  if (old.text === undefined) throw badRequest('there is no text in the message to edit')
  const content = { text, entities: entities.length ? entities : undefined } as Content
  return edit(sandbox, params, chat, old, 'editMessageText', content)
}

function editMessageCaption(sandbox: Sandbox, params: Params): Message {
  const { text, entities } = readCaption(params)
  const [chat, old] = editable(sandbox, params)
  if (!old.photo && !old.document) throw badRequest('there is no caption in the message to edit')
  const content = {
    caption: text || undefined,
    caption_entities: entities.length ? entities : undefined,
  } as Content
  return edit(sandbox, params, chat, old, 'editMessageCaption', content)
}

/** Exchanges the photo or document; a text message becomes a media message, never the other way round. */
function editMessageMedia(sandbox: Sandbox, params: Params): Message {
  const media = params.json('media')
  if (typeof media !== 'object' || media === null) throw badRequest('there is no media in the request')
  const [chat, old] = editable(sandbox, params)
  const gone = { text: undefined, entities: undefined, photo: undefined, document: undefined }
  const bare = { caption: undefined, caption_entities: undefined }
  const content = { ...gone, ...bare, ...readInputMedia(sandbox, params, media) } as Content
  return edit(sandbox, params, chat, old, 'editMessageMedia', content)
}

function editMessageReplyMarkup(sandbox: Sandbox, params: Params): Message {
  const [chat, old] = editable(sandbox, params)
  return edit(sandbox, params, chat, old, 'editMessageReplyMarkup', {})
}

function editable(sandbox: Sandbox, params: Params): [ChatState, Message] {
  const chat = chatOf(sandbox, params)
  const id = params.integer('message_id')
  if (id === undefined) throw badRequest('message identifier is not specified')
  checkWritable(chat)
  const message = chat.messages.get(id)
  if (!message) throw badRequest('message to edit not found')
  if (message.from?.id !== sandbox.bot.user.id || chat.uneditable.has(id))
    throw badRequest("message can't be edited")
  return [chat, message]
}

function edit(
  sandbox: Sandbox,
  params: Params,
  chat: ChatState,
  old: Message,
  method: string,
  content: Content,
): Message {
  const inline = readInlineMarkup(params, chat, { invoice: old.invoice !== undefined })
  const change = { ...content, reply_markup: inline } as Content
  if (!changes(old, change)) throw badRequest(notModified)
  sandbox.flood.spend(chat)
  return amend(sandbox, chat, old, method, change)
}

function changes(old: Message, change: Content): boolean {
  return Object.entries(change).some(([name, value]) => {
    const before: unknown = old[name as keyof Message]
    return JSON.stringify(before) !== JSON.stringify(value)
  })
}

function deleteMessage(sandbox: Sandbox, params: Params): true {
  const chat = chatOf(sandbox, params)
  const message = chat.messages.get(params.integer('message_id') ?? 0)
  if (!message) throw badRequest('message to delete not found')
  if (sandbox.clock.now() / 1000 - message.date > twoDays)
    throw badRequest("message can't be deleted for everyone")
  checkWritable(chat)
  remove(sandbox, chat, message, 'deleteMessage')
  return true
}

/** Several at once; those that are not there are skipped. */
function deleteMessages(sandbox: Sandbox, params: Params): true {
  const ids = params.json('message_ids')
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest('message identifiers are not specified')
  if (ids.length > 100) throw badRequest('too many message identifiers specified')
  const chat = chatOf(sandbox, params)
  checkWritable(chat)
  for (const id of ids) {
    const message = chat.messages.get(Number(id))
    const fresh = message && sandbox.clock.now() / 1000 - message.date <= twoDays
    if (fresh) remove(sandbox, chat, message, 'deleteMessages')
  }
  return true
}
