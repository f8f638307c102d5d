import { Bot, InlineKeyboard, Keyboard } from 'grammy'
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
  ana = telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })
  await ana.start('deep_link')
})

afterEach(async () => {
  await bot.stop()
  await telegram.stop()
})

test('a press carries its message, and resolves with the answer', async () => {
  const seen: unknown[] = []
  bot.on('callback_query:data', async (ctx) => {
    const { data, message, from } = ctx.callbackQuery
    seen.push([data, message?.text, from.id])
    await ctx.answerCallbackQuery('Added')
  })
  await bot.api.sendMessage(501, 'Tea', {
    reply_markup: new InlineKeyboard().text('Add to cart', 'v1:add:7'),
  })
  void bot.start()
  expect(await ana.press(/cart/)).toEqual({ text: 'Added', alert: false })
  expect(await ana.pressData('v1:adm:1')).toEqual({ text: 'Added', alert: false })
  expect(seen).toEqual([
    ['v1:add:7', 'Tea', 501],
    ['v1:adm:1', 'Tea', 501],
  ])
})

test('an answer that comes too late is refused, and the press has expired', async () => {
  await bot.api.sendMessage(501, 'Tea', { reply_markup: new InlineKeyboard().text('Add', 'add') })
  const press = ana.press('Add')
  const updates = (await call(telegram, 'getUpdates')).result as { callback_query?: { id: string } }[]
  clock.advance(15_000)
  expect(await press).toEqual({ alert: false, expired: true })
  const answer = await call(telegram, 'answerCallbackQuery', {
    callback_query_id: updates.at(-1)?.callback_query?.id,
  })
  expect(answer.description).toBe(
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
  )
})

test('a press nobody answers is an error, and so is a button that never comes', async () => {
  await bot.api.sendMessage(501, 'Tea', { reply_markup: new InlineKeyboard().text('Add', 'add') })
  await expect(ana.press('Add', { timeout: 20 })).rejects.toThrow('did not answer the press within 20 ms')
  await expect(ana.press('Pay', { timeout: 20 })).rejects.toThrow(
    'no button Pay on the screen; newest: "Tea" [["Add"]]',
  )
  await expect(ana.sees('Coffee', { timeout: 20 })).rejects.toThrow('no message Coffee')
})

test('buttons that need no bot: a link, a text to copy, the Mini App', async () => {
  const keyboard = new InlineKeyboard()
    .url('Site', 'https://shop.example/a')
    .copyText('Copy', 'DE02 1203')
    .webApp('Panel', 'https://shop.example/panel')
  await bot.api.sendMessage(501, 'Tea', { reply_markup: keyboard })
  expect(await ana.press('Site')).toEqual({ alert: false, url: 'https://shop.example/a' })
  expect(await ana.press('Copy')).toEqual({ alert: false, copied: 'DE02 1203' })
  expect((await ana.press('Panel')).url).toMatch(/^https:\/\/shop\.example\/panel#tgWebAppData=query_id%3D/)
})

test('the reply keyboard says its text or shares what it asks for, and goes when told to', async () => {
  const keyboard = new Keyboard().text('My orders').row().requestContact('Share phone').oneTime()
  await bot.api.sendMessage(501, 'Hello', { reply_markup: keyboard })
  expect(ana.keys()).toEqual([['My orders'], ['Share phone']])
  expect(await ana.press('Share phone')).toMatchObject({ sent: { contact: { user_id: 501 } } })
  expect(ana.keys()).toEqual([])

  await bot.api.sendMessage(501, 'Again', { reply_markup: new Keyboard().text('My orders') })
  expect(await ana.press('My orders')).toMatchObject({ sent: { text: 'My orders' } })
  await bot.api.sendMessage(501, 'Bye', { reply_markup: { remove_keyboard: true } })
  expect(ana.keys()).toEqual([])
})

test('blocking and unblocking are told to the bot; writing again unblocks', async () => {
  ana.block()
  await expect(bot.api.sendMessage(501, 'x')).rejects.toThrow('Forbidden: bot was blocked by the user')
  await ana.send('/start')
  await bot.api.sendMessage(501, 'welcome back')
  const updates = (await call(telegram, 'getUpdates')).result as Record<
    string,
    { new_chat_member?: { status: string } }
  >[]
  const changes = updates.flatMap((update) => update.my_chat_member?.new_chat_member?.status ?? [])
  expect(changes).toEqual(['kicked', 'member'])
})

test('in a group everybody sees the same, and message ids are its own', async () => {
  telegram.group({ id: -1001, title: 'Staff', members: [501] })
  const sent = await bot.api.sendMessage(-1001, 'New order', {
    reply_markup: new InlineKeyboard().text('Accept', 'a'),
  })
  expect(sent).toMatchObject({ message_id: 1, chat: { id: -1001, type: 'supergroup', title: 'Staff' } })
  await ana.send('Mine', { chat: -1001 })
  expect(ana.messages({ chat: -1001 }).map((message) => [message.id, message.from])).toEqual([
    [1, 'bot'],
    [2, 'me'],
  ])
  const bo = telegram.person({ id: 502, firstName: 'Bo' })
  await expect(bo.send('hi', { chat: -1001 })).rejects.toThrow('Bo is not in chat -1001')
})

test('a forum has topics, and a topic has its messages', async () => {
  telegram.group({ id: -1002, title: 'Support', members: [501], forum: true })
  const topic = await bot.api.createForumTopic(-1002, 'Ana')
  const thread = { message_thread_id: topic.message_thread_id }
  expect(await bot.api.sendMessage(-1002, 'hi', thread)).toMatchObject({ ...thread, is_topic_message: true })
  expect(await ana.send('hello', { chat: -1002, topic: topic.message_thread_id })).toMatchObject({ topic: 1 })
  await bot.api.closeForumTopic(-1002, topic.message_thread_id)
  await expect(bot.api.sendMessage(-1002, 'x', thread)).rejects.toThrow('TOPIC_CLOSED')
  await bot.api.deleteForumTopic(-1002, topic.message_thread_id)
  await expect(bot.api.sendMessage(-1002, 'x', thread)).rejects.toThrow('message thread not found')
})

test('a person edits their own text, and nobody else can', async () => {
  const { id } = await ana.send('two tees')
  await ana.edit(id, 'two teas')
  const updates = (await call(telegram, 'getUpdates')).result as { edited_message?: { text: string } }[]
  expect(updates.at(-1)?.edited_message).toMatchObject({ message_id: id, text: 'two teas' })
  const { message_id } = await bot.api.sendMessage(501, 'x')
  await expect(ana.edit(message_id, 'y')).rejects.toThrow('no text of theirs')
})
