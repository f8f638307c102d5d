import { Bot, InlineKeyboard } from 'grammy'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTelegram, type Telegram } from './driver.ts'
import { tinyPng } from './fixtures.ts'

let telegram: Telegram
let bot: Bot

beforeEach(async () => {
  telegram = await startTelegram()
  bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } })
  bot.command('start', (ctx) =>
    ctx.reply('<i>Welcome</i>', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Shop', 'shop'),
    }),
  )
  bot.on('callback_query', (ctx) => ctx.answerCallbackQuery('Here'))
  void bot.start()
})

afterEach(async () => {
  await bot.stop()
  await telegram.stop()
})

async function api(
  method: string,
  path: string,
  body?: object | FormData,
): Promise<{ status: number; body: unknown }> {
  const payload = body instanceof FormData ? body : JSON.stringify(body)
  const response = await fetch(`${telegram.url}/sandbox${path}`, {
    method,
    ...(body ? { body: payload } : {}),
  })
  return { status: response.status, body: await response.json() }
}

test('the page can do everything over HTTP, and hears what happens', async () => {
  const stream = await fetch(`${telegram.url}/sandbox/stream`)
  const events = readEvents(stream)
  expect((await events.next()).value).toMatchObject({ event: 'hello' })

  const ana = await api('POST', '/people', { id: 501, firstName: 'Ana', languageCode: 'en' })
  expect(ana).toMatchObject({ status: 201, body: { id: 501, colour: expect.stringMatching(/^#/) } })
  await api('POST', '/people/501/start', { payload: 'tea' })
  const kinds: string[] = []
  for await (const { event, data } of events) {
    kinds.push(event)
    if (data.by === 'bot') break
  }
  expect(kinds).toEqual(['person', 'access', 'message', 'message'])

  const press = await api('POST', '/people/501/press', { data: 'shop' })
  expect(press.body).toEqual({ ok: true, result: { text: 'Here', alert: false } })
  expect((await api('GET', '/chats/501')).body).toMatchObject({
    access: 'open',
    messages: [
      { from: 'me', text: '/start tea' },
      {
        from: 'bot',
        html: '<i>Welcome</i>',
        buttons: [['Shop']],
        keyboard: [[{ kind: 'callback_data', value: 'shop' }]],
      },
    ],
  })
  await events.return()
})

test('photos come as multipart or base64, and go out with their media type', async () => {
  await api('POST', '/people', { id: 501, firstName: 'Ana' })
  const form = new FormData()
  form.set('file', new File([new Uint8Array(tinyPng(10, 10))], 'a.png', { type: 'image/png' }))
  form.set('caption', 'proof')
  const sent = await api('POST', '/people/501/photo', form)
  expect(sent.body).toMatchObject({ result: { caption: 'proof', photo: expect.any(String) } })
  const { photo } = (sent.body as { result: { photo: string } }).result
  const image = await fetch(`${telegram.url}/sandbox/files/${photo}`)
  expect(image.headers.get('content-type')).toBe('image/png')
  const file = tinyPng(10, 10).toString('base64')
  expect((await api('POST', '/people/501/photo', { file, name: 'b.png', mime: 'image/png' })).status).toBe(
    200,
  )
})

test('what cannot be done is a sentence', async () => {
  await api('POST', '/people', { id: 501, firstName: 'Ana' })
  const cases: [string, object, number, string][] = [
    ['/people/501/press', { button: 'Nope' }, 400, 'There is no button "Nope"'],
    ['/people/501/pay', {}, 400, 'There is no invoice to pay'],
    ['/people/9/text', { text: 'x' }, 404, 'There is no such person'],
    ['/people/501/fly', {}, 404, 'A person cannot do that'],
    ['/nothing', {}, 404, 'There is no such endpoint; see sandbox/README.md'],
  ]
  for (const [path, body, status, error] of cases) {
    expect(await api('POST', path, body)).toEqual({ status, body: { error } })
  }
})

test('without a built chat page the root says so, or serves it', async () => {
  const root = await fetch(telegram.url)
  const text = await root.text()
  if (root.status === 404) expect(text).toContain('The chat page is not built yet')
  else expect(text).toMatch(/<!doctype html>/i)
})

test('faults, calls and figures', async () => {
  await api('POST', '/people', { id: 501, firstName: 'Ana' })
  await api('POST', '/faults', { method: 'sendMessage', with: 500 })
  expect((await api('GET', '/faults')).body).toMatchObject({
    rules: [{ method: 'sendMessage', with: 500, count: 1 }],
  })
  expect((await api('DELETE', '/faults')).body).toEqual({ ok: true })
  await api('POST', '/people/501/start')
  expect((await api('GET', '/idle')).body).toEqual({ ok: true })
  expect((await api('GET', '/calls?method=sendMessage')).body).toMatchObject([{ params: { chat_id: 501 } }])
  expect((await api('GET', '/flood')).body).toMatchObject({ violations: 0 })
})

interface ServerEvent {
  event: string
  data: Record<string, unknown>
}

test('pushes and mails wait on lock screens and in mailboxes, and the page hears of them', async () => {
  const { arrivals } = telegram.sandbox
  const events = readEvents(await fetch(`${telegram.url}/sandbox/stream`))
  await events.next()
  for (const name of ['phone', 'laptop']) arrivals.addDevice({ id: name, personId: 701, name })
  const push = { body: '', tag: 'order-7', silent: false, navigate: 'http://127.0.0.1/app/orders/7' }
  arrivals.addPush({ ...push, deviceId: 'phone', title: 'New order #7' })
  arrivals.addPush({ ...push, deviceId: 'laptop', title: 'New order #7' })
  arrivals.addPush({ ...push, deviceId: 'phone', title: 'Order #7', silent: true })
  arrivals.addPush({ ...push, deviceId: 'a stranger’s', title: 'New order #7' })
  expect((await events.next()).value).toMatchObject({
    event: 'push',
    data: { push: { title: 'New order #7' } },
  })
  expect((await api('GET', '/pushes')).body).toMatchObject({
    devices: [{ name: 'phone', personId: 701 }, { name: 'laptop' }],
    pushes: [
      { device: 'laptop', title: 'New order #7', personId: 701 },
      { id: 3, device: 'phone', title: 'Order #7' },
    ],
  })
  expect(await api('DELETE', '/pushes/3')).toEqual({ status: 200, body: { ok: true } })
  expect((await api('DELETE', '/pushes/3')).status).toBe(404)
  expect((await api('GET', '/pushes')).body).toMatchObject({ pushes: [{ device: 'laptop' }] })

  const mail = { from: 'shop@example.com', subject: 'Order #7', text: 'Hello', html: '<p>Hello' }
  arrivals.addMail({ ...mail, to: 'ana@example.com', personId: 501 })
  arrivals.addMail({ ...mail, to: 'nobody@example.com' })
  expect((await api('GET', '/mails')).body).toMatchObject({
    mailboxes: [{ personId: 501, address: 'ana@example.com' }],
    mails: [{ personId: 501, subject: 'Order #7', html: '<p>Hello' }, { to: 'nobody@example.com' }],
  })
  const kinds: string[] = []
  for await (const { event } of events) {
    kinds.push(event)
    if (event === 'mail') break
  }
  expect(kinds).toEqual(['push', 'push', 'push-gone', 'mail'])
})

async function* readEvents(response: Response): AsyncGenerator<ServerEvent, void> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
      yield { event: field('event'), data: JSON.parse(field('data')) as Record<string, unknown> }
    }
  }
}
