import { expect, test } from 'vitest'
import type { FaultKind } from '../../sandbox/telegram/faults.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { listNoticesOfOrder } from '../../src/db/proof.ts'
import type { StepName } from '../../src/shop/orders/machine.ts'
import { takeStep } from '../../src/shop/orders/take-step.ts'
import { openTestShop, type TestChat } from '../flows/open-test-shop.ts'
import { existing, givenOrder, givenStaff } from '../given.ts'
import { noticesTo } from './told.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const STEPS: StepName[] = ['accept', 'pack', 'dispatch', 'deliver']
const WORDS = ['order_received', 'order_accepted', 'order_packing', 'order_dispatched', 'order_delivered']
const MINUTE_MS = 60_000

/** A customer with an order whose notices have not left, and the staff to move it. */
async function givenCustomer(chat: TestChat) {
  const ana = chat.telegram.person(ANA)
  await chat.say(ana, '/start')
  const olga = givenStaff(chat.shop)
  const person = existing(findPersonByTelegramId(chat.shop.db, ANA.id))
  return { ana, olga, person }
}

function takeSteps(chat: TestChat, olga: ReturnType<typeof givenStaff>, orderId: number): void {
  STEPS.forEach((step, i) => {
    chat.shop.write((work) =>
      takeStep(work, { orderId, step, version: i + 1, actor: olga, noTracking: true }),
    )
  })
}

function customerFates(chat: TestChat, orderId: number, personId: number): string[] {
  return listNoticesOfOrder(chat.shop.db, orderId)
    .filter((notice) => notice.person_id === personId)
    .map((notice) => notice.state)
}

test.each<FaultKind>([429, 500, 502, 'cut', 'cut-after-applying'])(
  'Telegram answers %s to every second message: all arrive, in order',
  async (kind) => {
    const chat = await openTestShop({ UNDO_SECONDS: '0' })
    const { ana, olga, person } = await givenCustomer(chat)
    const order = givenOrder(chat.shop, { person })
    takeSteps(chat, olga, order.id)
    for (let minute = 0; minute < 15; minute++) {
      if (minute < 5)
        chat.telegram.faults.answerNext({ method: 'sendMessage', chatId: 501, with: kind, retryAfter: 3 })
      await chat.pass(MINUTE_MS)
    }
    expect(chat.telegram.calls('sendMessage').filter((call) => call.fault).length).toBeGreaterThan(3)
    const told = noticesTo(ana).map((notice) => notice.kind)
    expect([...new Set(told)]).toEqual(WORDS)
    if (kind !== 'cut-after-applying') expect(told).toEqual(WORDS)
    expect(new Set(customerFates(chat, order.id, person.id))).toEqual(new Set(['sent']))
  },
)

test('a message that hangs is tried again; nobody else waits for it', async () => {
  const chat = await openTestShop({ UNDO_SECONDS: '0' })
  const { ana, olga, person } = await givenCustomer(chat)
  const bo = chat.telegram.person({ id: 502, firstName: 'Bo', languageCode: 'en' })
  await chat.say(bo, '/start')
  const other = existing(findPersonByTelegramId(chat.shop.db, 502))
  const mine = givenOrder(chat.shop, { person })
  chat.telegram.faults.answerNext({ method: 'sendMessage', chatId: 501, with: 'timeout' })
  takeSteps(chat, olga, mine.id)
  const theirs = givenOrder(chat.shop, { person: other })
  await bo.sees(new RegExp(`Order #${theirs.id}`))
  expect(noticesTo(ana)).toEqual([])
  chat.telegram.faults.clear()
  for (let i = 0; i < 10; i++) await chat.pass(MINUTE_MS)
  expect(noticesTo(ana).map((notice) => notice.kind)).toEqual(WORDS)
})

test('a customer who blocked the bot: dead letter, mark on the person, an event; others go on', async () => {
  const chat = await openTestShop({ UNDO_SECONDS: '0' })
  const { ana, olga, person } = await givenCustomer(chat)
  ana.block()
  await chat.settled()
  const order = givenOrder(chat.shop, { person })
  takeSteps(chat, olga, order.id)
  await chat.pass(MINUTE_MS)
  const notices = listNoticesOfOrder(chat.shop.db, order.id).filter((one) => one.person_id === person.id)
  expect(notices.map((one) => one.state)).toEqual(WORDS.map(() => 'dead'))
  expect(notices.every((one) => one.last_error?.includes('blocked'))).toBe(true)
  expect(findPersonByTelegramId(chat.shop.db, 501)?.reach).toBe('blocked')
})

test('the clock jumps an hour ahead and an hour back: everything arrives once, in order', async () => {
  const chat = await openTestShop({ UNDO_SECONDS: '5' })
  const { ana, olga, person } = await givenCustomer(chat)
  const order = givenOrder(chat.shop, { person })
  const now = chat.clock.now
  takeSteps(chat, olga, order.id)
  await chat.pass(60 * MINUTE_MS)
  chat.clock.now = () => now() - 60 * MINUTE_MS
  await chat.settled()
  const later = givenOrder(chat.shop, { person })
  takeSteps(chat, olga, later.id)
  for (let i = 0; i < 70; i++) await chat.pass(MINUTE_MS)
  for (const { id } of [order, later]) {
    const told = noticesTo(ana).filter((notice) => notice.orderId === id)
    expect(told.map((notice) => notice.kind)).toEqual(WORDS)
  }
})
