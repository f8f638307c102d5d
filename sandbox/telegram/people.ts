import type { Message } from '@grammyjs/types'
import { type Content, post, privateChat } from './chats.ts'
import { detectEntities } from './entities/detect.ts'
import type { Upload } from './params.ts'
import type { Sandbox } from './sandbox.ts'
import { asChat, asUser, type ChatState, newChat, type Person } from './state.ts'
import type { NewUpdate } from './update-queue.ts'

const colours = ['#e17076', '#faa774', '#a695e7', '#7bc862', '#6ec9cb', '#65aadd', '#ee7aae']

export type PersonDetails = Pick<Person, 'id' | 'firstName'> & Partial<Person>

/** A mistake of whoever plays the person, such as pressing a button that is not there. */
export class CannotDo extends Error {}

/** Adds a person, or changes what is known of one. */
export function addPerson(sandbox: Sandbox, details: PersonDetails): Person {
  const person: Person = {
    phone: `+1555${String(details.id).padStart(7, '0').slice(-7)}`,
    colour: colours[details.id % colours.length] ?? '#65aadd',
    ...sandbox.people.get(details.id),
    ...details,
  }
  sandbox.people.set(person.id, person)
  const chat = privateChat(sandbox, person)
  chat.person = person
  chat.title = person.firstName
  sandbox.events.emit({ type: 'person', personId: person.id })
  return person
}

export interface GroupDetails {
  id: number
  title: string
  members: number[]
  /** Names of forum topics by their message_thread_id. */
  topics?: Record<number, string>
}

/** A supergroup with the bot in it. */
export function addGroup(sandbox: Sandbox, details: GroupDetails): ChatState {
  const chat = newChat(details.id, details.title, 'open')
  for (const member of details.members) chat.members.add(member)
  for (const [thread, name] of Object.entries(details.topics ?? {})) chat.topics.set(Number(thread), name)
  sandbox.chats.set(chat.id, chat)
  sandbox.events.emit({ type: 'access', chatId: chat.id, access: 'open' })
  return chat
}

/** Hands an update to the bot, with whatever faults are set. */
export function tellBot(sandbox: Sandbox, update: NewUpdate): void {
  const { faults, updates } = sandbox
  updates.push(update, { delay: faults.updateDelay(), again: faults.takeDuplicate() })
}

/** A person writes something. The first message opens the chat, and lifts a block as in Telegram's "Restart". */
export function say(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  method: string,
  content: Content,
): Message {
  if (!chat.members.has(person.id)) throw new CannotDo(`${person.firstName} is not in that chat`)
  if (chat.person && chat.access !== 'open') setAccess(sandbox, chat, person, 'open')
  const message = post(sandbox, chat, person, method, content)
  if (chat.access === 'open') tellBot(sandbox, { message: message as Message & NewUpdate['message'] })
  return message
}

export function sendText(
  sandbox: Sandbox,
  person: Person,
  text: string,
  chat: ChatState,
  extra: Content = {},
): Message {
  const clean = text.trim()
  if (clean === '') throw new CannotDo('There is no text to send')
  if (clean.length > 4096) throw new CannotDo('A message has at most 4096 characters')
  const entities = detectEntities(clean)
  return say(sandbox, person, chat, 'text', {
    text: clean,
    ...(entities.length ? { entities } : {}),
    ...extra,
  })
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

export function blockBot(sandbox: Sandbox, person: Person): void {
  setAccess(sandbox, privateChat(sandbox, person), person, 'blocked')
}

export function unblockBot(sandbox: Sandbox, person: Person): void {
  setAccess(sandbox, privateChat(sandbox, person), person, 'open')
}

/** Tells the bot of it too, but for the very first time: then the message itself is the news. */
function setAccess(sandbox: Sandbox, chat: ChatState, person: Person, access: 'open' | 'blocked'): void {
  if (chat.access === access) return
  const was = chat.access
  chat.access = access
  sandbox.events.emit({ type: 'access', chatId: chat.id, access })
  if (was === 'closed') return
  const user = sandbox.bot.user
  const member = { status: 'member' as const, user }
  const banned = { status: 'kicked' as const, user, until_date: 0 }
  tellBot(sandbox, {
    my_chat_member: {
      chat: asChat(chat),
      from: asUser(person),
      date: Math.floor(sandbox.clock.now() / 1000),
      old_chat_member: access === 'open' ? banned : member,
      new_chat_member: access === 'open' ? member : banned,
    },
  } as NewUpdate)
}
