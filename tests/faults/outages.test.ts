import { expect, onTestFinished, test } from 'vitest'
import { quantile } from '../../bench/measure.ts'
import type { MailFault } from '../../sandbox/mail/faults.ts'
import type { PushFault } from '../../sandbox/push/push-faults.ts'
import { startPushService } from '../../sandbox/push/push-service.ts'
import type { FaultKind } from '../../sandbox/telegram/faults.ts'
import { findDevice } from '../../src/db/devices.ts'
import type { NoticeRow } from '../../src/db/notices.ts'
import type { PersonRow } from '../../src/db/people.ts'
import { listNoticesOfOrder } from '../../src/db/proof.ts'
import { sql } from '../../src/db/statement.ts'
import { settableClock } from '../../src/lib/clock.ts'
import type { StepName } from '../../src/shop/orders/machine.ts'
import { placeOrder } from '../../src/shop/orders/place-order.ts'
import { takeStep } from '../../src/shop/orders/take-step.ts'
import { givenCheckout, givenOrder, givenVariant, step } from '../given.ts'
import { openThreeChannels, type ThreeChannels } from './three-channels.ts'
import { noticesTo } from './told.ts'
import { until } from './until.ts'

const MINUTE_MS = 60_000
const WORDS = ['order_received', 'order_accepted', 'order_packing', 'order_dispatched', 'order_delivered']
const SUBJECTS = ['Order #', 'accepted', 'packed', 'on its way', 'arrived']

/** Two customers with mail, an owner and a packer with a device each. */
async function givenPeople() {
  const channels = await openThreeChannels()
  const olga = channels.staff(701, 'owner')
  const pia = channels.staff(702, 'packer')
  const devices = [channels.device(olga.id), channels.device(pia.id)]
  const customers = [501, 502].map((id) => channels.customer(id, `p${id}@example.com`))
  const variantId = givenVariant(channels.shop, 1_000)
  return { ...channels, channels, olga, pia, devices, customers, variantId }
}

type People = Awaited<ReturnType<typeof givenPeople>>

/** An order of each customer goes its whole way during the outage, a step every minute. */
async function liveThrough(people: People): Promise<number[]> {
  const { channels, customers, variantId, pia } = people
  const orders: number[] = []
  const place = (person: PersonRow) => {
    const command = givenCheckout(channels.shop, { person, variantId })
    orders.push(channels.write((work) => placeOrder(work, command)).id)
  }
  const STEP: StepName[] = ['accept', 'pack', 'dispatch', 'deliver']
  for (const customer of customers) place(customer)
  for (const [i, name] of STEP.entries()) {
    await channels.pass(2 * MINUTE_MS, 4_000)
    for (const orderId of orders)
      channels.write((work) =>
        takeStep(work, { orderId, step: name, version: i + 1, actor: pia, noTracking: true }),
      )
  }
  await channels.pass(2 * MINUTE_MS, 4_000)
  return orders
}

/** The number of the order that a push announces as new. */
function newOrderIn(payload: unknown): number | undefined {
  const { notification } = payload as { notification: { title: string } }
  const number = /^New order #(\d+)$/.exec(notification.title)?.[1]
  return number === undefined ? undefined : Number(number)
}

function noticesOf({ channels }: People, orders: number[], channel: NoticeRow['channel']) {
  return orders
    .flatMap((id) => listNoticesOfOrder(channels.shop.db, id))
    .filter((one) => one.channel === channel)
}

const BROKEN: Record<string, (channels: ThreeChannels) => void> = {
  ...Object.fromEntries(
    ([429, 500, 'timeout', 'cut'] satisfies FaultKind[]).map((kind) => [
      `telegram ${kind}`,
      ({ telegram }: ThreeChannels) =>
        telegram.faults.answerNext({ with: kind, count: 100_000, retryAfter: 20 }),
    ]),
  ),
  ...Object.fromEntries(
    ([429, 503, 'timeout', 'cut'] satisfies PushFault['with'][]).map((kind) => [
      `push ${kind}`,
      ({ push }: ThreeChannels) => push.faults.answerNext({ with: kind, count: 100_000, retryAfter: 20 }),
    ]),
  ),
  ...Object.fromEntries(
    ([421, 450, 'timeout', 'cut'] satisfies MailFault[]).map((kind) => [
      `mail ${kind}`,
      ({ mail }: ThreeChannels) => mail.faults.answerNext({ with: kind, count: 100_000 }),
    ]),
  ),
}

test.each(Object.keys(BROKEN))(
  '%s for ten minutes: orders go on, the other channels too, and then everything arrives in order',
  async (name) => {
    const broken = name.split(' ')[0] as NoticeRow['channel']
    const people = await givenPeople()
    const { channels, telegram, push, mail, customers } = people
    BROKEN[name]?.(channels)
    if (name.endsWith('timeout')) channels.hanging.add(broken)
    const orders = await liveThrough(people)
    // Nobody accepts these: they are news still, when the outage is over.
    const person = channels.customer(503)
    const late = [1, 2].map(() => givenOrder(channels.shop, { person, variantId: people.variantId }).id)
    await channels.pass(4_000, 4_000)
    // No write waits for a channel. One or the other may have waited for the machine.
    expect(quantile(channels.writes, 0.5)).toBeLessThan(5_000)
    for (const channel of ['telegram', 'push', 'mail'] as const) {
      const sent = noticesOf(people, orders, channel).filter((one) => one.sent_at !== null)
      if (channel === broken) expect(sent).toEqual([])
      else for (const one of sent) expect((one.sent_at ?? Number.NaN) - one.planned_at).toBeLessThan(5_000)
      if (channel !== broken) expect(sent.length).toBeGreaterThan(0)
    }
    telegram.faults.clear()
    push.faults.clear()
    mail.faults.clear()
    await channels.pass(20_000, 4_000)
    channels.hanging.clear()
    await channels.pass(15 * MINUTE_MS, 5_000)
    for (const { endpoint } of people.devices) {
      const numbers = push.received(endpoint).flatMap(({ payload }) => newOrderIn(payload) ?? [])
      expect(numbers.filter((number) => late.includes(number))).toEqual(late)
    }
    for (const customer of customers) {
      const driver = telegram.person({ id: customer.telegram_id, firstName: customer.name })
      expect(noticesTo(driver).map((one) => one.kind)).toEqual(WORDS)
      const mails = mail.received().filter((one) => one.to === `p${customer.telegram_id}@example.com`)
      expect(mails.map((one) => SUBJECTS.findLast((word) => one.subject.includes(word)))).toEqual(SUBJECTS)
    }
    const unsettled = orders
      .flatMap((id) => listNoticesOfOrder(channels.shop.db, id))
      .filter((one) => one.state !== 'sent' && !(one.state === 'dropped' && one.last_error))
    expect(unsettled).toEqual([])
  },
)

test('a dead push host delays neither another device nor Telegram', async () => {
  const clock = settableClock()
  const dead = await startPushService({ clock })
  onTestFinished(dead.stop)
  dead.faults.answerNext({ with: 'timeout', count: 1_000 })
  const channels = await openThreeChannels({ otherPush: dead, clock })
  const olga = channels.staff(701, 'owner')
  const hanging = channels.device(olga.id, dead)
  channels.hanging.add('push')
  const healthy = channels.device(olga.id)
  for (let i = 0; i < 3; i++) givenOrder(channels.shop, { person: channels.customer(501) })
  await channels.pass(0)
  await channels.push.waitFor(() => channels.push.received(healthy.endpoint).length === 3)
  expect(channels.telegram.calls('sendMessage').filter((one) => one.params.chat_id === 701)).toHaveLength(3)
  await channels.pass(2 * MINUTE_MS, 5_000)
  dead.faults.clear()
  await channels.pass(10_000, 5_000)
  channels.hanging.clear()
  await channels.pass(5 * MINUTE_MS, 5_000)
  expect(dead.received(hanging.endpoint)).toHaveLength(3)
  expect(channels.push.received(healthy.endpoint)).toHaveLength(3)
})

test.each([401, 403])(
  'push answers %s: the owner is told once an hour, without a storm of tries',
  async (status) => {
    const channels = await openThreeChannels()
    const olga = channels.staff(701, 'owner')
    const { endpoint } = channels.device(olga.id)
    channels.push.faults.answerNext({ with: status, count: 10_000 })
    const orders = Array.from({ length: 5 }, () =>
      givenOrder(channels.shop, { person: channels.customer(501) }),
    )
    await channels.pass(50 * MINUTE_MS, 10_000)
    // From a second to ten minutes, doubling: about 15 tries in an hour, whoever waits behind the first.
    expect(channels.push.calls(endpoint).length).toBeLessThan(25)
    const troubles = () =>
      channels.shop.db.all(sql.selectFrom('events').select('id').where('type', '=', 'shop_trouble'))
    expect(troubles()).toHaveLength(1)
    await channels.pass(60 * MINUTE_MS, 10_000)
    expect(troubles()).toHaveLength(2)
    channels.push.faults.clear()
    await channels.pass(15 * MINUTE_MS, 10_000)
    const tags = channels.push.received(endpoint).map((one) => one.topic ?? '')
    expect(tags.filter((tag) => tag.startsWith('order'))).toEqual(orders.map(({ id }) => `order${id}`))
    // Of the trouble, too, now that it can be told there.
    expect(new Set(tags)).toContain('staffshoptrouble')
  },
)

test('a browser that ended its subscription ends the device, drops what waits for it, and its owner is told', async () => {
  const channels = await openThreeChannels()
  const olga = channels.staff(701, 'owner')
  const { endpoint, id } = channels.device(olga.id)
  const person = channels.customer(501)
  channels.push.faults.answerNext({ with: 503 })
  const orders = [givenOrder(channels.shop, { person }), givenOrder(channels.shop, { person })]
  await channels.pass(0)
  channels.push.unsubscribe(endpoint)
  await channels.pass(2_000)
  expect(findDevice(channels.shop.db, id)).toMatchObject({ endpoint: null, p256dh: '', auth: '' })
  const pushes = orders
    .flatMap((order) => listNoticesOfOrder(channels.shop.db, order.id))
    .filter((one) => one.device_id === id)
  expect(pushes.map((one) => one.state)).toEqual(['dead', 'dropped'])
  expect(pushes.every((one) => one.last_error)).toBe(true)
  const told = channels.telegram.calls('sendMessage').filter((one) => one.params.chat_id === 701)
  expect(told.some((one) => String(one.params.text).includes('Pixel 9'))).toBe(true)
  givenOrder(channels.shop, { person })
  await channels.pass(1_000)
  expect(channels.push.calls(endpoint).map((call) => call.answer)).toEqual([503, 410])
})

test('Retry-After holds all pushes to the device, also new ones, and no try is counted', async () => {
  const channels = await openThreeChannels()
  const olga = channels.staff(701, 'owner')
  const { endpoint } = channels.device(olga.id)
  const person = channels.customer(501)
  channels.push.faults.answerNext({ with: 429, retryAfter: 60 })
  const first = givenOrder(channels.shop, { person })
  await channels.pass(20_000, 10_000)
  const second = givenOrder(channels.shop, { person })
  await channels.pass(30_000, 10_000)
  expect(channels.push.calls(endpoint).map((call) => call.answer)).toEqual([429])
  await channels.pass(20_000, 10_000)
  const tags = channels.push.received(endpoint).map((one) => one.topic)
  expect(tags).toEqual([`order${first.id}`, `order${second.id}`])
  const [push] = listNoticesOfOrder(channels.shop.db, first.id).filter((one) => one.channel === 'push')
  expect(push).toMatchObject({ state: 'sent', attempts: 1 })
})

test('an alert that was tried until its time was over is given up, and counted', async () => {
  const channels = await openThreeChannels()
  const olga = channels.staff(701, 'owner')
  const { endpoint } = channels.device(olga.id)
  channels.push.faults.answerNext({ with: 503, count: 10_000 })
  const order = givenOrder(channels.shop, { person: channels.customer(501) })
  await channels.pass(25 * 60 * MINUTE_MS, 10 * MINUTE_MS)
  channels.push.faults.clear()
  await channels.pass(20 * MINUTE_MS, MINUTE_MS)
  const [push] = listNoticesOfOrder(channels.shop.db, order.id).filter((one) => one.channel === 'push')
  expect(push).toMatchObject({ state: 'dead', last_error: '503' })
  expect(channels.push.received(endpoint)).toEqual([])
})

test('a shop that starts while Telegram is away rings and mails meanwhile, with its bot’s name, and then says the rest', async () => {
  const channels = await openThreeChannels()
  const { push, mail, telegram } = channels
  const { endpoint } = channels.device(channels.staff(701, 'manager').id)
  const ana = channels.customer(501, 'ana@example.com')
  telegram.faults.answerNext({ with: 'cut', count: 100 })
  push.faults.answerNext({ with: 503, count: 100 })
  mail.faults.answerNext({ with: 421, count: 100 })
  const order = givenOrder(channels.shop, { person: ana })
  await channels.pass(0)
  push.faults.clear()
  mail.faults.clear()
  expect([...push.received(endpoint), ...mail.received()]).toEqual([])
  await channels.restart({}, async () => {
    await push.waitFor(() => push.received(endpoint).length > 0)
    await until('a mail', () => mail.received().length > 0)
    expect(mail.received()[0]?.text).toContain('https://t.me/littleshop_bot')
  })
  await channels.pass(60_000, 5_000)
  const driver = telegram.person({ id: ana.telegram_id, firstName: ana.name })
  expect(noticesTo(driver).map((one) => one.kind)).toEqual(['order_received'])
  expect(listNoticesOfOrder(channels.shop.db, order.id).map((one) => one.state)).not.toContain('waiting')
})

test('a restart in the middle sends again at once what was on its way; a channel that is switched off drops its rows', async () => {
  const channels = await openThreeChannels()
  const olga = channels.staff(701, 'owner')
  const { endpoint } = channels.device(olga.id)
  const person = channels.customer(501, 'p501@example.com')
  const order = givenOrder(channels.shop, { person })
  await channels.pass(1_000)
  channels.telegram.faults.answerNext({ with: 'timeout', count: 1_000 })
  step(channels.shop, olga, order, 'accept')
  channels.push.faults.answerNext({ with: 'timeout', count: 1_000 })
  channels.mail.faults.answerNext({ with: 'timeout', count: 1_000 })
  const other = givenOrder(channels.shop, { person })
  for (const channel of ['telegram', 'push', 'mail'] as const) channels.hanging.add(channel)
  await channels.pass(0)
  const states = () => listNoticesOfOrder(channels.shop.db, other.id).map((one) => one.state)
  expect(new Set(states())).toEqual(new Set(['sending', 'waiting']))
  await channels.restart({
    SMTP_URL: '',
    MAIL_FROM: '',
    VAPID_PUBLIC_KEY: '',
    VAPID_PRIVATE_KEY: '',
    VAPID_SUBJECT: '',
  })
  await channels.pass(60_000, 1_000)
  const rows = [order, other].flatMap(({ id }) => listNoticesOfOrder(channels.shop.db, id))
  const late = rows.filter((one) => one.channel !== 'telegram' && one.sent_at === null)
  expect(late.length).toBeGreaterThan(1)
  expect(new Set(late.map((one) => `${one.channel} ${one.state} ${one.last_error}`))).toEqual(
    new Set(['mail dropped e-mail is switched off', 'push dropped web push is switched off']),
  )
  expect(rows.filter((one) => one.channel === 'telegram' && one.state !== 'sent')).toEqual([])
  expect(channels.push.received(endpoint)).toHaveLength(1)
})
