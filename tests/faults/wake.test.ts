import { expect, test } from 'vitest'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { createMetrics } from '../../src/lib/metrics.ts'
import type { Outcome, TelegramDelivery } from '../../src/shop/notifications/channel.ts'
import { createDispatcher } from '../../src/shop/notifications/dispatcher.ts'
import { openShop } from '../../src/shop/work.ts'
import { givenOrder, givenShop, givenStaff, step } from '../given.ts'
import { suiteLog } from '../suite-log.ts'

/** Stands for a real clock at its worst: time goes on between two looks at it. */
function restless(clock: Clock): Clock {
  let looks = 0
  return { ...clock, now: () => clock.now() + looks++ }
}

test('a notice that falls due while the dispatcher looks is not overslept', async () => {
  const given = givenShop({ undoGraceMs: 3 })
  const shop = openShop({ ...given, clock: restless(given.clock) })
  const order = givenOrder(shop)
  const sent: string[] = []
  const telegram = async ({ message }: TelegramDelivery): Promise<Outcome> => {
    sent.push(message?.html ?? '')
    return { kind: 'sent', answer: 'ok', messageId: sent.length }
  }
  const parts = { shop, senders: { telegram }, log: suiteLog(), metrics: createMetrics() }
  const dispatcher = createDispatcher(parts)
  dispatcher.start()
  await dispatcher.idle()
  step(shop, givenStaff(shop), order, 'accept')
  for (let i = 0; i < 20; i++) {
    await dispatcher.idle()
    given.clock.advance(1)
  }
  expect(sent.filter((html) => html.includes('is accepted'))).toHaveLength(1)
  await dispatcher.stop()
})

test('a chat that hangs does not delay what others are told later', async () => {
  const shop = givenShop({ undoGraceMs: 5_000 })
  const olga = givenStaff(shop)
  const [first, second] = [givenOrder(shop), givenOrder(shop)]
  const hanging = Promise.withResolvers<Outcome>()
  const sent: number[] = []
  const telegram = ({ chat }: TelegramDelivery): Promise<Outcome> => {
    const person = findPersonByTelegramId(shop.db, chat.id)
    sent.push(person?.id ?? 0)
    return person?.id === first.person_id
      ? hanging.promise
      : Promise.resolve({ kind: 'sent', answer: 'ok', messageId: sent.length })
  }
  const parts = { shop, senders: { telegram }, log: suiteLog(), metrics: createMetrics() }
  const dispatcher = createDispatcher(parts)
  step(shop, olga, first, 'accept')
  shop.clock.advance(5_000)
  dispatcher.start()
  step(shop, olga, second, 'accept')
  await new Promise(setImmediate)
  const before = sent.filter((id) => id === second.person_id).length
  shop.clock.advance(5_000)
  for (let i = 0; i < 20; i++) await new Promise(setImmediate)
  expect(sent.filter((id) => id === second.person_id).length).toBeGreaterThan(before)
  hanging.resolve({ kind: 'sent', answer: 'ok', messageId: 99 })
  await dispatcher.stop()
})
