import { expect, test } from 'vitest'
import type { PageEvent, SeenMessage } from '../api/shapes.ts'
import { applyEvent, type Chat, dropMessage, newChat } from './chat-state.ts'

const empty: Chat = newChat({
  id: 501,
  kind: 'private',
  title: 'Ana',
  personId: 501,
  members: [501],
  access: 'open',
  keys: [],
  keyKinds: [],
  commands: [],
  menuButton: { type: 'commands' },
})

function message(id: number, text: string): SeenMessage {
  const raw = {} as SeenMessage['raw']
  return {
    id,
    chatId: 501,
    from: 'bot',
    fromId: 1,
    fromName: 'Shop',
    date: id,
    text,
    buttons: [],
    keyboard: [],
    raw,
  }
}

function said(kind: 'sent' | 'edited' | 'deleted', id: number, text = ''): PageEvent {
  return { type: 'message', kind, chatId: 501, by: 'bot', message: message(id, text) }
}

function texts(chat: Chat): (string | undefined)[] {
  return chat.messages.map((one) => one.text)
}

test('messages stay in order, whatever order they are heard of in', () => {
  const chat = [said('sent', 3, 'c'), said('sent', 1, 'a'), said('sent', 2, 'b')].reduce(
    (state, event) => applyEvent(state, event, 0),
    empty,
  )
  expect(texts(chat)).toEqual(['a', 'b', 'c'])
  expect(chat.newest?.text).toBe('c')
})

test('the same message twice is one message, an edit stays in its place', () => {
  const twice = [said('sent', 1, 'a'), said('sent', 2, 'b'), said('sent', 1, 'a')]
  const chat = [...twice, said('edited', 1, 'A')].reduce((state, event) => applyEvent(state, event, 0), empty)
  expect(texts(chat)).toEqual(['A', 'b'])
})

test('a deleted message fades first, then is gone', () => {
  const one = applyEvent(applyEvent(empty, said('sent', 1, 'a'), 0), said('sent', 2, 'b'), 0)
  const fading = applyEvent(one, said('deleted', 2), 0)
  expect([texts(fading), [...fading.leaving]]).toEqual([['a', 'b'], [2]])
  const gone = dropMessage(fading, 2)
  expect([texts(gone), gone.leaving.size, gone.newest?.text]).toEqual([['a'], 0, 'a'])
})

test('typing lasts five seconds, or until the bot has written', () => {
  const typing = applyEvent(empty, { type: 'typing', chatId: 501, action: 'typing' }, 1000)
  expect(typing.typingUntil).toBe(6000)
  expect(applyEvent(typing, said('sent', 1, 'a'), 2000).typingUntil).toBe(0)
})
