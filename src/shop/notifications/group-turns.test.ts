import { expect, it, onTestFinished } from 'vitest'
import { givenOrder, givenShop, givenStaff, step } from '../../../tests/given.ts'
import { suiteLog } from '../../../tests/suite-log.ts'
import { saveChoice } from '../../db/audience.ts'
import { saveStaffGroup } from '../../db/staff-groups.ts'
import { createMetrics } from '../../lib/metrics.ts'
import type { Outcome, TelegramDelivery } from './channel.ts'
import { createDispatcher } from './dispatcher.ts'

const GROUP = -100
const NEXT_MS = 3_300

/** A group that bears a message each 3.3 s, and nobody else to be told but customers. */
function givenGroup() {
  const shop = givenShop()
  const { clock } = shop
  const owner = givenStaff(shop)
  shop.db.write((tx) => {
    saveChoice(tx, { personId: owner.id, topic: 'new_order', channel: 'telegram', wanted: 0 })
    saveStaffGroup(tx, { chatId: GROUP, threadId: 0, title: 'Desk', addedBy: owner.id, now: clock.now() })
  })
  const told: string[] = []
  const broken = new Set<number>()
  const limit = { messages: 100, waitMs: 0 }
  let freeAt = 0
  let messages = 0
  const telegram = async ({ chat, message, messageId }: TelegramDelivery): Promise<Outcome> => {
    if (chat.id !== GROUP) return { kind: 'sent', answer: 'ok', messageId: 1 }
    const now = clock.now()
    if (now < freeAt) {
      // A busy machine: the answer is written down later than it was given.
      clock.advance(5)
      return { kind: 'later', until: freeAt }
    }
    freeAt = now + NEXT_MS
    if (messageId !== null && broken.has(messageId)) return { kind: 'retry', answer: 'not this one' }
    told.push([messageId === null ? 'new' : 'again', ...(message?.html.match(/#\d+/g) ?? [])].join(' '))
    messages = messageId === null ? messages + 1 : messages
    return { kind: 'sent', answer: 'ok', messageId: messageId ?? messages }
  }
  const parts = { shop, senders: { telegram }, log: suiteLog(), metrics: createMetrics() }
  const dispatcher = createDispatcher({ ...parts, allowance: () => limit })
  dispatcher.start()
  onTestFinished(() => dispatcher.stop())
  /** Lets time go by until the group bears the next message. */
  async function untilFree(): Promise<void> {
    clock.advance(Math.max(0, freeAt - clock.now()))
    await dispatcher.idle()
  }
  async function place() {
    const order = givenOrder(shop)
    await dispatcher.idle()
    return order
  }
  return { shop, owner, dispatcher, told, broken, limit, untilFree, place }
}

it('tells what could not be told at once together with what came when nothing could be tried', async () => {
  const { told, limit, untilFree, place } = givenGroup()
  await place()
  await place()
  limit.messages = 0
  await place()
  limit.messages = 100
  await untilFree()
  expect(told).toEqual(['new #1001', 'new #1002 #1003'])
})

it('tells it together with what comes in the very moment in which it may go', async () => {
  const { shop, told, untilFree, place } = givenGroup()
  await place()
  await place()
  shop.clock.after(NEXT_MS - 5, () => void givenOrder(shop))
  await untilFree()
  expect(told).toEqual(['new #1001', 'new #1002 #1003'])
})

it('takes turns at the limit with messages to be drawn again, each once with all that has changed', async () => {
  const { shop, owner, dispatcher, told, untilFree, place } = givenGroup()
  const order = await place()
  step(shop, owner, order, 'accept', 'pack')
  await dispatcher.idle()
  await place()
  await place()
  for (let i = 0; i < 3; i++) await untilFree()
  expect(told).toEqual(['new #1001', 'again #1001', 'new #1002 #1003', 'again #1001'])
})

it('draws first again where much has changed for long', async () => {
  const { shop, owner, dispatcher, told, untilFree, place } = givenGroup()
  const orders = [await place(), await place(), await place()]
  await untilFree()
  shop.clock.advance(2 * NEXT_MS)
  for (const order of orders) step(shop, owner, order, 'accept')
  await dispatcher.idle()
  await untilFree()
  expect(told).toEqual(['new #1001', 'new #1002 #1003', 'again #1002 #1003', 'again #1001'])
})

it('a message that cannot be drawn again keeps neither news nor other messages from their turn', async () => {
  const { shop, owner, dispatcher, told, broken, untilFree, place } = givenGroup()
  const orders = [await place(), await place()]
  await untilFree()
  broken.add(1)
  shop.clock.advance(NEXT_MS)
  for (const order of orders) step(shop, owner, order, 'accept')
  await dispatcher.idle()
  await place()
  for (let i = 0; i < 5; i++) await untilFree()
  expect(told.slice(2)).toEqual(['new #1003', 'again #1002'])
})
