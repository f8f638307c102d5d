import { Bot, HttpError } from 'grammy'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settableClock } from '../../src/lib/clock.ts'
import { startTelegram, type Telegram } from './driver.ts'
import type { PersonDriver } from './driver-person.ts'
import { call } from './fixtures.ts'

const clock = settableClock()
let telegram: Telegram
let bot: Bot
let ana: PersonDriver

beforeEach(async () => {
  telegram = await startTelegram({ clock })
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } })
  ana = telegram.person({ id: 501, firstName: 'Ana' })
  await ana.send('/start')
})

afterEach(() => telegram.stop())

test('429 with its delay, for one chat and method alone', async () => {
  telegram.faults.answerNext({ method: 'sendMessage', chatId: 501, count: 2, with: 429, retryAfter: 7 })
  const answer = await call(telegram, 'sendMessage', { chat_id: 501, text: 'x' })
  expect(answer).toMatchObject({ status: 429, parameters: { retry_after: 7 } })
  expect(await call(telegram, 'sendChatAction', { chat_id: 501, action: 'typing' })).toMatchObject({
    ok: true,
  })
  expect((await call(telegram, 'sendMessage', { chat_id: 501, text: 'x' })).status).toBe(429)
  expect((await call(telegram, 'sendMessage', { chat_id: 501, text: 'x' })).status).toBe(200)
  expect(telegram.floodViolations()).toBe(0)
  expect(telegram.calls('sendMessage').map(({ status, fault }) => [status, fault])).toEqual([
    [429, '429'],
    [429, '429'],
    [200, undefined],
  ])
})

test.each([502, 'cut'] as const)('%s: nothing happened, and grammY sees a network error', async (kind) => {
  telegram.faults.answerNext({ with: kind })
  await expect(bot.api.sendMessage(501, 'x')).rejects.toBeInstanceOf(HttpError)
  expect(ana.screen()).toBeUndefined()
  await bot.api.sendMessage(501, 'x')
  expect(ana.screen()).toMatchObject({ text: 'x' })
})

test('500 is an answer of the Bot API', async () => {
  telegram.faults.answerNext({ with: 500 })
  await expect(bot.api.sendMessage(501, 'x')).rejects.toMatchObject({
    error_code: 500,
    description: 'Internal Server Error',
  })
})

test('cut-after-applying: the message is there, but the bot does not know', async () => {
  telegram.faults.answerNext({ with: 'cut-after-applying' })
  await expect(bot.api.sendMessage(501, 'x')).rejects.toBeInstanceOf(HttpError)
  expect(ana.screen()).toMatchObject({ text: 'x' })
})

test('a timeout hangs until the faults are cleared', async () => {
  telegram.faults.answerNext({ with: 'timeout' })
  const hanging = bot.api.sendMessage(501, 'x')
  const outcome = expect(hanging).rejects.toBeInstanceOf(HttpError)
  while (telegram.calls('sendMessage').length === 0) await new Promise(setImmediate)
  telegram.faults.clear()
  await outcome
  expect(ana.screen()).toBeUndefined()
})

test('updates can be late', async () => {
  const before = (await call(telegram, 'getUpdates')).result as { update_id: number }[]
  const offset = (before.at(-1)?.update_id ?? 0) + 1
  telegram.faults.delayUpdates(3000)
  await ana.send('slow')
  expect((await call(telegram, 'getUpdates', { offset })).result).toEqual([])
  clock.advance(3000)
  expect((await call(telegram, 'getUpdates', { offset })).result).toHaveLength(1)
})
