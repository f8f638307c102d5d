import { expect, onTestFinished, test } from 'vitest'
import type { SandboxInvoice } from '../../sandbox/btcpay/invoices.ts'
import { startBtcpay } from '../../sandbox/btcpay/server.ts'
import { redeliveryOf } from '../../sandbox/btcpay/webhooks.ts'
import { countDifferences, findLastCheck } from '../../src/db/books.ts'
import { savePaymentMethod } from '../../src/db/checkout.ts'
import { listEntriesOfOrder, listMoneyMatters } from '../../src/db/ledger.ts'
import { findOrder, type OrderRow } from '../../src/db/orders.ts'
import { listPaymentRequests } from '../../src/db/payment-requests.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { sql } from '../../src/db/statement.ts'
import { settableClock } from '../../src/lib/clock.ts'
import { expireOrders } from '../../src/shop/orders/expire-orders.ts'
import { takeStep } from '../../src/shop/orders/take-step.ts'
import { askForCheck, checkBooks } from '../../src/shop/payments/books/check-books.ts'
import { refundOrder } from '../../src/shop/payments/refund-order.ts'
import { storeCharge } from '../../src/shop/payments/store-charge.ts'
import { existing } from '../given.ts'
import { openTestShop, ordersOf } from './open-test-shop.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

type World = Awaited<ReturnType<typeof openWithBtcpay>>

async function openWithBtcpay({ skewMs = 0 } = {}) {
  const clock = settableClock()
  const btcpay = await startBtcpay({ clock, skewMs })
  onTestFinished(() => btcpay.stop())
  const chat = await openTestShop({ ...btcpay.settings, OWNER_IDS: '701' }, false, clock)
  const olga = chat.staff(701, 'owner')
  await chat.say(olga, '/start')
  chat.shop.write(({ tx }) => savePaymentMethod(tx, { kind: 'btcpay', instructions: '', active: 1 }))
  const ana = chat.telegram.person(ANA)
  const post = () => btcpay.webhooks.target(`http://127.0.0.1:${chat.port}/webhooks/btcpay`)
  post()
  await chat.say(ana, '/start')

  /** Waits until BTCPay Server has told everything, and everything that follows has happened. */
  async function settled(): Promise<void> {
    await btcpay.webhooks.idle()
    await chat.settled()
    await btcpay.webhooks.idle()
  }

  return {
    chat,
    btcpay,
    ana,
    olga,
    settled,
    async pass(ms: number) {
      clock.advance(ms)
      await settled()
    },
    async restart() {
      await chat.restart()
      post()
      await settled()
    },
  }
}

/** Ana orders a mug for €15.00, picks it up, and pays with bitcoin. */
async function order({ chat, ana, settled, pass }: World): Promise<OrderRow> {
  for (const data of [`a:${chat.goods.mug}:1:0`, 'b', 'qd:1']) await chat.forge(ana, data)
  await chat.say(ana, '+351 912 345 678')
  for (const label of ['No note', 'Bitcoin', 'Place order']) await chat.tap(ana, label)
  await settled()
  // One message a second is what a chat gets: the link follows the order's card.
  for (let second = 0; second < 3; second += 1) await pass(1_100)
  return existing(ordersOf(chat.shop, ana).at(-1))
}

function invoiceOf({ btcpay }: World, { id }: OrderRow): SandboxInvoice {
  return existing(btcpay.invoices.all().findLast(({ metadata }) => metadata.orderId === String(id)))
}

function now({ chat }: World, { id }: OrderRow): OrderRow {
  return existing(findOrder(chat.shop.db, id))
}

function charges({ chat }: World, { id }: OrderRow) {
  return listEntriesOfOrder(chat.shop.db, id)
    .filter(({ kind }) => kind === 'charge')
    .map(({ amount_minor, state, trouble }) => ({ amount_minor, state, trouble }))
}

function eventsOf({ chat }: World, { id }: OrderRow): string[] {
  const query = sql.selectFrom('events').select('type').where('order_id', '=', id).orderBy('id')
  return chat.shop.db.all(query).map(({ type }) => type)
}

function messagesIn({ chat }: World) {
  return chat.shop.db.all(sql.selectFrom('provider_messages').selectAll().orderBy('id'))
}

function lastWords(person: World['ana']): string {
  return person
    .messages()
    .map(({ text, caption }) => text ?? caption ?? '')
    .join('\n---\n')
}

const PAID = { amount_minor: 1500, state: 'applied', trouble: null }

test('a customer gets a link, pays, and is told when the money is safe', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const invoice = invoiceOf(world, placed)
  expect(invoice).toMatchObject({
    amount: '15.00',
    currency: 'EUR',
    metadata: { orderId: String(placed.id) },
  })
  expect(invoice.checkout).toMatchObject({ expirationMinutes: 60, monitoringMinutes: 1440 })
  const asked = existing(world.ana.messages().find(({ text }) => text?.includes('€15.00 to pay')))
  expect(asked.buttons[0]).toEqual(['Pay €15.00'])
  expect(asked.text).toMatch(/€15\.00 to pay in Bitcoin\.\nPlease pay by \w{3} \d{1,2}:\d\d [AP]M/)
  await world.chat.tap(world.ana, `Order #${placed.id}`)
  await world.chat.tap(world.ana, 'Pay another way')
  expect(world.ana.screen()?.buttons.flat()).toContain('Cash or card at pickup')
  await world.pass(5_000)
  const [request] = listPaymentRequests(world.chat.shop.db, placed.id)
  expect(request?.link).toBe(`${world.btcpay.settings.BTCPAY_URL}/i/${invoice.id}`)

  world.btcpay.invoices.receive(invoice.id)
  await world.settled()
  expect(now(world, placed).payment).toBe('pending')
  expect(lastWords(world.ana)).toContain(`Your payment for order #${placed.id} is on its way.`)
  world.btcpay.invoices.confirm(invoice.id)
  await world.settled()
  expect(now(world, placed)).toMatchObject({ payment: 'paid', stage: 'placed', charged_minor: 1500 })
  expect(charges(world, placed)).toEqual([PAID])
  await world.pass(2_000)
  expect(lastWords(world.ana)).toContain('We received €15.00')
  expect(eventsOf(world, placed)).toEqual(['placed', 'payment_asked', 'payment_seen', 'paid'])
  expect(new Set(world.btcpay.webhooks.answers().map(({ status }) => status))).toEqual(new Set([200]))
})

test('what is waited for is not lost to the clock: money that is on its way holds the order', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  world.btcpay.invoices.receive(invoiceOf(world, placed).id)
  await world.settled()
  await world.pass(2 * HOUR_MS)
  expireOrders(world.chat.shop)
  expect(now(world, placed).fulfilment).toBe('placed')
  world.btcpay.invoices.confirm(invoiceOf(world, placed).id)
  await world.settled()
  expect(now(world, placed).payment).toBe('paid')
})

test('an invoice that nobody pays expires with its order', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  await world.pass(HOUR_MS)
  expireOrders(world.chat.shop)
  await world.settled()
  expect(now(world, placed)).toMatchObject({ fulfilment: 'cancelled', payment: 'expired' })
  expect(charges(world, placed)).toEqual([])
  expect(listPaymentRequests(world.chat.shop.db, placed.id)[0]).toMatchObject({ state: 'over' })
})

test('the confirmed part of a payment that never was whole is kept for a decision, and nothing is called failed', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  world.btcpay.invoices.receive(id, '5.00')
  world.btcpay.invoices.confirm(id)
  world.btcpay.invoices.receive(id, '10.00')
  await world.settled()
  expect(charges(world, placed)).toEqual([])
  world.btcpay.invoices.invalidate(id)
  await world.settled()
  expect(charges(world, placed)).toEqual([{ amount_minor: 500, state: 'open', trouble: 'too_little' }])
  expect(eventsOf(world, placed)).not.toContain('payment_failed')
  await world.pass(5_000)
  expect(lastWords(world.ana)).toContain(
    `€5.00 arrived for order #${placed.id}. It is less than was to be paid`,
  )
  expect(lastWords(world.olga)).toContain('€5.00 needs a decision')
})

test('too little is kept for a decision, and what comes later is a row of its own', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  world.btcpay.invoices.receive(id, '5.00')
  world.btcpay.invoices.confirm(id)
  await world.settled()
  expect(charges(world, placed)).toEqual([])
  // Told while the rest can still be paid, and once.
  await world.pass(2 * MINUTE_MS)
  const missing = world.ana.messages().filter(({ text }) => text?.includes('has been seen'))
  expect(missing).toHaveLength(1)
  expect(missing[0]?.text).toContain(`€5.00 for order #${placed.id} has been seen; €10.00 is still missing.`)
  expect(missing[0]?.buttons[0]).toEqual(['Pay €10.00'])
  await world.pass(HOUR_MS)
  expect(charges(world, placed)).toEqual([{ amount_minor: 500, state: 'open', trouble: 'too_little' }])
  expect(lastWords(world.olga)).toContain('€5.00')
  world.btcpay.invoices.receive(id, '10.00')
  world.btcpay.invoices.confirm(id)
  await world.settled()
  expect(charges(world, placed).map(({ amount_minor }) => amount_minor)).toEqual([500, 1000])
  expect(charges(world, placed).every(({ state }) => state === 'open')).toBe(true)
})

test('too much counts for the order, and the surplus waits for a decision', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  world.btcpay.invoices.receive(id, '20.00')
  world.btcpay.invoices.confirm(id)
  await world.settled()
  expect(now(world, placed)).toMatchObject({ payment: 'paid', charged_minor: 2000 })
  expect(charges(world, placed)).toEqual([{ amount_minor: 2000, state: 'applied', trouble: 'too_much' }])
})

test('a second payment to a paid invoice is money that came twice', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  world.btcpay.invoices.receive(id)
  world.btcpay.invoices.confirm(id)
  await world.settled()
  world.btcpay.invoices.receive(id, '15.00')
  world.btcpay.invoices.confirm(id)
  await world.settled()
  expect(charges(world, placed)).toEqual([PAID, { amount_minor: 1500, state: 'open', trouble: 'paid_twice' }])
})

test.each([
  { what: 'expired', trouble: 'after_expiry' },
  { what: 'cancelled', trouble: 'after_cancel' },
])('money for an order that is $what is kept, and the owner decides', async ({ what, trouble }) => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  if (what === 'cancelled') {
    const actor = { kind: 'customer', id: placed.person_id, name: 'Ana', source: 'chat' } as const
    world.chat.shop.write((work) =>
      takeStep(work, { orderId: placed.id, step: 'cancel', version: placed.version, actor }),
    )
  }
  await world.pass(HOUR_MS)
  expireOrders(world.chat.shop)
  await world.settled()
  // No word of it reaches the shop: looking finds it all the same.
  world.btcpay.webhooks.hold()
  world.btcpay.invoices.receive(id, '15.00')
  world.btcpay.invoices.confirm(id)
  world.btcpay.webhooks.lose()
  await world.pass(10 * MINUTE_MS)
  expect(charges(world, placed)).toEqual([{ amount_minor: 1500, state: 'open', trouble }])
  expect(now(world, placed).fulfilment).toBe('cancelled')
  expect(listMoneyMatters(world.chat.shop.db, 10)).toHaveLength(1)
})

test('a payment that is never confirmed fails, and the customer tries again', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const first = invoiceOf(world, placed)
  world.btcpay.invoices.receive(first.id)
  await world.settled()
  world.btcpay.invoices.invalidate(first.id)
  await world.settled()
  expect(now(world, placed)).toMatchObject({ payment: 'failed', stage: 'unpaid' })
  expect(lastWords(world.olga)).toContain('The payment was never confirmed.')
  await world.pass(2_000)
  const failed = existing(world.ana.messages().findLast(({ text }) => text?.includes('did not work')))
  await world.chat.tap(world.ana, 'Pay €15.00', failed.id)
  await world.settled()
  const second = invoiceOf(world, placed)
  expect(second.id).not.toBe(first.id)
  world.btcpay.invoices.receive(second.id)
  world.btcpay.invoices.confirm(second.id)
  await world.settled()
  expect(now(world, placed).payment).toBe('paid')
  expect(charges(world, placed)).toEqual([PAID])
})

test('what the owner marks as settled by hand is paid', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  world.btcpay.invoices.mark(invoiceOf(world, placed).id, 'Settled')
  await world.settled()
  expect(now(world, placed).payment).toBe('paid')
})

test('webhooks that come twice, again under another name, or in the wrong order change nothing', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { webhooks, invoices } = world.btcpay
  const { id } = invoiceOf(world, placed)
  webhooks.hold()
  invoices.receive(id)
  invoices.confirm(id)
  const told = webhooks.waiting()
  webhooks.lose()
  expect(told.map(({ type }) => type)).toEqual([
    'InvoiceReceivedPayment',
    'InvoiceProcessing',
    'InvoicePaymentSettled',
    'InvoiceSettled',
  ])
  const before = messagesIn(world).length
  for (const delivery of told.toReversed()) {
    expect(await webhooks.send(delivery)).toBe(200)
    expect(await webhooks.send(delivery)).toBe(200)
    expect(await webhooks.send(redeliveryOf(delivery))).toBe(200)
    await world.settled()
  }
  expect(messagesIn(world)).toHaveLength(before + told.length)
  expect(messagesIn(world).every(({ done_at }) => done_at !== null)).toBe(true)
  expect(charges(world, placed)).toEqual([PAID])
  expect(eventsOf(world, placed)).toEqual(['placed', 'payment_asked', 'paid'])
})

test('lost webhooks lose nothing: open invoices are looked at', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  world.btcpay.webhooks.hold()
  world.btcpay.invoices.receive(id)
  await world.pass(MINUTE_MS)
  expect(eventsOf(world, placed)).toContain('payment_seen')
  world.btcpay.invoices.confirm(id)
  await world.pass(MINUTE_MS)
  expect(now(world, placed).payment).toBe('paid')
  await world.pass(MINUTE_MS)
  expect(eventsOf(world, placed)).toEqual(['placed', 'payment_asked', 'payment_seen', 'paid'])
})

test('a webhook with a wrong signature, or none, is refused and nothing is stored', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { webhooks, invoices } = world.btcpay
  webhooks.hold()
  invoices.receive(invoiceOf(world, placed).id)
  const delivery = existing(webhooks.waiting()[0])
  const before = messagesIn(world).length
  const wrong = [
    '',
    'sha256=',
    `sha256=${'0'.repeat(64)}`,
    webhooks.sign(`${delivery.body} `),
    webhooks.sign(delivery.body).replace('sha256=', ''),
    webhooks.sign(delivery.body).toUpperCase(),
  ]
  for (const signature of wrong) expect(await webhooks.send(delivery, signature)).toBe(401)
  expect(messagesIn(world)).toHaveLength(before)
  const noDelivery = { ...delivery, body: '{"type":"InvoiceSettled"}' }
  expect(await webhooks.send(noDelivery)).toBe(400)
  const tooMuch = { ...delivery, body: JSON.stringify({ deliveryId: 'x', padding: 'x'.repeat(300_000) }) }
  expect(await webhooks.send(tooMuch)).toBe(400)
  expect(messagesIn(world)).toHaveLength(before)
})

test('an invoice the shop knows nothing of is answered 200; money on it goes to the owner', async () => {
  const world = await openWithBtcpay()
  const { invoices, webhooks } = world.btcpay
  const made = {
    amount: '7.00',
    currency: 'EUR',
    checkout: {},
    expirationMinutes: 60,
    monitoringMinutes: 1440,
  }
  const stranger = invoices.create({ ...made, metadata: { orderId: '1' } })
  await world.settled()
  expect(listMoneyMatters(world.chat.shop.db, 10)).toEqual([])
  invoices.receive(stranger.id)
  invoices.confirm(stranger.id)
  await world.settled()
  expect(webhooks.answers().every(({ status }) => status === 200)).toBe(true)
  expect(listMoneyMatters(world.chat.shop.db, 10)).toMatchObject([
    { trouble: 'unknown_order', amount_minor: 700, order_id: null },
  ])
  expect(lastWords(world.olga)).toContain('nobody knows for which order it is')
})

// A store takes invoices in coins, too: none of that may be lost, or keep the shop from looking at the rest.
test.each([
  ['BTC', '0.042', 4_200_000, /0\.042\sBTC/],
  ['SATS', '42000', 42_000, /42,000\sSATS/],
  ['USDT', '7.5', 750_000_000, /7\.5\sUSDT/],
])(
  'money in %s, which is of no country, is kept, told, and compared',
  async (currency, amount, minor, words) => {
    const world = await openWithBtcpay()
    const { invoices } = world.btcpay
    const checkout = { checkout: {}, expirationMinutes: 60, monitoringMinutes: 1440 }
    const stranger = invoices.create({ amount, currency, metadata: { orderId: 7 }, ...checkout })
    invoices.receive(stranger.id)
    invoices.confirm(stranger.id)
    await world.settled()
    expect(listMoneyMatters(world.chat.shop.db, 10)).toMatchObject([
      { trouble: 'unknown_order', amount_minor: minor, currency },
    ])
    expect(lastWords(world.olga)).toMatch(words)
    await world.pass(2 * HOUR_MS)
    world.chat.shop.write((work) => askForCheck(work))
    await checkBooks(world.chat.shop)
    const { figures } = existing(findLastCheck(world.chat.shop.db))
    expect(JSON.parse(figures)).toContainEqual({ source: 'btcpay', rows: 1, trouble: null })
    expect(countDifferences(world.chat.shop.db)).toBe(0)
  },
)

test('a webhook is not believed: it says settled, the invoice does not', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { webhooks } = world.btcpay
  const said = {
    deliveryId: 'made-up',
    type: 'InvoiceSettled',
    invoiceId: invoiceOf(world, placed).id,
    overPaid: true,
  }
  const body = JSON.stringify(said)
  const delivery = {
    deliveryId: 'made-up',
    originalDeliveryId: 'made-up',
    isRedelivery: false,
    type: said.type,
    body,
  }
  expect(await webhooks.send(delivery)).toBe(200)
  await world.settled()
  expect(now(world, placed).payment).toBe('pending')
})

test.each([HOUR_MS, -HOUR_MS])('clocks that differ by %d ms spoil nothing', async (skewMs) => {
  const world = await openWithBtcpay({ skewMs })
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  // A minute later, at the look, the order must still have time.
  await world.pass(58 * MINUTE_MS)
  expireOrders(world.chat.shop)
  expect(now(world, placed).fulfilment).toBe('placed')
  world.btcpay.webhooks.hold()
  world.btcpay.invoices.receive(id)
  world.btcpay.invoices.confirm(id)
  await world.pass(MINUTE_MS)
  expect(now(world, placed).payment).toBe('paid')
  // Until its own watch ends, a further payment is found, however its clock stands.
  await world.pass(DAY_MS - 2 * HOUR_MS)
  world.btcpay.invoices.receive(id, '15.00')
  world.btcpay.invoices.confirm(id)
  await world.pass(HOUR_MS)
  expect(charges(world, placed)).toHaveLength(2)
})

test('while BTCPay Server is down orders are taken, and the link comes later', async () => {
  const world = await openWithBtcpay()
  world.btcpay.faults.answerNext({ call: 'GET /invoices', count: 5, with: 'cut' })
  world.btcpay.faults.answerNext({ call: 'POST /invoices', with: 503 })
  const placed = await order(world)
  expect(world.btcpay.invoices.all()).toEqual([])
  for (let minute = 0; minute < 8; minute += 1) await world.pass(MINUTE_MS)
  expect(world.btcpay.invoices.all()).toHaveLength(1)
  expect(lastWords(world.ana)).toContain('€15.00 to pay')
  expect(eventsOf(world, placed)).toEqual(['placed', 'payment_asked'])
})

test('an answer that is lost makes no second invoice', async () => {
  const world = await openWithBtcpay()
  world.btcpay.faults.answerNext({ call: 'POST /invoices', with: 'answer-lost' })
  const placed = await order(world)
  const made = world.btcpay.calls().filter((call) => call.startsWith('POST'))
  expect(made).toEqual(['POST /stores/sandboxStore/invoices answer-lost'])
  expect(world.btcpay.invoices.all()).toHaveLength(1)
  expect(listPaymentRequests(world.chat.shop.db, placed.id)).toMatchObject([{ state: 'open', attempts: 0 }])
})

test('a refused invoice fails the payment at once, and staff read why', async () => {
  const world = await openWithBtcpay()
  const body = '[{"path":"currency","message":"The currency is not supported"}]'
  world.btcpay.faults.answerNext({ call: 'POST /invoices', with: 422, body })
  const placed = await order(world)
  expect(now(world, placed).payment).toBe('failed')
  expect(lastWords(world.olga)).toContain('The currency is not supported')
  expect(lastWords(world.ana)).toContain('did not work')
})

test('BTCPay Server down while webhooks come: they are stored, and acted upon when it is back', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  world.btcpay.faults.answerNext({ count: 3, with: 500 })
  world.btcpay.invoices.receive(id)
  world.btcpay.invoices.confirm(id)
  await world.settled()
  expect(now(world, placed).payment).toBe('pending')
  for (let minute = 0; minute < 8; minute += 1) await world.pass(MINUTE_MS)
  expect(now(world, placed).payment).toBe('paid')
  expect(charges(world, placed)).toEqual([PAID])
})

test('a shop that was down is told again, or looks itself', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  world.btcpay.webhooks.target('http://127.0.0.1:9/webhooks/btcpay')
  world.btcpay.invoices.receive(id)
  world.btcpay.invoices.confirm(id)
  await world.btcpay.webhooks.idle()
  expect(now(world, placed).payment).toBe('pending')
  await world.restart()
  await world.pass(MINUTE_MS)
  expect(now(world, placed).payment).toBe('paid')
})

test('a crash between storing and applying, of a message or of a charge, is made good at the next start', async () => {
  const world = await openWithBtcpay()
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  const { chat, btcpay } = world
  btcpay.webhooks.hold()
  btcpay.invoices.receive(id)
  btcpay.invoices.confirm(id)
  const settledMessage = existing(btcpay.webhooks.waiting().at(-1))
  btcpay.webhooks.lose()
  // What a dead process leaves: the message is stored and nobody has read it; the charge is stored and not applied.
  chat.shop.write(({ tx, now: at }) => {
    const row = {
      provider: 'btcpay',
      key: 'left',
      body: settledMessage.body,
      received_at: at,
      check_at: at,
    } as const
    tx.run(sql.insertInto('provider_messages').values(row))
  })
  chat.shop.write((work) =>
    storeCharge(work, {
      provider: 'btcpay',
      reference: id,
      orderId: placed.id,
      personId: placed.person_id,
      amountMinor: 1500,
      currency: 'EUR',
      orderMinor: 1500,
      at: work.now,
      raw: '{}',
    }),
  )
  await world.restart()
  expect(now(world, placed).payment).toBe('paid')
  expect(charges(world, placed)).toEqual([PAID])
  expect(messagesIn(world).every(({ done_at }) => done_at !== null)).toBe(true)
})

async function paidOrder(world: World): Promise<OrderRow> {
  const placed = await order(world)
  const { id } = invoiceOf(world, placed)
  world.btcpay.invoices.receive(id)
  world.btcpay.invoices.confirm(id)
  await world.settled()
  return now(world, placed)
}

async function refund(world: World, { id, version }: OrderRow, amountMinor: number): Promise<void> {
  const { shop } = world.chat
  const olga = existing(findPersonByTelegramId(shop.db, world.olga.id))
  const actor = { kind: 'staff', id: olga.id, name: 'Olga', source: 'panel', role: 'owner' } as const
  shop.write((work) => refundOrder(work, { orderId: id, version, amountMinor, actor, reason: 'A crack' }))
  await world.settled()
}

function refunds({ chat }: World, { id }: OrderRow) {
  return listEntriesOfOrder(chat.shop.db, id)
    .filter(({ kind }) => kind === 'refund')
    .map(({ amount_minor, state }) => ({ amount_minor, state }))
}

test('a refund is offered with a link, and done once the customer has claimed it', async () => {
  const world = await openWithBtcpay()
  const paid = await paidOrder(world)
  await refund(world, paid, 500)
  expect(refunds(world, paid)).toEqual([{ amount_minor: 500, state: 'offered' }])
  const [pull] = world.btcpay.pullPayments.all()
  expect(pull).toMatchObject({ amount: '5.00', currency: 'EUR', name: `Refund of order #${paid.id}` })
  for (let second = 0; second < 5; second += 1) await world.pass(1_100)
  const offer = existing(world.ana.messages().findLast(({ text }) => text?.includes('€5.00')))
  expect(offer.buttons.flat()).toContain('Claim the money')
  await world.pass(6 * MINUTE_MS)
  expect(now(world, paid).payment).toBe('paid')
  world.btcpay.pullPayments.claim(existing(pull).id)
  await world.settled()
  expect(refunds(world, paid)).toEqual([{ amount_minor: 500, state: 'offered' }])
  world.btcpay.pullPayments.complete(existing(pull).id)
  await world.settled()
  expect(refunds(world, paid)).toEqual([{ amount_minor: 500, state: 'done' }])
  expect(now(world, paid)).toMatchObject({ payment: 'partly_refunded', refunded_minor: 500 })
})

test('a refund whose answer is lost is offered once', async () => {
  const world = await openWithBtcpay()
  const paid = await paidOrder(world)
  world.btcpay.faults.answerNext({ call: 'POST /refund', with: 'answer-lost' })
  await refund(world, paid, 1500)
  await world.restart()
  for (let minute = 0; minute < 4; minute += 1) await world.pass(MINUTE_MS)
  expect(world.btcpay.pullPayments.all()).toHaveLength(1)
  expect(refunds(world, paid)).toEqual([{ amount_minor: 1500, state: 'offered' }])
})

test('an offer that is ended unclaimed moves nothing, and the owner decides', async () => {
  const world = await openWithBtcpay()
  const paid = await paidOrder(world)
  await refund(world, paid, 1500)
  const [pull] = world.btcpay.pullPayments.all()
  world.btcpay.pullPayments.archive(existing(pull).id)
  await world.pass(6 * MINUTE_MS)
  expect(refunds(world, paid)).toEqual([{ amount_minor: 1500, state: 'failed' }])
  expect(now(world, paid)).toMatchObject({ payment: 'paid', refunded_minor: 0 })
})

test('what BTCPay Server knows is what the ledger says', async () => {
  const world = await openWithBtcpay()
  const paid = await paidOrder(world)
  world.btcpay.invoices.receive(invoiceOf(world, paid).id, '2.50')
  world.btcpay.invoices.confirm(invoiceOf(world, paid).id)
  await world.settled()
  await refund(world, now(world, paid), 500)
  const [pull] = world.btcpay.pullPayments.all()
  // Nobody hears of it: looking finds it all the same.
  world.btcpay.webhooks.hold()
  world.btcpay.pullPayments.claim(existing(pull).id)
  world.btcpay.pullPayments.complete(existing(pull).id)
  await world.pass(6 * MINUTE_MS)
  const list = existing(world.chat.shop.providers.get('btcpay')?.online?.list)
  const entries = await list(world.chat.clock.now() - DAY_MS)
  expect(entries.map(({ kind, amountMinor }) => ({ kind, amountMinor }))).toEqual([
    { kind: 'charge', amountMinor: 1750 },
    { kind: 'refund', amountMinor: 500 },
  ])
  await world.pass(HOUR_MS)
  world.chat.shop.write((work) => askForCheck(work))
  await checkBooks(world.chat.shop)
  expect(countDifferences(world.chat.shop.db)).toBe(0)
})

test('the key and the secret are nowhere but where they belong', async () => {
  const world = await openWithBtcpay()
  world.btcpay.faults.answerNext({ call: 'POST /invoices', with: 401 })
  const placed = await order(world)
  expect(now(world, placed).payment).toBe('failed')
  const { BTCPAY_API_KEY: key, BTCPAY_WEBHOOK_SECRET: secret } = world.btcpay.settings
  const { db } = world.chat.shop
  const tables = ['events', 'notices', 'payment_requests', 'provider_messages', 'ledger'] as const
  const stored = JSON.stringify(tables.map((table) => db.all(sql.selectFrom(table).selectAll())))
  for (const word of [key, secret]) expect(stored).not.toContain(word)
})
