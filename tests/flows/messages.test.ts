import { expect, test } from 'vitest'
import { newestEventOfType } from '../../src/db/events.ts'
import { findOrder } from '../../src/db/orders.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { clearReview } from '../../src/shop/orders/clear-review.ts'
import { waiveAnswer } from '../../src/shop/orders/waive-answer.ts'
import { writeMessage } from '../../src/shop/orders/write-message.ts'
import type { Actor } from '../../src/shop/work.ts'
import { existing, givenOrder, givenPerson, step } from '../given.ts'
import { openTestShop, wordsOn } from './open-test-shop.ts'

const DAY = 24 * 3_600_000

async function givenTalk() {
  const chat = await openTestShop()
  const olga = chat.staff(901, 'owner')
  const ana = chat.telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })
  await chat.say(olga, '/start')
  await chat.say(ana, '/start')
  const person = existing(findPersonByTelegramId(chat.shop.db, 501))
  const order = givenOrder(chat.shop, { person, variantId: chat.goods.mug })
  await chat.pass(60_000)
  const row = existing(findPersonByTelegramId(chat.shop.db, 901))
  const owner: Actor = { kind: 'staff', id: row.id, name: 'Olga', source: 'panel', role: 'owner' }
  return { chat, olga, ana, order, owner, id: order.id }
}

test('a customer writes about an order, staff answer in the chat, and the customer replies', async () => {
  const { chat, olga, ana, id } = await givenTalk()
  await chat.forge(ana, `d:${id}`)
  await chat.tap(ana, 'Write to the shop')
  expect(wordsOn(chat.shop, ana)).toContain(`tell the shop about order #${id}?`)
  await chat.say(ana, 'x'.repeat(1001))
  expect(wordsOn(chat.shop, ana)).toContain('at most 1000 characters')
  await chat.say(ana, 'Is it <dishwasher> safe?')
  expect(wordsOn(chat.shop, ana)).toContain('The shop has your message')

  const news = await olga.sees(`Ana writes about order #${id}`)
  expect(news.text).toContain('Is it <dishwasher> safe?')
  await chat.tap(olga, 'Answer', news.id)
  expect(wordsOn(chat.shop, olga)).toContain('What shall I tell Ana')
  expect(wordsOn(chat.shop, olga)).toContain('Is it <dishwasher> safe?')
  await chat.say(olga, 'It is.')
  expect(wordsOn(chat.shop, olga)).toContain('On its way to Ana')
  const answer = await ana.sees(/from Olga at the shop/)
  expect(answer.text).toContain('It is.')

  await chat.pass(10_000)
  const mark = olga.mark()
  await chat.tap(ana, 'Reply', answer.id)
  // The notice stays; the question is the screen below it.
  expect(ana.messages().find((message) => message.id === answer.id)?.text).toContain('It is.')
  await chat.say(ana, 'Thanks')
  await olga.sees(/Thanks/, { since: mark })
})

test('once somebody answered, everybody sees who, and the button says that it would be a second answer', async () => {
  const { chat, olga, order, owner, id } = await givenTalk()
  const pete = chat.staff(902, 'manager', 'Pete')
  await chat.say(pete, '/start')
  const customer: Actor = { kind: 'customer', id: order.person_id, name: 'Ana', source: 'chat' }
  const write = (words: string, actor: Actor) =>
    chat.shop.write((work) => writeMessage(work, { orderId: id, words, actor }))
  write('Is it blue?', customer)
  await chat.settled()
  const [olgas, petes] = [await olga.sees('Is it blue?'), await pete.sees('Is it blue?')]
  expect(petes.text).not.toContain('Answered')
  await chat.tap(olga, 'Answer', olgas.id)
  await chat.say(olga, 'It is.')
  await chat.settled()
  for (const [person, seen] of [
    [olga, olgas],
    [pete, petes],
  ] as const) {
    const now = existing(person.messages().find((message) => message.id === seen.id))
    expect(now.text).toMatch(/« Is it blue\? »\n✓ Answered by Olga, \d+:\d\d/)
    expect(now.buttons.flat()[0]).toBe('Answer again')
  }

  write('Thanks', customer)
  await chat.settled()
  const thanks = await pete.sees('Thanks')
  expect(thanks.text).not.toContain('Answered')
  expect(thanks.buttons.flat()[0]).toBe('Answer')
  chat.shop.write((work) => waiveAnswer(work, { orderId: id, actor: owner }))
  await chat.settled()
  expect(pete.messages().find((message) => message.id === thanks.id)?.text).toMatch(
    /No answer needed, says Olga/,
  )
  // What was answered before stays answered as it was.
  expect(pete.messages().find((message) => message.id === petes.id)?.text).toContain('✓ Answered by Olga')
})

test('an order waits for an answer since the first message, until somebody answers or says that none is needed', async () => {
  const { chat, order, owner, id } = await givenTalk()
  const customer: Actor = { kind: 'customer', id: order.person_id, name: 'Ana', source: 'chat' }
  const write = (actor: Actor) =>
    chat.shop.write((work) => writeMessage(work, { orderId: id, words: 'hi', actor }))
  const waitsSince = () => findOrder(chat.shop.db, id)?.unanswered_since
  expect(waitsSince()).toBeNull()
  const first = chat.clock.now()
  write(customer)
  await chat.pass(60_000)
  write(customer)
  expect(waitsSince()).toBe(first)
  write(owner)
  expect(waitsSince()).toBeNull()
  const waive = () => chat.shop.write((work) => waiveAnswer(work, { orderId: id, actor: owner }))
  expect(waive).toThrow('Nobody waits')
  write(customer)
  waive()
  expect(waitsSince()).toBeNull()
  expect(findOrder(chat.shop.db, id)?.version).toBe(order.version)
})

test('what is not theirs to do is refused: other people’s orders, no staff, orders long over', async () => {
  const { chat, ana, order, owner, id } = await givenTalk()
  const eve = chat.telegram.person({ id: 666, firstName: 'Eve', languageCode: 'en' })
  await chat.say(eve, '/start')
  expect(await chat.forge(eve, `m:${id}`)).toContain('cannot find that order')
  expect(await chat.forge(eve, `f:${id}`)).toContain('cannot find that order')
  expect(await chat.forge(eve, `ma:${id}`)).toContain('for the staff')
  step(chat.shop, owner, order, 'accept', 'pack', 'dispatch', 'deliver')
  await chat.pass(29 * DAY)
  await chat.forge(ana, `d:${id}`)
  expect(ana.screen()?.buttons.flat()).toContain('✉️ Write to the shop')
  await chat.pass(2 * DAY)
  await chat.forge(ana, `d:${id}`)
  expect(ana.screen()?.buttons.flat()).not.toContain('✉️ Write to the shop')
  expect(await chat.forge(ana, `m:${id}`)).toContain('more than 30 days ago')
  expect(() =>
    chat.shop.write((work) => writeMessage(work, { orderId: id, words: 'hi', actor: owner })),
  ).toThrow('30 days')
})

test('a repeated message from the panel is sent once', async () => {
  const { chat, ana, owner, id } = await givenTalk()
  for (let i = 0; i < 3; i++) {
    chat.shop.write((work) =>
      writeMessage(work, { orderId: id, words: 'Packed with care', actor: owner, requestKey: 'key-1' }),
    )
  }
  await chat.settled()
  expect(ana.messages().filter((message) => message.text?.includes('Packed with care'))).toHaveLength(1)
})

test('a customer writes ten messages an hour about an order, and more later or about another', async () => {
  const { chat, ana, owner, id } = await givenTalk()
  const person = existing(findPersonByTelegramId(chat.shop.db, 501))
  const customer: Actor = { kind: 'customer', id: person.id, name: 'Ana', source: 'chat' }
  const write = (actor: Actor, orderId = id) =>
    chat.shop.write((work) => writeMessage(work, { orderId, words: 'hi', actor }))
  for (let i = 0; i < 10; i++) write(customer)
  expect(() => write(customer)).toThrow('The shop has all your messages')
  for (let i = 0; i < 11; i++) write(owner)
  write(customer, givenOrder(chat.shop, { person, variantId: chat.goods.mug }).id)
  await chat.forge(ana, `m:${id}`)
  await chat.say(ana, 'And another thing')
  expect(wordsOn(chat.shop, ana)).toContain('The shop has all your messages')
  await chat.pass(DAY / 24)
  write(customer)
})

test('a customer asks for the money back: staff are told, the order is marked, once a day', async () => {
  const { chat, olga, ana, order, owner, id } = await givenTalk()
  await chat.forge(ana, `d:${id}`)
  expect(ana.screen()?.buttons.flat()).not.toContain('↩️ Ask for my money back')
  step(chat.shop, owner, order, 'mark_paid', 'accept', 'pack', 'dispatch', 'deliver')
  await chat.pass(60_000)
  await chat.forge(ana, `d:${id}`)
  await chat.tap(ana, 'Ask for my money back')
  await chat.say(ana, 'It came broken')
  expect(wordsOn(chat.shop, ana)).toContain('has your request')
  const news = await olga.sees(/asks for the money of order/)
  expect(news.text).toContain('It came broken')
  expect(findOrder(chat.shop.db, id)?.needs_review).toBe('The customer asks for the money back')
  await olga.sees(/⚠️ The customer asks for the money back/)
  await chat.tap(olga, 'Answer', news.id)
  expect(wordsOn(chat.shop, olga)).toContain('It came broken')
  await chat.say(olga, 'We send it back today')
  expect(olga.messages().find((message) => message.id === news.id)?.text).toContain('✓ Answered by Olga')

  const packer: Actor = { ...owner, role: 'packer' }
  const clear = (actor: Actor) =>
    chat.shop.write((work) => clearReview(work, { orderId: id, actor, words: ' Paid ' }))
  expect(() => clear(packer)).toThrow('Only owners and managers')
  const { version, payment } = existing(findOrder(chat.shop.db, id))
  clear(owner)
  expect(findOrder(chat.shop.db, id)).toMatchObject({ needs_review: null, version, payment })
  const event = newestEventOfType(chat.shop.db, { orderId: id, type: 'review_cleared' })
  expect(JSON.parse(event?.data ?? '')).toEqual({
    was: 'The customer asks for the money back',
    words: 'Paid',
  })
  expect(() => clear(owner)).toThrow('needs no look')
  await chat.settled()
  expect(olga.messages().filter((message) => message.text?.includes('⚠️ The customer asks'))).toEqual([])

  await chat.forge(ana, `d:${id}`)
  expect(await chat.tap(ana, 'Ask for my money back')).toContain('on its way')
  await chat.pass(DAY)
  await chat.tap(ana, 'Ask for my money back')
  expect(wordsOn(chat.shop, ana)).toContain('Why would you like your money')
  await chat.pass(30 * DAY)
  expect(await chat.forge(ana, `f:${id}`)).toContain('can no longer be asked for')
  // Nothing was paid, so there is nothing to give back.
  const unpaid = givenOrder(chat.shop, { person: givenPerson(chat.shop, 'Ben'), variantId: chat.goods.small })
  expect(findOrder(chat.shop.db, unpaid.id)?.needs_review).toBeNull()
})
