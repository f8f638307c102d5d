import { expect, test } from 'vitest'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { sql } from '../../src/db/statement.ts'
import { existing } from '../given.ts'
import { availableOf, openTestShop, ordersOf, screenOf, type TestChat, wordsOn } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const EVE = { id: 666, firstName: 'Eve', languageCode: 'en' }

type Player = ReturnType<TestChat['staff']>

/** Goes to the summary, pressing every button on the way twice, as an impatient thumb does. */
async function tapTwice(chat: TestChat, person: Player, label: string | RegExp): Promise<void> {
  const screen = screenOf(chat.shop, person)
  const buttons = screen.keyboard.flat()
  const wanted = existing(
    buttons.find(({ text }) => (label instanceof RegExp ? label.test(text) : text.includes(label))),
  )
  const data = existing(wanted.value)
  const answers = await Promise.all([person.pressData(data, screen.id), person.pressData(data, screen.id)])
  expect(answers.every((answer) => !answer.expired)).toBe(true)
  await chat.settled()
}

function botMessages(person: Player): number {
  return person.messages().filter((message) => message.from === 'bot').length
}

test('every button pressed twice in a row does what one press does', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  for (const label of [
    'Shop',
    'Bath',
    'Lavender Soap',
    '250 g',
    '+',
    'Add 2',
    'Cart',
    'Check out',
    'Courier',
  ]) {
    await tapTwice(chat, ana, label)
  }
  await chat.say(ana, 'Rua Nova 1, Lisbon')
  await chat.say(ana, '+351 912 345 678')
  for (const label of ['No note', 'Cash', 'Place order']) await tapTwice(chat, ana, label)

  expect(ordersOf(chat.shop, ana)).toHaveLength(1)
  expect(availableOf(chat.shop, chat.goods.large)).toBe(10)
  const id = existing(ordersOf(chat.shop, ana)[0]).id
  expect(wordsOn(chat.shop, ana)).toContain(`Order #${id} is placed.`)
  for (const label of [`#${id}`, 'Cancel this', 'Yes, cancel']) await tapTwice(chat, ana, label)
  expect(availableOf(chat.shop, chat.goods.large)).toBe(12)
  for (const label of ['Order again', 'Check out']) await tapTwice(chat, ana, label)
})

test('screens never pile up, and the uploaded picture goes out once', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  const bea = chat.telegram.person({ id: 502, firstName: 'Bea', languageCode: 'en' })
  for (const text of ['/start', '/shop', '/cart', 'hello', '/orders', '/help', '/cancel', '/start']) {
    await chat.say(ana, text)
    expect(botMessages(ana)).toBe(1)
  }
  for (const label of ['Shop', 'Bath', 'Lavender', 'Back', 'Back', 'Back', 'Help', 'Back']) {
    await chat.tap(ana, label)
    expect(botMessages(ana)).toBe(1)
  }
  await chat.say(bea, `/start p_${chat.goods.soap}`)
  expect(screenOf(chat.shop, bea).photo).toBeDefined()
  await chat.say(ana, `/start p_${chat.goods.soap}`)
  const uploads = chat.telegram.calls().filter((call) => JSON.stringify(call).includes('soap.png'))
  expect(uploads.length).toBeLessThanOrEqual(1)
  const media = ['sendPhoto', 'editMessageMedia'].flatMap((method) => chat.telegram.calls(method))
  expect(media).toHaveLength(3)
  expect(media.filter((call) => call.files.length > 0)).toHaveLength(1)
})

test('a picture that is missing, or that Telegram forgot, does not hide the product', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  chat.shop.db.write((tx) => {
    tx.run(sql.updateTable('product_images').set({ telegram_file_id: 'forgotten' }))
  })
  await chat.say(ana, `/start p_${chat.goods.soap}`)
  expect(screenOf(chat.shop, ana).photo).toBeDefined()
  chat.shop.db.write((tx) => {
    tx.run(sql.updateTable('product_images').set({ telegram_file_id: null, file: 'missing.png' }))
  })
  await chat.say(ana, `/start p_${chat.goods.soap}`)
  expect(screenOf(chat.shop, ana).photo).toBeUndefined()
  expect(wordsOn(chat.shop, ana)).toContain('Lavender Soap is <good> & "fine".')
  chat.shop.db.write((tx) => {
    tx.run(sql.updateTable('product_images').set({ file: null, url: 'https://shop.example/soap.png' }))
  })
  await chat.say(ana, '/shop')
  await chat.tap(ana, 'Bath')
  await chat.tap(ana, 'Lavender')
  expect(wordsOn(chat.shop, ana)).toContain('Lavender Soap')
})

test('a product and a cart as large as they can be still fit into a message', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  chat.shop.db.write((tx) => {
    const product = { title: '<💥>'.repeat(80), description: '&💥 <b>'.repeat(900) }
    tx.run(sql.updateTable('products').set(product).where('id', '=', chat.goods.soap))
    for (let i = 0; i < 99; i++) {
      const variant = {
        product_id: chat.goods.soap,
        title: `Größe "${i}" ${'&'.repeat(60)}`,
        price_minor: 99_999_999,
        sku: null,
      }
      tx.run(sql.insertInto('variants').values({ ...variant, available: 99, position: i }))
    }
  })
  await chat.say(ana, `/start p_${chat.goods.soap}`)
  expect(screenOf(chat.shop, ana).photo).toBeDefined()
  const variants = chat.shop.db.all(sql.selectFrom('variants').select('id').where('available', '=', 99))
  for (const { id } of variants.slice(0, 31)) await chat.forge(ana, `a:${id}:99:0`)
  expect(wordsOn(chat.shop, ana)).toContain('€')
  await chat.say(ana, '/cart')
  expect(screenOf(chat.shop, ana).buttons).toHaveLength(33)
  for (const label of ['Check out', 'Courier']) await chat.tap(ana, label)
  await chat.say(ana, `Rua ${'&'.repeat(290)}`)
  await chat.say(ana, '+351 912 345 678')
  await chat.say(ana, '<'.repeat(499))
  for (const label of ['Cash', 'Place order']) await chat.tap(ana, label)
  const id = existing(ordersOf(chat.shop, ana)[0]).id
  await chat.forge(ana, `d:${id}`)
  expect(wordsOn(chat.shop, ana)).toContain(`Order #${id}`)
})

test('buttons from before a restart still work, and a question waits through it', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  await chat.restart()
  for (const label of ['Cart', 'Check out', 'Courier']) await chat.tap(ana, label)
  await chat.restart()
  await chat.say(ana, 'Rua Nova 1, Lisbon')
  await chat.restart()
  await chat.say(ana, '+351 912 345 678')
  for (const label of ['No note', 'Cash']) await chat.tap(ana, label)
  await chat.restart()
  await chat.tap(ana, 'Place order')
  expect(ordersOf(chat.shop, ana)).toHaveLength(1)
  expect(ana.keys()).toEqual([])
})

test('an old screen that is pressed becomes the screen; the newer one goes', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  chat.telegram.faults.answerNext({ method: 'deleteMessage', with: 500, count: 1 })
  await chat.say(ana, '/start')
  const old = screenOf(chat.shop, ana)
  await chat.say(ana, '/orders')
  expect(botMessages(ana)).toBe(2)
  await chat.tap(ana, 'Shop', old.id)
  expect(screenOf(chat.shop, ana).id).toBe(old.id)
  expect(botMessages(ana)).toBe(1)
  expect(wordsOn(chat.shop, ana)).toContain('What are you looking for?')
})

test('a price that changed, and stock that went, stop the order with a clear word', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.tea}:3:0`)
  for (const label of ['Cart', 'Check out', 'Pickup']) await chat.tap(ana, label)
  await chat.say(ana, '+351 912 345 678')
  for (const label of ['No note', 'Cash']) await chat.tap(ana, label)
  const set = (values: { price_minor?: number; available?: number }) =>
    chat.shop.db.write((tx) => {
      tx.run(sql.updateTable('variants').set(values).where('id', '=', chat.goods.tea))
    })
  set({ price_minor: 1100 })
  expect(await chat.tap(ana, 'Place order · €29.70')).toContain('A price has changed.')
  set({ available: 1 })
  expect(await chat.tap(ana, 'Place order · €33.00')).toContain('Only 1 left of Green Tea.')
  expect(ordersOf(chat.shop, ana)).toHaveLength(0)
  await chat.tap(ana, 'Take 1')
  await chat.tap(ana, 'Check out')
  await chat.tap(ana, 'Place order · €11.00')
  expect(ordersOf(chat.shop, ana)).toHaveLength(1)
})

test('forged data gets an answer and changes nothing', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  const eve = chat.telegram.person(EVE)
  await chat.say(ana, '/start')
  await chat.say(eve, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  for (const label of ['Cart', 'Check out', 'Pickup']) await chat.tap(ana, label)
  await chat.say(ana, '+351 912 345 678')
  for (const label of ['No note', 'Cash']) await chat.tap(ana, label)
  const placing = existing(screenOf(chat.shop, ana).keyboard[0]?.[0]?.value)
  expect(await chat.forge(eve, placing)).toContain('This checkout is over.')
  await chat.tap(ana, 'Place order')
  await chat.forge(eve, placing)
  const id = existing(ordersOf(chat.shop, ana)[0]).id

  for (const data of [`o:${id}`, `d:${id}`, 'o:999999', `g:${id}`, `rs:${id}:5`, `r:${id}:1`, `xx:${id}:1`]) {
    expect(await chat.forge(eve, data), data).toMatch(/cannot find|There is no order/)
  }
  const garbage = [
    ...[
      'o:-1',
      'o:99999999999999999999',
      'c:34:-5',
      'c:999999:2',
      'c:1:100',
      'a:1:0:0',
      'a:1:999:0',
      'a:9999:1:0',
    ],
    ...[
      'p:1:0:999:1',
      'p:1:0:1:999',
      'p:999:0',
      'p:1',
      'k:999:0',
      'k:1:99999',
      'k::',
      'q:everything',
      'q:address',
    ],
    ...[
      'qd:999',
      'qm:gold',
      'qa',
      'qp',
      'qn',
      'qx',
      'ok:x:1',
      'ok::',
      'l:0',
      'l:99999999',
      'w:1',
      `x:${id}:1`,
    ],
    ...[
      'r:1:9',
      's:',
      'u:',
      't:1:1',
      'z:1:1',
      '%',
      '💥',
      "'; drop table orders; --",
      '{"a":1}',
      'constructor',
    ],
  ]
  for (const data of garbage) {
    await chat.forge(eve, data)
    expect(botMessages(eve), data).toBe(1)
  }
  expect(ordersOf(chat.shop, ana)[0]).toMatchObject({ fulfilment: 'placed', version: 1 })
  expect(ordersOf(chat.shop, eve)).toHaveLength(0)
  expect(availableOf(chat.shop, chat.goods.mug)).toBe(19)
})

test('hostile words are harmless wherever they are typed', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person({ ...ANA, firstName: '<b>Ana</b> & \u202eevil' })
  const words = [
    ...[
      'x'.repeat(4096),
      '<script>alert(1)</script>',
      '</b></a>&amp;&#0;',
      '\u202e\u2066\u200f olleh',
      '\u200b\u200b\u200b',
    ],
    ...[
      'a\u0000b\u0007c\u001b[31m',
      '💥'.repeat(1500),
      "Robert'); drop table orders;--",
      '%%%___',
      '🏴‍☠️',
      '{ $name }',
    ],
  ]
  await chat.say(ana, '/start')
  for (const text of words) await chat.say(ana, text)
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  for (const label of ['Cart', 'Check out', 'Courier']) await chat.tap(ana, label)
  for (const text of ['x'.repeat(4096), '\u200b\u200b\u200b\u200b\u200b', 'abc']) {
    await chat.say(ana, text)
    expect(wordsOn(chat.shop, ana)).toContain('Where to?')
  }
  await chat.say(ana, '<b>Rua</b>\u0000 & \u202eNova 1\u0007')
  for (const text of words.filter((one) => one.trim())) {
    await chat.say(ana, text)
    expect(wordsOn(chat.shop, ana)).toContain('your phone number')
  }
  await chat.say(ana, '+351 912 345 678')
  await chat.say(ana, '💥'.repeat(400))
  expect(wordsOn(chat.shop, ana)).toContain('under 500 characters')
  await chat.say(ana, '</i>&lt; { $note }')
  await chat.tap(ana, 'Cash')
  await chat.tap(ana, 'Place order')
  expect(ordersOf(chat.shop, ana)[0]).toMatchObject({
    address: '<b>Rua</b> & Nova 1',
    note: '</i>&lt; { $note }',
  })
})

test('what is no text gets a helpful answer, and somebody else’s contact is not taken', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await ana.sendLocation()
  await chat.settled()
  expect(wordsOn(chat.shop, ana)).toContain('I can read only text here.')
  await chat.say(ana, 'soap')
  expect(screenOf(chat.shop, ana).buttons).toEqual([['Lavender Soap · from €5.00'], ['‹ Back']])
  await chat.say(ana, '/nonsense')
  expect(wordsOn(chat.shop, ana)).toContain('I do not know that command.')
  await chat.say(ana, 'bicycle')
  expect(wordsOn(chat.shop, ana)).toContain('I did not find “bicycle”')
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  for (const label of ['Cart', 'Check out', 'Pickup']) await chat.tap(ana, label)
  await ana.sendContact({ phone: '+49123456789', firstName: 'Bob' })
  await chat.settled()
  expect(wordsOn(chat.shop, ana)).toContain('somebody else’s contact'.replace('’', "'"))
  await ana.sendLocation()
  await chat.settled()
  expect(wordsOn(chat.shop, ana)).toContain('Please answer in words.')
})

test('who types where a button is the answer stays in the checkout, and is told to press one', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  for (const label of ['Cart', 'Check out']) await chat.tap(ana, label)
  await chat.say(ana, 'courier & <b>please</b>')
  expect(wordsOn(chat.shop, ana)).toContain('I did not find “courier & <b>please</b>” in the shop.')
  expect(wordsOn(chat.shop, ana)).toContain('How would you like to get it?')
  await chat.tap(ana, 'Pickup')
  await chat.say(ana, '+351 912 345 678')
  await chat.tap(ana, 'No note')
  await ana.sendLocation()
  await chat.settled()
  expect(wordsOn(chat.shop, ana)).toMatch(
    /Please press one of the buttons\.\s+💶 How would you like to pay\?/,
  )
  await chat.tap(ana, 'Cash')
  await chat.say(ana, 'yes')
  expect(wordsOn(chat.shop, ana)).toMatch(/“yes” in the shop.*Please check your order/s)
  await chat.say(ana, 'soap')
  expect(wordsOn(chat.shop, ana)).toContain('This is what I found.')
  await chat.tap(ana, 'Back')
  await chat.say(ana, 'bicycle')
  expect(wordsOn(chat.shop, ana)).toMatch(/I did not find “bicycle” in the shop\..*Please check your order/s)
  await chat.say(ana, '/start')
  for (const label of ['Finish your order', 'Place order']) await chat.tap(ana, label)
  expect(ordersOf(chat.shop, ana)).toHaveLength(1)
  await chat.say(ana, 'bicycle')
  expect(wordsOn(chat.shop, ana)).toContain('I did not find “bicycle”')
})

test('/cancel and any button end a question, wherever one is', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  for (const leave of ['/cancel', '/start', '/orders', '/help', 'h', 'k', 'c']) {
    await chat.forge(ana, 'b')
    await chat.forge(ana, 'qd:1')
    expect(wordsOn(chat.shop, ana)).toContain('your phone number')
    expect(ana.keys()).not.toEqual([])
    if (leave.startsWith('/')) await chat.say(ana, leave)
    else await chat.forge(ana, leave)
    expect(ana.keys()).toEqual([])
    expect(wordsOn(chat.shop, ana)).not.toContain('your phone number')
    const open = chat.shop.db.all(sql.selectFrom('conversations').selectAll())
    expect(open).toEqual([])
  }
  await chat.say(ana, '/cart')
  expect(wordsOn(chat.shop, ana)).toContain('Mug')
})

test('somebody who blocks the bot is known to be out of reach, and back when they return', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  const reach = () => existing(findPersonByTelegramId(chat.shop.db, ana.id)).reach
  await chat.say(ana, '/start')
  ana.block()
  await chat.settled()
  expect(reach()).toBe('blocked')
  ana.unblock()
  await chat.settled()
  expect(reach()).toBe('ok')
  const types = chat.shop.db.all(sql.selectFrom('events').select('type').orderBy('id'))
  expect(types.map((row) => row.type)).toEqual(['person_blocked', 'person_back'])
})

test('an outage of Telegram in the middle loses nothing and does nothing twice', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  await chat.forge(ana, `a:${chat.goods.mug}:1:0`)
  for (const label of ['Cart', 'Check out', 'Courier']) await chat.tap(ana, label)
  chat.telegram.faults.answerNext({ method: 'sendMessage', with: 502 })
  await ana.send('Rua Nova 1, Lisbon')
  const tried = sql
    .selectFrom('updates')
    .select('update_id')
    .where('attempts', '=', 1)
    .where('applied', '=', 1)
  while (!chat.shop.db.first(tried)) await new Promise((resolve) => setImmediate(resolve))
  await chat.pass(10_000)
  expect(wordsOn(chat.shop, ana)).toContain('your phone number')
  await chat.say(ana, '+351 912 345 678')
  expect(wordsOn(chat.shop, ana)).toContain('Anything we should know?')
})

test('every update handled once more after a crash changes nothing', async () => {
  const chat = await openTestShop()
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  for (const label of ['Shop', 'Bath', 'Lavender', '+', 'Add 2', 'Cart', 'Check out', 'Courier']) {
    await chat.tap(ana, label)
  }
  await chat.say(ana, 'Rua Nova 1, Lisbon')
  await chat.say(ana, '+351 912 345 678')
  await chat.say(ana, 'Ring twice')
  await chat.tap(ana, 'Cash')
  const replay = () => {
    chat.shop.db.write((tx) => {
      tx.run(sql.updateTable('updates').set({ done_at: null }))
    })
    return chat.restart()
  }
  await chat.pass(100)
  await replay()
  await chat.settled()
  expect(wordsOn(chat.shop, ana)).toContain('2 × Lavender Soap, 100 g · €10.00')
  expect(wordsOn(chat.shop, ana)).toContain('📍 Rua Nova 1, Lisbon\n☎️ +351 912 345 678\n✏️ Ring twice')
  await chat.tap(ana, 'Place order')
  const id = existing(ordersOf(chat.shop, ana)[0]).id
  await chat.pass(60_000)
  await replay()
  await chat.settled()
  expect(wordsOn(chat.shop, ana)).toContain(`Order #${id} is placed.`)
  expect(ordersOf(chat.shop, ana)).toHaveLength(1)
  expect(availableOf(chat.shop, chat.goods.small)).toBe(48)
  const screens = ana
    .messages()
    .filter((message) => message.from === 'bot' && /placed\./.test(message.text ?? ''))
  expect(screens).toHaveLength(1)
})
