import { afterEach, beforeEach, expect, test } from 'vitest'
import { settableClock } from '../../src/lib/clock.ts'
import { startTelegram, type Telegram } from './driver.ts'
import { call } from './fixtures.ts'

const clock = settableClock()
let telegram: Telegram

beforeEach(async () => {
  telegram = await startTelegram({ clock })
  for (let id = 501; id < 540; id += 1) await telegram.person({ id, firstName: 'P' }).send('/start')
})

afterEach(() => telegram.stop())

async function send(chat_id: number, count: number): Promise<number[]> {
  const statuses: number[] = []
  for (let n = 0; n < count; n += 1) {
    statuses.push((await call(telegram, 'sendMessage', { chat_id, text: `${n}` })).status)
  }
  return statuses
}

test('one private chat bears a burst, then one message a second', async () => {
  expect(new Set(await send(501, 10))).toEqual(new Set([200]))
  expect(await call(telegram, 'sendMessage', { chat_id: 501, text: 'x' })).toMatchObject({
    status: 429,
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  })
  clock.advance(1000)
  expect(await send(501, 2)).toEqual([200, 429])
  expect(telegram.floodViolations()).toBe(2)
  expect(await send(502, 1)).toEqual([200])
})

test('thirty a second for all chats together', async () => {
  const statuses: number[] = []
  for (let id = 501; id < 532; id += 1) statuses.push(...(await send(id, 1)))
  expect(statuses.filter((status) => status === 200)).toHaveLength(30)
  expect(statuses.at(-1)).toBe(429)
  clock.advance(1000)
  expect(await send(535, 1)).toEqual([200])
})

test('twenty a minute for a group', async () => {
  telegram.group({ id: -1001, title: 'Staff', members: [] })
  const statuses = await send(-1001, 21)
  expect(statuses.indexOf(429)).toBe(20)
  expect(await call(telegram, 'sendMessage', { chat_id: -1001, text: 'x' })).toMatchObject({
    parameters: { retry_after: 3 },
  })
})

test('edits count, refused calls and chat actions do not', async () => {
  const sent = await call(telegram, 'sendMessage', { chat_id: 501, text: 'x' })
  const { message_id } = sent.result as { message_id: number }
  for (let n = 0; n < 9; n += 1) {
    await call(telegram, 'sendChatAction', { chat_id: 501, action: 'typing' })
    await call(telegram, 'sendMessage', { chat_id: 501, text: '' })
    await call(telegram, 'editMessageText', { chat_id: 501, message_id, text: `edit ${n}` })
  }
  const eleventh = await call(telegram, 'editMessageText', { chat_id: 501, message_id, text: 'once more' })
  expect(eleventh.status).toBe(429)
  expect(telegram.floodViolations()).toBe(1)
})
