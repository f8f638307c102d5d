import { expect, test } from 'vitest'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { listEvents, listEventsAfter } from '../../src/db/events.ts'
import { findOrder } from '../../src/db/orders.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { listStaffGroups } from '../../src/db/staff-groups.ts'
import { chaseOrders } from '../../src/shop/escalation/chase-orders.ts'
import { writeMessage } from '../../src/shop/orders/write-message.ts'
import { existing, givenOrder, givenPerson, givenStaff, givenVariant, step } from '../given.ts'
import { openTestShop, type TestChat, wordsOn } from './open-test-shop.ts'

const GROUP = -1001
const chat = GROUP

async function givenGroup(options: { forum?: boolean; flood?: boolean } = {}) {
  const shop = await openTestShop({}, options.flood ?? false)
  const olga = shop.staff(901, 'owner')
  const pete = shop.staff(902, 'packer', 'Pete')
  const eve = shop.telegram.person({ id: 666, firstName: 'Eve', languageCode: 'en' })
  const members = [901, 902, 666]
  const group = shop.telegram.group({ id: GROUP, title: 'Desk', members, forum: options.forum ?? false })
  return { ...shop, test: shop, olga, pete, eve, group }
}

type Given = Awaited<ReturnType<typeof givenGroup>>

async function says(given: Given, person: PersonDriver, text: string, topic?: number): Promise<string> {
  await person.send(text, { chat, ...(topic && { topic }) })
  await given.settled()
  return existing(person.screen({ chat })?.text)
}

/** An order that nobody placed in the chat: its customer was never there. */
async function placed(test: TestChat): Promise<number> {
  const { id } = givenOrder(test.shop, { person: givenPerson(test.shop, 'Ana'), variantId: test.goods.mug })
  await test.settled()
  return id
}

function telegramStranger({ telegram, group }: Given): PersonDriver {
  group.members.add(777)
  return telegram.person({ id: 777, firstName: 'Sam', languageCode: 'en' })
}

function cardsIn(given: Given) {
  return given.olga.messages({ chat }).filter((message) => message.from === 'bot')
}

test('an owner or manager has a group told with /alerts, and ends it the same way; nobody else does', async () => {
  const given = await givenGroup()
  expect(await says(given, given.eve, '/alerts')).toContain('Only owners and managers')
  expect(await says(given, given.pete, '/alerts')).toContain('Only owners and managers')
  expect(listStaffGroups(given.test.shop.db)).toEqual([])
  expect(await says(given, given.olga, '/alerts')).toContain('told of orders from now on')
  const id = await placed(given.test)
  await given.olga.sees(`Order #${id}`, { chat })
  expect(await says(given, given.olga, '/alerts')).toContain('no more')
  const before = cardsIn(given).length
  await placed(given.test)
  expect(cardsIn(given)).toHaveLength(before)
  await says(given, telegramStranger(given), 'just chatting')
  expect(findPersonByTelegramId(given.test.shop.db, 777)).toBeUndefined()
  // Eve's reach is unknown: what she does in a group says nothing of her own chat.
  expect(findPersonByTelegramId(given.test.shop.db, 666)?.reach).toBe('unknown')
})

test('in a group with topics the one is told in which it was asked', async () => {
  const given = await givenGroup({ forum: true })
  given.group.topics?.set(7, { name: 'Orders', closed: false } as never)
  expect(await says(given, given.olga, '/alerts', 7)).toContain('from now on')
  const id = await placed(given.test)
  const card = await given.olga.sees(`Order #${id}`, { chat })
  expect(card.topic).toBe(7)
})

test('a topic that is deleted is told no more, and the owner reads why; the other topics go on', async () => {
  const given = await givenGroup({ forum: true })
  const { test, olga, group } = given
  const topics = existing(group.topics)
  topics.set(7, { name: 'Orders', closed: false } as never)
  topics.set(8, { name: 'Kitchen', closed: false } as never)
  await says(given, olga, '/alerts', 7)
  await says(given, olga, '/alerts', 8)
  await test.say(olga, '/start')
  topics.delete(7)
  const id = await placed(test)
  await olga.sees(`Desk could not be told about order #${id} by Telegram: the topic is gone`)
  expect(listStaffGroups(test.shop.db).map((one) => one.thread_id)).toEqual([8])
  expect(listEventsAfter(test.shop.db, 0, 500).some((event) => event.type === 'group_ended')).toBe(true)
  expect((await olga.sees(`Order #${id}`, { chat })).topic).toBe(8)
})

test('buttons work in a group by who presses them, and the card is edited in place', async () => {
  const given = await givenGroup()
  const { test, olga, pete, eve } = given
  await says(given, olga, '/alerts')
  const id = await placed(test)
  const card = await olga.sees(`Order #${id}`, { chat })
  const press = async (person: PersonDriver, label: string) => {
    const { text } = await person.press(label, { chat, messageId: card.id })
    await test.settled()
    return text
  }
  expect(await press(eve, 'Accept')).toContain('for the staff')
  expect(await press(pete, 'Cancel')).toContain('Your role')
  const before = cardsIn(given).length
  expect(await press(pete, 'Accept')).toBe(`Order #${id} is accepted.`)
  expect(existing(findOrder(test.shop.db, id))).toMatchObject({ fulfilment: 'accepted' })
  expect(cardsIn(given)).toHaveLength(before)
  expect((await olga.sees(/Accepted · Pete/, { chat })).id).toBe(card.id)
})

test('what takes words is asked in the own chat of who pressed, where the bot may write there', async () => {
  const given = await givenGroup()
  const { test, olga, pete } = given
  await test.say(olga, '/start')
  await says(given, olga, '/alerts')
  const id = await placed(test)
  const card = await olga.sees(`Order #${id}`, { chat })
  for (const label of ['Accept', 'Start packing']) {
    await olga.press(label, { chat, messageId: card.id })
    await test.pass(6_000)
  }
  const refused = await pete.press('Dispatch', { chat, messageId: card.id })
  expect(refused).toMatchObject({ alert: true, text: expect.stringContaining('press Start') })
  const { text } = await olga.press('Dispatch', { chat, messageId: card.id })
  expect(text).toBe('I asked you in our own chat.')
  await test.settled()
  expect(wordsOn(test.shop, olga)).toContain(`Tracking number for order #${id}?`)
  // A word in the group is no answer.
  await olga.send('hello all', { chat })
  await test.settled()
  expect(findOrder(test.shop.db, id)?.fulfilment).toBe('packing')
  await test.say(olga, 'RR123')
  expect(findOrder(test.shop.db, id)).toMatchObject({ fulfilment: 'dispatched', tracking_number: 'RR123' })
  expect(findPersonByTelegramId(test.shop.db, 902)?.reach).not.toBe('blocked')
})

test('a paid order cancelled from the group asks about its money first, and nobody gets past that', async () => {
  const given = await givenGroup()
  const { test, olga } = given
  await test.say(olga, '/start')
  await says(given, olga, '/alerts')
  const ana = givenPerson(test.shop, 'Ana')
  const order = givenOrder(test.shop, { person: ana, payment: 'bank_transfer', variantId: test.goods.mug })
  const max = givenStaff(test.shop, 'manager', 'Max')
  const { version } = step(test.shop, max, order, 'mark_paid')
  await test.settled()
  await test.pass(6_000)
  const card = await olga.sees(`Order #${order.id}`, { chat })
  await olga.press('Cancel order', { chat, messageId: card.id })
  await test.settled()
  expect(wordsOn(test.shop, olga)).toContain(`came in for order #${order.id}.`)
  await test.forge(olga, `z:${order.id}:${version}`)
  expect(wordsOn(test.shop, olga)).toContain('Say what is to happen with the €')
  expect(findOrder(test.shop.db, order.id)?.fulfilment).toBe('placed')
})

test('a customer who wrote is answered from the group, in the own chat of who pressed', async () => {
  const given = await givenGroup()
  const { test, olga } = given
  await test.say(olga, '/start')
  await says(given, olga, '/alerts')
  const id = await placed(test)
  const order = existing(findOrder(test.shop.db, id))
  const customer = { kind: 'customer', id: order.person_id, name: 'Ana', source: 'chat' } as const
  test.shop.write((work) => writeMessage(work, { orderId: id, words: 'Is it blue?', actor: customer }))
  await test.settled()
  const news = await olga.sees(/Is it blue/, { chat })
  expect(await olga.press('Answer', { chat, messageId: news.id })).toMatchObject({
    text: 'I asked you in our own chat.',
  })
  await test.say(olga, 'It is.')
  const events = listEvents(test.shop.db, id).filter((event) => event.type === 'shop_wrote')
  expect(events.map((event) => JSON.parse(event.data))).toEqual([{ words: 'It is.' }])
})

test('a reminder is snoozed from the group, and says who did it', async () => {
  const given = await givenGroup()
  const { test, olga, pete, eve } = given
  await says(given, olga, '/alerts')
  const id = await placed(test)

  test.clock.advance(120_000)
  chaseOrders(test.shop)
  await test.settled()
  const reminder = await olga.sees(/waiting for 2 minutes/, { chat })
  const { text: refused } = await eve.press(/Remind all again/, { chat, messageId: reminder.id })
  expect(refused).toContain('for the staff')
  const { text } = await pete.press(/Remind all again/, { chat, messageId: reminder.id })
  expect(text).toBe(`I remind everybody of order #${id} again in 15 minutes.`)
  await test.settled()
  expect(cardsIn(given).map((message) => message.id)).not.toContain(reminder.id)
  await olga.sees(/Pete put this off until 9:17.* for everybody/, { chat })
})

test('what has waited for long is counted in hours', async () => {
  const given = await givenGroup()
  const { test, olga } = given
  await says(given, olga, '/alerts')
  await placed(test)
  test.clock.advance(200 * 60_000)
  chaseOrders(test.shop)
  await test.settled()
  await olga.sees(/has been waiting for 3 hours\.\nNobody has accepted it yet\./, { chat })
})

test('a group that removes the bot is told no more; one that is renamed or moves is followed', async () => {
  const given = await givenGroup()
  const { test, olga, telegram } = given
  await says(given, olga, '/alerts')
  const from = { id: 901, is_bot: false, first_name: 'Olga' }
  const push = async (update: object) => {
    telegram.sandbox.updates.push(update as never, { delay: 0, again: false })
    await test.settled()
  }
  const service = (more: object) => ({
    message: {
      message_id: 900,
      date: 1,
      from,
      chat: { id: GROUP, type: 'supergroup', title: 'Desk' },
      ...more,
    },
  })
  await push(
    service({ chat: { id: GROUP, type: 'supergroup', title: 'Front desk' }, new_chat_title: 'Front desk' }),
  )
  expect(listStaffGroups(test.shop.db)[0]?.title).toBe('Front desk')
  telegram.group({ id: -2002, title: 'Front desk', members: [901] })
  await push(service({ migrate_to_chat_id: -2002 }))
  await push({
    message: {
      message_id: 1,
      date: 1,
      from,
      chat: { id: -2002, type: 'supergroup', title: 'Front desk' },
      migrate_from_chat_id: GROUP,
    },
  })
  expect(listStaffGroups(test.shop.db).map((group) => group.chat_id)).toEqual([-2002])
  const id = await placed(test)
  await olga.sees(`Order #${id}`, { chat: -2002 })
  const { user } = telegram.sandbox.bot
  await push({
    my_chat_member: {
      chat: { id: -2002, type: 'supergroup', title: 'Front desk' },
      from,
      date: 1,
      old_chat_member: { status: 'member', user },
      new_chat_member: { status: 'kicked', user, until_date: 0 },
    },
  })
  expect(listStaffGroups(test.shop.db)).toEqual([])
  await push({
    my_chat_member: {
      chat: { id: -2002, type: 'supergroup', title: 'Front desk' },
      from,
      date: 2,
      old_chat_member: { status: 'left', user },
      new_chat_member: { status: 'member', user },
    },
  })
  await olga.sees(/can send \/alerts here/, { chat: -2002 })
  // Being added again tells nobody anything before somebody asks for it.
  expect(listStaffGroups(test.shop.db)).toEqual([])
})

test('sixty orders in a minute come as few messages, none missing, none against the limit', async () => {
  const given = await givenGroup({ flood: true })
  const { test, olga, telegram } = given
  await says(given, olga, '/alerts')
  const variantId = givenVariant(test.shop, 200)
  const ids: number[] = []
  // Half of them all at once, the others one a second.
  for (let i = 0; i < 60; i++) {
    ids.push(givenOrder(test.shop, { person: givenPerson(test.shop, 'Ana'), variantId }).id)
    if (i >= 30) await test.pass(1_000)
  }
  for (let i = 0; i < 30; i++) await test.pass(2_000)
  expect(telegram.floodViolations()).toBe(0)
  const told = () =>
    cardsIn(given).flatMap((message) =>
      [...(message.text ?? '').matchAll(/Order #(\d+)/g)].map((m) => Number(m[1])),
    )
  expect(new Set(told())).toEqual(new Set(ids))
  expect(told()).toHaveLength(ids.length)
  const messages = cardsIn(given).filter((message) => /Order #/.test(message.text ?? ''))
  expect(messages.length).toBeLessThan(40)

  // A merged message shows each order as it stands now, and leads to those that somebody has to accept.
  const digest = existing(messages.find((message) => message.text?.includes('pieces of news')))
  const numbers = [...(digest.text ?? '').matchAll(/Order #(\d+)/g)].map((m) => Number(m[1]))
  expect(digest.buttons.flat()).toEqual([...numbers.map((number) => `#${number}`), 'Open in panel'])
  const first = existing(numbers[0])
  await olga.pressData(`s:${first}:1:accept`, digest.id, { chat })
  for (let i = 0; i < 30; i++) await test.pass(2_000)
  const redrawn = existing(cardsIn(given).find((message) => message.id === digest.id))
  expect(redrawn.text).toMatch(new RegExp(`Order #${first} .*accepted`, 'i'))
  expect(redrawn.buttons.flat()).not.toContain(`#${first}`)
  expect(telegram.floodViolations()).toBe(0)
})

test('new orders come together however many messages of older ones are to be drawn again', async () => {
  const given = await givenGroup({ flood: true })
  const { test, olga } = given
  await says(given, olga, '/alerts')
  const variantId = givenVariant(test.shop, 200)
  const owner = givenStaff(test.shop)
  const place = () => givenOrder(test.shop, { person: givenPerson(test.shop, 'Ana'), variantId })
  const older = []
  for (let i = 0; i < 30; i++) {
    older.push(place())
    await test.pass(4_000)
  }
  for (const order of older) step(test.shop, owner, order, 'accept')
  const fresh = Array.from({ length: 40 }, () => place().id)
  for (let i = 0; i < 10; i++) await test.pass(1_000)
  const told = cardsIn(given).map((message) => message.text ?? '')
  expect(fresh.filter((id) => !told.some((text) => text.includes(`#${id}`)))).toEqual([])
})
