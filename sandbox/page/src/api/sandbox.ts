import { ask } from './http.ts'
import type { ChatSummary, PaymentResult, Person, PressResult, SandboxState, SeenMessage } from './shapes.ts'

/** Who does something, and where when not in their own chat. */
export interface Actor {
  personId: number
  chatId: number
}

export function loadState(): Promise<SandboxState> {
  return ask('/state')
}

export function loadChat({ personId, chatId }: Actor): Promise<ChatSummary & { messages: SeenMessage[] }> {
  return ask(`/chats/${chatId}?as=${personId}`)
}

export function addPerson(details: Pick<Person, 'id' | 'firstName'> & Partial<Person>): Promise<Person> {
  return ask('/people', { body: details })
}

export function sendText(actor: Actor, text: string): Promise<SeenMessage> {
  return act(actor, 'text', { text })
}

export function startBot(actor: Actor, payload?: string): Promise<SeenMessage> {
  return act(actor, 'start', payload ? { payload } : {})
}

export function sendFile(
  actor: Actor,
  kind: 'photo' | 'document',
  file: File,
  caption = '',
): Promise<SeenMessage> {
  const form = new FormData()
  form.set('file', file)
  form.set('chat', String(actor.chatId))
  if (caption) form.set('caption', caption)
  return actWith(actor, kind, form)
}

export function sendContact(actor: Actor): Promise<SeenMessage> {
  return act(actor, 'contact')
}

export function sendLocation(
  actor: Actor,
  place?: { latitude: number; longitude: number },
): Promise<SeenMessage> {
  return act(actor, 'location', place ? { place } : {})
}

/** Resolves when the bot has answered, or after 15 s with `expired`. */
export function pressData(actor: Actor, messageId: number, data: string): Promise<PressResult> {
  return act(actor, 'press', { messageId, data })
}

/** A button that is no callback: the answer says what the client has to do. */
export function pressButton(actor: Actor, messageId: number, button: string): Promise<PressResult> {
  return act(actor, 'press', { messageId, button })
}

export function pressKey(actor: Actor, key: string): Promise<PressResult> {
  return act(actor, 'press', { key })
}

export function pay(actor: Actor, messageId: number): Promise<PaymentResult> {
  return act(actor, 'pay', { messageId })
}

export function openMenuApp(actor: Actor): Promise<{ url: string }> {
  return act(actor, 'mini-app')
}

export function sendWebAppData(actor: Actor, data: string, buttonText: string): Promise<SeenMessage> {
  return act(actor, 'web-app-data', { data, buttonText })
}

export function block(actor: Actor): Promise<null> {
  return act(actor, 'block')
}

export function unblock(actor: Actor): Promise<null> {
  return act(actor, 'unblock')
}

export function fileUrl(fileId: string): string {
  return `/sandbox/files/${fileId}`
}

function act<T>(actor: Actor, action: string, body: object = {}): Promise<T> {
  return actWith(actor, action, { ...body, chat: actor.chatId })
}

async function actWith<T>({ personId }: Actor, action: string, body: object): Promise<T> {
  const { result } = await ask<{ result: T }>(`/people/${personId}/${action}`, { body })
  return result
}
