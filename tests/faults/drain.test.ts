import { expect, test } from 'vitest'
import { addNotice } from '../../src/db/notices.ts'
import { addPerson, saveStaff } from '../../src/db/people.ts'
import { sql } from '../../src/db/statement.ts'
import { LANES } from '../../src/shop/notifications/plan.ts'
import { recordEvent } from '../../src/shop/record-event.ts'
import { SYSTEM } from '../../src/shop/work.ts'
import { givenOrder, givenVariant } from '../given.ts'
import { openThreeChannels, type ThreeChannels } from './three-channels.ts'

const RECIPIENTS = 1_000
const EACH = 5
const FIRST = 10_000
/** What the shop allows itself, a little below Telegram's 30. */
const PER_SECOND = 25
const BEST_MS = ((RECIPIENTS * EACH) / PER_SECOND) * 1_000

/** Five pieces of news for each of a thousand, in the lane of what is sent to many at once. */
function queueBroadcast({ shop, telegram }: ThreeChannels): void {
  for (let i = 0; i < RECIPIENTS; i++) {
    telegram.person({ id: FIRST + i, firstName: `P${i}` })
    const chat = telegram.sandbox.chats.get(FIRST + i)
    if (chat) chat.access = 'open'
  }
  shop.write((work) => {
    const people = Array.from({ length: RECIPIENTS }, (_, i) => {
      const person = { telegramId: FIRST + i, name: `P${i}`, username: null, language: 'en' }
      const id = addPerson(work.tx, { ...person, reach: 'ok', now: work.now })
      saveStaff(work.tx, { personId: id, role: 'packer', now: work.now })
      return id
    })
    for (let round = 0; round < EACH; round++) {
      const data = { words: `news ${round}` }
      const eventId = recordEvent(work, { type: 'backup_failed', orderId: null, actor: SYSTEM, data })
      for (const personId of people)
        addNotice(work.tx, {
          eventId,
          orderId: null,
          channel: 'telegram',
          kind: 'staff_backup_failed',
          recipient: `telegram:${personId}`,
          personId,
          deviceId: null,
          groupId: null,
          card: 0,
          silent: 0,
          lane: LANES.bulk,
          dueAt: work.now,
          now: work.now,
        })
    }
  })
}

function left({ shop }: ThreeChannels): number {
  const rows = sql
    .selectFrom('notices')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('lane', '=', LANES.bulk)
    .where('state', 'in', ['waiting', 'sending'])
  return shop.db.first(rows)?.count ?? 0
}

test('5,000 notices leave as fast as Telegram allows, without one flood violation, and fresh orders overtake them', async () => {
  const channels = await openThreeChannels({ flood: true })
  const { shop, clock, telegram } = channels
  const customer = channels.customer(501)
  const variantId = givenVariant(shop, 1_000)
  queueBroadcast(channels)
  // Staff choose; a thousand packers need not hear of each order here.
  shop.db.write((tx) =>
    tx.run({
      sql: "insert into notice_choices select person_id, 'new_order', 'telegram', 0 from staff",
      values: [],
    }),
  )
  const start = clock.now()
  const placed: { id: number; at: number }[] = []
  for (let i = 0; left(channels) > 0; i++) {
    if (i % 200 === 100 && placed.length < 4)
      placed.push({ id: givenOrder(shop, { person: customer, variantId }).id, at: clock.now() })
    if (i === 300)
      for (const chat of [FIRST + 990, FIRST + 991, FIRST + 992])
        telegram.faults.answerNext({ method: 'sendMessage', chatId: chat, with: 429, retryAfter: 2 })
    await channels.pass(120, 120)
    expect(clock.now() - start).toBeLessThan(2 * BEST_MS)
  }
  expect(telegram.floodViolations()).toBe(0)
  expect(clock.now() - start).toBeLessThan(1.1 * BEST_MS)
  const cards = telegram.calls('sendMessage').filter((call) => call.params.chat_id === 501)
  expect(cards).toHaveLength(placed.length)
  cards.forEach((card, i) => {
    expect(card.at - (placed[i]?.at ?? 0)).toBeLessThanOrEqual(1_000)
  })
  const states = sql.selectFrom('notices').select('state').distinct().where('lane', '=', LANES.bulk)
  expect(shop.db.all(states)).toEqual([{ state: 'sent' }])
  for (let i = 0; i < RECIPIENTS; i += 97) {
    const mine = telegram
      .calls('sendMessage')
      .filter((call) => call.params.chat_id === FIRST + i && call.status === 200)
    expect(mine).toHaveLength(EACH)
  }
})
