import { Bot, GrammyError, InputFile } from 'grammy'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTelegram, type Telegram } from './driver.ts'
import { call, tinyPng } from './fixtures.ts'

let telegram: Telegram
let bot: Bot
const chatId = 501

beforeEach(async () => {
  telegram = await startTelegram()
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } })
  await telegram.person({ id: chatId, firstName: 'Ana' }).send('/start')
})

afterEach(() => telegram.stop())

test('an uploaded photo has its sizes, can be downloaded and sent again by its id', async () => {
  const image = tinyPng(1600, 900)
  const sent = await bot.api.sendPhoto(chatId, new InputFile(image, 'tea.png'), {
    caption: '<b>Tea</b>',
    parse_mode: 'HTML',
  })
  expect(sent.photo.map(({ width, height }) => [width, height])).toEqual([
    [90, 51],
    [320, 180],
    [800, 450],
    [1280, 720],
  ])
  expect(sent).toMatchObject({ caption: 'Tea', caption_entities: [{ type: 'bold', offset: 0, length: 3 }] })

  const fileId = sent.photo.at(-1)?.file_id ?? ''
  const file = await bot.api.getFile(fileId)
  const download = await fetch(`${telegram.apiRoot}/file/bot${telegram.token}/${file.file_path}`)
  expect(Buffer.from(await download.arrayBuffer()).equals(image)).toBe(true)

  const again = await bot.api.sendPhoto(chatId, fileId)
  expect(again.photo).toEqual(sent.photo)
  const asDocument = bot.api.sendDocument(chatId, fileId)
  await expect(asDocument).rejects.toThrow("can't use file of type Photo as Document")
})

test('an album is several messages with one group id', async () => {
  const album = await bot.api.sendMediaGroup(chatId, [
    { type: 'photo', media: new InputFile(tinyPng(20, 20)), caption: 'one' },
    { type: 'photo', media: new InputFile(tinyPng(30, 30)) },
  ])
  expect(album).toHaveLength(2)
  const albums = telegram.person({ id: chatId, firstName: 'Ana' }).messages().slice(1)
  expect(new Set(albums.map((message) => message.album)).size).toBe(1)
})

test('what is no image, or one of an impossible shape, is refused', async () => {
  const noImage = bot.api.sendPhoto(chatId, new InputFile(Buffer.from('hello'), 'a.png'))
  await expect(noImage).rejects.toThrow('IMAGE_PROCESS_FAILED')
  const ribbon = bot.api.sendPhoto(chatId, new InputFile(tinyPng(2100, 100)))
  await expect(ribbon).rejects.toThrow('PHOTO_INVALID_DIMENSIONS')
  await expect(bot.api.sendPhoto(chatId, 'AgAC-unknown')).rejects.toBeInstanceOf(GrammyError)
})

test('a text becomes a photo, a photo never a text; captions are edited', async () => {
  const { message_id } = await bot.api.sendMessage(chatId, 'Loading')
  const media = { type: 'photo', media: new InputFile(tinyPng(20, 20)), caption: 'Tea' } as const
  await bot.api.editMessageMedia(chatId, message_id, media)
  const text = await call(telegram, 'editMessageText', { chat_id: chatId, message_id, text: 'x' })
  expect(text.description).toBe('Bad Request: there is no text in the message to edit')
  await bot.api.editMessageCaption(chatId, message_id, { caption: 'Coffee' })
  const ana = telegram.person({ id: chatId, firstName: 'Ana' })
  expect(ana.screen()).toMatchObject({ caption: 'Coffee', photo: expect.any(String) })
  expect(ana.screen()).not.toHaveProperty('text')
})

test('a document with its name, and a photo and a document from a person', async () => {
  const { document } = await bot.api.sendDocument(chatId, new InputFile(Buffer.from('a,b'), 'orders.csv'))
  expect(document).toMatchObject({ file_name: 'orders.csv', file_size: 3 })
  const ana = telegram.person({ id: chatId, firstName: 'Ana' })
  const proof = await ana.sendPhoto(tinyPng(40, 40), 'paid')
  const file = await bot.api.getFile(proof.photo ?? '')
  expect(file.file_size).toBe(tinyPng(40, 40).length)
  expect(await ana.sendDocument(Buffer.from('x'), 'proof.pdf')).toMatchObject({
    document: { name: 'proof.pdf' },
  })
})

test('messages are copied without their origin', async () => {
  const { message_id } = await bot.api.sendMessage(chatId, '<b>hi</b>', { parse_mode: 'HTML' })
  const bo = telegram.person({ id: 502, firstName: 'Bo' })
  await bo.send('/start')
  await bot.api.copyMessage(502, chatId, message_id)
  expect(bo.screen()).toMatchObject({ html: '<b>hi</b>', from: 'bot' })
})
