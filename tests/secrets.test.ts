import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { startBtcpay } from '../sandbox/btcpay/server.ts'
import { freePort } from '../sandbox/free-port.ts'
import type { PersonDriver } from '../sandbox/telegram/driver-person.ts'
import { saveDeliveryMethod, savePaymentMethod } from '../src/db/checkout.ts'
import { findPersonByTelegramId } from '../src/db/people.ts'
import { sql } from '../src/db/statement.ts'
import { settableClock } from '../src/lib/clock.ts'
import { setEmail } from '../src/shop/customers/set-email.ts'
import { askForCheck, checkBooks } from '../src/shop/payments/books/check-books.ts'
import { refundOrder } from '../src/shop/payments/refund-order.ts'
import { saveStarsRate } from '../src/shop/payments/stars-rate.ts'
import type { Actor } from '../src/shop/work.ts'
import { buildPanel } from './build-panel.ts'
import { openTestShop, ordersOf, wordsOn } from './flows/open-test-shop.ts'
import { existing } from './given.ts'

const CARD_TOKEN = '123456789:TEST:planted-provider-token'
const MAIL_PASSWORD = 'planted-mail-password'
const ROOT = join(import.meta.dirname, '..')
const OLGA: Actor = { kind: 'staff', id: 1, name: 'Olga', source: 'panel', role: 'owner' }
const WAYS = { card: 'Card, here in Telegram', stars: 'Telegram Stars', bitcoin: 'Bitcoin' }

// What people load is what is searched, not what somebody built last week, or nothing.
beforeAll(buildPanel, 120_000)

/** The whole shop with every provider set up, and a log in which everything is said. */
async function openWithSecrets() {
  const clock = settableClock()
  const btcpay = await startBtcpay({ clock })
  onTestFinished(() => btcpay.stop())
  const log: string[] = []
  const metricsPort = await freePort()
  const env = {
    ...btcpay.settings,
    PAYMENT_PROVIDER_TOKEN: CARD_TOKEN,
    SMTP_URL: `smtp://shop:${MAIL_PASSWORD}@127.0.0.1:9`,
    MAIL_FROM: 'orders@shop.example',
    UNDO_SECONDS: '0',
    OWNER_IDS: '701',
    METRICS_PORT: String(metricsPort),
  }
  const chat = await openTestShop(env, false, clock, log)
  btcpay.webhooks.target(`http://127.0.0.1:${chat.port}/webhooks/btcpay`)
  chat.shop.db.write((tx) => {
    for (const kind of ['telegram', 'stars', 'btcpay'] as const)
      savePaymentMethod(tx, { kind, instructions: '', active: 1 })
    saveStarsRate(tx, 130)
    saveDeliveryMethod(tx, { id: 2, name: 'Courier', priceMinor: 0, needsAddress: 1, position: 2, active: 0 })
    const guide = { handle: 'guide', title: 'Guide', digital: 1, created_at: 1, updated_at: 1 } as const
    const { id } = tx.run(sql.insertInto('products').values(guide))
    tx.run(sql.insertInto('variants').values({ product_id: id, price_minor: 1300, available: 5 }))
  })
  const secrets = {
    'token of the bot': chat.telegram.token,
    'token of the card provider': CARD_TOKEN,
    'password of the mail server': MAIL_PASSWORD,
    'key of BTCPay': btcpay.settings.BTCPAY_API_KEY,
    'secret of BTCPay': btcpay.settings.BTCPAY_WEBHOOK_SECRET,
  }
  return { chat, btcpay, log, secrets, metricsPort }
}

type World = Awaited<ReturnType<typeof openWithSecrets>>

async function order({ chat, btcpay }: World, person: PersonDriver, product: string, way: string) {
  for (const button of ['/start', 'Shop', 'Everything else', product, /^Add 1/, /Cart/, /^Check out/])
    await (button === '/start' ? chat.say(person, button) : chat.tap(person, button))
  if (wordsOn(chat.shop, person).includes('phone')) await chat.say(person, '+351 912 345 678')
  for (const button of ['No note', way, /Place order/]) await chat.tap(person, button)
  for (let i = 0; i < 4; i++) {
    await btcpay.webhooks.idle()
    await chat.pass(2_000)
  }
  return existing(ordersOf(chat.shop, person).at(-1))
}

/** Every provider is paid, and each fails on the way: unreachable, refusing, told by strangers, answering with what it was sent. */
async function live(world: World): Promise<void> {
  const { chat, btcpay, secrets } = world
  const olga = chat.telegram.person({ id: 701, firstName: 'Olga', languageCode: 'en' })
  const ana = chat.telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })
  for (const person of [olga, ana]) await chat.say(person, '/start')
  const { id: personId } = existing(findPersonByTelegramId(chat.shop.db, 501))
  chat.shop.write((work) => setEmail(work, { personId, email: 'ana@example.com' }))

  for (const fault of ['cut', 500, 502] as const)
    chat.telegram.faults.answerNext({ method: 'sendInvoice', with: fault })
  await order(world, ana, 'Mug', WAYS.card)
  for (let i = 0; i < 10; i++) await chat.pass(60_000)
  chat.telegram.faults.answerNext({ method: 'answerPreCheckoutQuery', with: 'cut', count: 9 })
  const failing = ana.pay()
  while (!world.log.some((line) => line.includes('an answer about a payment did not arrive'))) {
    chat.clock.advance(100)
    await new Promise(setImmediate)
  }
  chat.clock.advance(60_000)
  expect((await failing).status).not.toBe('paid')
  chat.telegram.faults.clear()
  expect((await ana.pay()).status).toBe('paid')
  await chat.settled()

  const guide = await order(world, ana, 'Guide', WAYS.stars)
  expect((await ana.pay()).status).toBe('paid')
  await chat.settled()
  for (const fault of ['cut', 500] as const)
    chat.telegram.faults.answerNext({ method: 'refundStarPayment', with: fault })
  giveBack(world, guide.id)
  await chat.settled()

  // A proxy in between that is all too honest about what it was asked.
  const echo = JSON.stringify({ code: 'oops', message: `token ${secrets['key of BTCPay']} is not welcome` })
  for (const fault of ['cut', 503] as const)
    btcpay.faults.answerNext({ call: 'POST /invoices', with: fault, body: echo })
  await order(world, ana, 'Mug', WAYS.bitcoin)
  for (let i = 0; i < 10; i++) await chat.pass(60_000)
  const invoice = existing(btcpay.invoices.all().at(-1))
  btcpay.invoices.receive(invoice.id)
  btcpay.invoices.confirm(invoice.id)
  btcpay.faults.answerNext({ with: 422, body: echo })
  await btcpay.webhooks.idle()
  for (let i = 0; i < 10; i++) await chat.pass(60_000)
  const paid = existing(ordersOf(chat.shop, ana).at(-1))
  expect(paid.payment).toBe('paid')
  btcpay.faults.answerNext({ call: 'POST /refund', with: 500, body: echo })
  btcpay.faults.answerNext({ call: 'POST /refund', with: 403, body: echo })
  giveBack(world, paid.id)
  for (let i = 0; i < 10; i++) await chat.pass(60_000)
  for (const [call, status] of [
    ['GET /invoices', 401],
    ['POST /invoices', 400],
  ] as const) {
    btcpay.faults.answerNext({ call, with: status, body: echo })
    await order(world, ana, 'Mug', WAYS.bitcoin)
  }

  const delivery = { deliveryId: 'x', originalDeliveryId: 'x', isRedelivery: false, type: 'InvoiceSettled' }
  const body = JSON.stringify({ invoiceId: invoice.id, type: 'InvoiceSettled' })
  expect(await btcpay.webhooks.send({ ...delivery, body }, 'sha256=00')).toBe(401)
  btcpay.faults.answerNext({ with: 'cut', count: 3 })
  chat.telegram.faults.answerNext({ method: 'getStarTransactions', with: 'cut', count: 3 })
  chat.shop.write((work) => askForCheck(work))
  await checkBooks(chat.shop)
  chat.telegram.faults.clear()
  btcpay.faults.clear()
  await chat.settled()
}

function giveBack({ chat }: World, orderId: number): void {
  chat.shop.write((work) => {
    const query = sql.selectFrom('orders').selectAll().where('id', '=', orderId)
    const { version, charged_minor: amountMinor } = existing(work.tx.first(query))
    refundOrder(work, { orderId, version, amountMinor, actor: OLGA })
  })
}

/** All that anybody can read: files, log, panel, figures, receipts. By where it stands. */
async function everythingSaid({ chat, log, metricsPort }: World): Promise<Map<string, string>> {
  const said = new Map(log.map((line, i) => [`line ${i} of the log`, line]))
  const { href: base } = new URL(`http://127.0.0.1:${chat.port}`)
  const get = async (url: string, headers = {}) => (await fetch(url, { headers })).text()
  said.set('the figures', await get(`http://127.0.0.1:${metricsPort}/metrics`))
  const initData = chat.telegram.person({ id: 701, firstName: 'Olga', languageCode: 'en' }).initData()
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ initData }),
  }
  const { token } = (await (await fetch(`${base}api/session`, init)).json()) as { token: string }
  for (const path of await pathsOf(base, chat)) {
    const answer = await fetch(`${base}api${path}`, { headers: { authorization: `Bearer ${token}` } })
    said.set(`GET ${path} ${answer.status}`, await answer.text())
  }
  const { db } = chat.shop
  for (const { id } of db.all(sql.selectFrom('orders').select('id'))) {
    const url = chat.shop.receipts?.urlOf(id)
    if (url) said.set(`receipt ${id}`, await get(base + new URL(url).pathname.slice(1)))
  }
  db.checkpoint()
  for (const file of globSync(join(chat.folder, '**', '*')).filter((name) => /shop\.db(-wal)?$/.test(name)))
    said.set(file, readFileSync(file, 'latin1'))
  for (const file of globSync('miniapp/dist/**/*.{js,css,html,map,webmanifest}'))
    said.set(file, readFileSync(file, 'utf8'))
  return said
}

/** Every address of the API that can be read, for every order, notice and product there is. */
async function pathsOf(base: string, { shop }: World['chat']): Promise<string[]> {
  const { paths } = (await (await fetch(`${base}api/openapi.json`)).json()) as {
    paths: Record<string, Record<string, unknown>>
  }
  const ids = (table: 'orders' | 'notices' | 'products') =>
    shop.db.all(sql.selectFrom(table).select('id')).map(({ id }) => String(id))
  return Object.keys(paths)
    .filter((path) => paths[path]?.get && !path.endsWith('/stream') && !path.includes('/file'))
    .map((path) => path.replace(/^\/api/, ''))
    .flatMap((path) => {
      if (path === '/exports/orders')
        return ['orders', 'items'].map((lines) => `${path}?from=0&to=9999999999999&lines=${lines}`)
      if (!path.includes('{')) return [path]
      const table = path.startsWith('/orders')
        ? 'orders'
        : path.startsWith('/notices')
          ? 'notices'
          : 'products'
      return ids(table).map((id) => path.replace(/\{[^}]+\}/, id))
    })
}

test('no secret of a provider gets into the log, the file, the panel, the figures or a receipt', async () => {
  const world = await openWithSecrets()
  await live(world)
  const said = await everythingSaid(world)
  // What was looked at is what there is to look at.
  const where = [...said.keys()].join('\n')
  for (const place of [
    /log/,
    /figures/,
    /GET \/orders\/\d+ 200/,
    /GET \/settings 200/,
    /GET \/money\/matters 200/,
    /GET \/exports\/orders\S* 200/,
    /shop\.db/,
    /receipt/,
    /miniapp.dist/,
  ])
    expect(where).toMatch(place)
  const text = [...said.values()].join('\n')
  for (const trace of ['refund_failed', 'payment_failed', 'could not be']) expect(text).toContain(trace)
  const found = Object.entries(world.secrets).flatMap(([name, secret]) =>
    [...said]
      .filter(([, words]) => words.includes(secret))
      .map(([place, words]) => {
        const at = words.indexOf(secret)
        return `the ${name} in ${place}: ${words.slice(Math.max(0, at - 80), at)}…`
      }),
  )
  expect(found).toEqual([])
  // Development code in a built page names the files that it came from.
  for (const [place, words] of said) if (place.startsWith('miniapp')) expect(words, place).not.toContain(ROOT)
})
