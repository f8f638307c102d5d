import { expect, test } from 'vitest'
import { tinyPng } from '../../sandbox/telegram/fixtures.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { sql } from '../../src/db/statement.ts'
import { existing } from '../given.ts'
import { openTestShop, ordersOf, screenOf, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
// Nothing listens there: what is sent is not the matter here.
const MAIL = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'orders@shop.example' }

function emailOf(chat: TestChat): string | null {
  return existing(findPersonByTelegramId(chat.shop.db, ANA.id)).email
}

function historyOf(chat: TestChat): string[] {
  const query = sql.selectFrom('events').select('data').where('type', '=', 'email_changed').orderBy('id')
  return chat.shop.db.all(query).map((row) => row.data)
}

async function openWithMail() {
  const chat = await openTestShop(MAIL)
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  return { chat, ana }
}

test('an address is given, changed and removed', async () => {
  const { chat, ana } = await openWithMail()
  await chat.say(ana, '/email')
  expect(wordsOn(chat.shop, ana)).toContain('Type your address.')
  expect(screenOf(chat.shop, ana).buttons).toEqual([['‹ Back']])
  await chat.say(ana, ' Ana.Maria+shop@Example.com ')
  expect(wordsOn(chat.shop, ana)).toContain('Noted: Ana.Maria+shop@example.com')
  expect(emailOf(chat)).toBe('Ana.Maria+shop@example.com')

  await chat.say(ana, '/email')
  expect(wordsOn(chat.shop, ana)).toContain('also goes to Ana.Maria+shop@example.com')
  await chat.say(ana, 'ana@example.org')
  expect(emailOf(chat)).toBe('ana@example.org')
  await chat.say(ana, '/email')
  await chat.say(ana, 'ana@example.org')

  await chat.say(ana, '/email')
  await chat.tap(ana, 'Remove the address')
  expect(wordsOn(chat.shop, ana)).toContain('The address is removed.')
  expect(emailOf(chat)).toBeNull()
  // The same address again is no change, and none is in the history.
  expect(historyOf(chat)).toEqual(['{"given":true}', '{"given":true}', '{"given":false}'])
})

test('what is no address is asked for again, with what is wrong with it', async () => {
  const { chat, ana } = await openWithMail()
  await chat.say(ana, '/email')
  const wrong: [string, string][] = [
    ['ana', 'does not look like an address'],
    ['ana@example', 'does not look like an address'],
    ['ana@example..com', 'does not look like an address'],
    ['ana@-x.com', 'does not look like an address'],
    ['@example.com', 'does not look like an address'],
    ['ana@10.0.0.1', 'does not look like an address'],
    ['"ana"<b>@example.com', 'does not look like an address'],
    ['my ana@example.com', 'without spaces'],
    ['ana@example.com\nBcc:x', 'without spaces'],
    ['ana@example.com, bo@example.com', 'one address only'],
    [`ana@${'x'.repeat(60)}.${'y.'.repeat(100)}com`, 'at most 254 characters'],
  ]
  for (const [text, sentence] of wrong) {
    await chat.say(ana, text)
    expect(wordsOn(chat.shop, ana)).toContain(sentence)
  }
  await ana.sendPhoto(tinyPng(40, 30))
  await chat.settled()
  expect(wordsOn(chat.shop, ana)).toContain('Please answer in words.')
  expect(emailOf(chat)).toBeNull()
  await chat.restart()
  await chat.say(ana, 'ana@müller.example')
  expect(emailOf(chat)).toBe('ana@müller.example')
})

test("an order's screen offers mails until there is an address, and is come back to", async () => {
  const { chat, ana } = await openWithMail()
  for (const data of [`a:${chat.goods.mug}:1:0`, 'b', 'qd:1']) await chat.forge(ana, data)
  await chat.say(ana, '+351 912 345 678')
  for (const label of ['No note', 'Cash', 'Place order']) await chat.tap(ana, label)
  const { id } = existing(ordersOf(chat.shop, ana)[0])
  await chat.forge(ana, `d:${id}`)
  await chat.tap(ana, 'Get these by e-mail too')
  await chat.tap(ana, 'Back')
  await chat.tap(ana, 'Get these by e-mail too')
  await chat.say(ana, 'ana@example.com')
  await chat.tap(ana, 'Back')
  expect(wordsOn(chat.shop, ana)).toContain(`Order #${id}`)
  expect(screenOf(chat.shop, ana).buttons.flat()).not.toContain('✉️ Get these by e-mail too')
})

test('the command is offered and explained where the shop sends mails, and nowhere else', async () => {
  const offered = (chat: TestChat) =>
    JSON.stringify(chat.telegram.calls('setMyCommands').map((call) => call.params))
  const { chat, ana } = await openWithMail()
  expect(offered(chat)).toContain('"email"')
  await chat.say(ana, '/help')
  expect(wordsOn(chat.shop, ana)).toContain('/email order news by e-mail, too')

  const without = await openTestShop()
  const bo = without.telegram.person({ ...ANA, firstName: 'Bo' })
  expect(offered(without)).not.toContain('email')
  await without.say(bo, '/help')
  expect(wordsOn(without.shop, bo)).not.toContain('/email')
  await without.say(bo, '/email')
  expect(wordsOn(without.shop, bo)).toContain('I do not know that command.')
  expect(await without.forge(bo, 'ex')).toContain('That button is from an earlier time.')
})
