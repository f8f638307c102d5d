import type { Message } from '@grammyjs/types'
import { type Content, post, privateChat } from './chats.ts'
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
  /** Whether its messages lie in topics. */
  forum?: boolean
}

/** A supergroup with the bot in it. */
export function addGroup(sandbox: Sandbox, details: GroupDetails): ChatState {
  const chat = newChat(details.id, details.title, 'open')
  for (const member of details.members) chat.members.add(member)
  chat.forum = details.forum ?? false
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
  if (chat.access === 'gone') throw new CannotDo(`${person.firstName} has no account any more`)
  if (chat.person && chat.access !== 'open') setAccess(sandbox, chat, person, 'open')
  const message = post(sandbox, chat, person, method, content)
  if (chat.access === 'open') tellBot(sandbox, { message: message as Message & NewUpdate['message'] })
  return message
}

export function blockBot(sandbox: Sandbox, person: Person): void {
  setAccess(sandbox, privateChat(sandbox, person), person, 'blocked')
}

export function unblockBot(sandbox: Sandbox, person: Person): void {
  setAccess(sandbox, privateChat(sandbox, person), person, 'open')
}

/** The account is gone for good; the bot is not told, it finds out when it writes. */
export function deleteAccount(sandbox: Sandbox, person: Person): void {
  const chat = privateChat(sandbox, person)
  chat.access = 'gone'
  sandbox.events.emit({ type: 'access', chatId: chat.id, access: 'gone' })
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
