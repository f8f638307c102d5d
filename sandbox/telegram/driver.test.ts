import { Bot, InlineKeyboard, InputFile } from 'grammy'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTelegram, type Telegram } from './driver.ts'
import { tinyPng } from './fixtures.ts'

let telegram: Telegram
let bot: Bot

beforeEach(async () => {
  telegram = await startTelegram()
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } })
})

afterEach(async () => {
  await bot.stop()
  await telegram.stop()
})

test('a conversation: start, a button, an edit in place, a photo', async () => {
  bot.command('start', (ctx) =>
    ctx.reply('<b>Welcome</b>, friend', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Shop', 'shop').url('Site', 'https://shop.example'),
    }),
  )
  bot.callbackQuery('shop', async (ctx) => {
    await ctx.answerCallbackQuery({ text: 'Here you are', show_alert: true })
    await ctx.editMessageMedia(
      { type: 'photo', media: new InputFile(tinyPng(800, 600), 'tea.png'), caption: 'Tea' },
      { reply_markup: new InlineKeyboard().text('Back', 'back') },
    )
  })
  void bot.start()
  const ana = telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })

  await ana.send('/start')
  const answer = await ana.press('Shop')
  const card = await ana.sees('Tea')

  expect(answer).toEqual({ text: 'Here you are', alert: true })
  expect(card).toMatchObject({ from: 'bot', caption: 'Tea', buttons: [['Back']] })
  expect(card.raw.photo?.at(-1)).toMatchObject({ width: 800, height: 600 })
  expect(ana.history().map((entry) => `${entry.by} ${entry.method}`)).toEqual([
    'person text',
    'bot sendMessage',
    'bot editMessageMedia',
  ])
  expect(ana.history()[0]?.message.entities).toEqual([{ type: 'bot_command', offset: 0, length: 6 }])
  expect(ana.history()[1]?.message.entities).toEqual([{ type: 'bold', offset: 0, length: 7 }])
  expect(telegram.floodViolations()).toBe(0)
})
