import type { Message } from '@grammyjs/types'
import { amend, type Content } from './chats.ts'
import { detectEntities } from './entities/detect.ts'
import type { Upload } from './params.ts'
import { CannotDo, say, tellBot } from './people.ts'
import type { Sandbox } from './sandbox.ts'
import type { ChatState, Person } from './state.ts'
import type { NewUpdate } from './update-queue.ts'

export function sendText(
  sandbox: Sandbox,
  person: Person,
  text: string,
  chat: ChatState,
  extra: Content = {},
): Message {
  return say(sandbox, person, chat, 'text', { ...written(text), ...extra })
}

/** A person changes their own text; the bot hears of it as `edited_message`. */
export function editText(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  messageId: number,
  text: string,
): Message {
  const old = chat.messages.get(messageId)
  if (old?.from?.id !== person.id || old.text === undefined) throw new CannotDo('That is no text of theirs')
  const message = amend(sandbox, chat, old, 'edit', { entities: undefined, ...written(text) } as Content)
  tellBot(sandbox, { edited_message: message as Message & NewUpdate['edited_message'] })
  return message
}

function written(text: string): Content {
  const clean = text.trim()
  if (clean === '') throw new CannotDo('There is no text to send')
  if (clean.length > 4096) throw new CannotDo('A message has at most 4096 characters')
  const entities = detectEntities(clean)
  return { text: clean, ...(entities.length ? { entities } : {}) }
}

export function sendPhoto(
  sandbox: Sandbox,
  person: Person,
  upload: Upload,
  chat: ChatState,
  caption = '',
): Message {
  const photo = sandbox.files.addPhoto(upload)
  return say(sandbox, person, chat, 'photo', { photo, ...(caption ? { caption } : {}) })
}

export function sendDocument(
  sandbox: Sandbox,
  person: Person,
  upload: Upload,
  chat: ChatState,
  caption = '',
): Message {
  const document = sandbox.files.addDocument(upload)
  return say(sandbox, person, chat, 'document', { document, ...(caption ? { caption } : {}) })
}

/** The person's own contact, or somebody else's when details are given (then without a user id). */
export function sendContact(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  other?: { phone: string; firstName: string },
): Message {
  const contact = other
    ? { phone_number: other.phone, first_name: other.firstName }
    : { phone_number: person.phone, first_name: person.firstName, user_id: person.id }
  return say(sandbox, person, chat, 'contact', { contact })
}

export function sendLocation(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  place = { latitude: 52.520008, longitude: 13.404954 },
): Message {
  return say(sandbox, person, chat, 'location', { location: place })
}
