import { expect, test } from 'vitest'
import { quantile } from '../../bench/measure.ts'
import { chanceFrom } from '../../sandbox/seed/chance.ts'
import { saveChoice } from '../../src/db/audience.ts'
import { findOrder } from '../../src/db/orders.ts'
import { saveStaffGroup } from '../../src/db/staff-groups.ts'
import type { StepName } from '../../src/shop/orders/machine.ts'
import type { Actor } from '../../src/shop/work.ts'
import { existing, givenOrder, givenVariant, step } from '../given.ts'
import { openThreeChannels, type ThreeChannels } from './three-channels.ts'

const GROUP = -1001
const MINUTES = 2
const ORDERS = MINUTES * 50
const STEPS: StepName[] = ['accept', 'pack', 'dispatch', 'deliver']

/** A shop within Telegram's limits whose staff are told in one group. */
async function givenGroup() {
  const channels = await openThreeChannels({ flood: true, env: { UNDO_SECONDS: '5' } })
  const { shop, clock, telegram } = channels
  const owner = channels.staff(901, 'owner')
  telegram.group({ id: GROUP, title: 'Desk', members: [901] })
  shop.db.write((tx) => {
    saveChoice(tx, { personId: owner.id, topic: 'new_order', channel: 'telegram', wanted: 0 })
    saveStaffGroup(tx, { chatId: GROUP, threadId: 0, title: 'Desk', addedBy: owner.id, now: clock.now() })
  })
  return { channels, owner }
}

interface Deed {
  at: number
  does(): void
}

/** Orders come at any moment and are worked at once; one in ten takes its time. */
function planOrders({ shop, clock, customer }: ThreeChannels, owner: Actor) {
  const variantId = givenVariant(shop, 10 * ORDERS)
  const chance = chanceFrom(7)
  const orders = Array.from({ length: ORDERS }, () => ({ id: 0, placedAt: 0, doneAt: 0 }))
  const deeds = orders.flatMap((order, i): Deed[] => {
    const person = customer(2_000 + i)
    const pause: [number, number] = i % 10 === 0 ? [10_000, 20_000] : [2_000, 6_000]
    const placedAt = clock.now() + chance.between(0, MINUTES * 60_000)
    let at = placedAt
    const place = () =>
      Object.assign(order, { id: givenOrder(shop, { person, variantId }).id, placedAt: clock.now() })
    const steps = STEPS.map((name): Deed => {
      at += chance.between(...pause)
      const take = () => step(shop, owner, existing(findOrder(shop.db, order.id)), name)
      return { at, does: () => Object.assign(order, { doneAt: take().updated_at }) }
    })
    return [{ at: placedAt, does: place }, ...steps]
  })
  return { orders, deeds: deeds.sort((a, b) => a.at - b.at) }
}

test('fifty orders a minute: the group reads of each within seconds, and of most soon how they ended', async () => {
  const { channels, owner } = await givenGroup()
  const { orders, deeds } = planOrders(channels, owner)
  for (const { at, does } of deeds) {
    await channels.pass(Math.max(0, at - channels.clock.now()), 500)
    does()
  }
  await channels.pass(90_000)
  const { telegram } = channels
  const { history } = existing(telegram.sandbox.chats.get(GROUP))
  const firstAt = (words: RegExp) =>
    history.find(({ message }) => words.test(message.text ?? ''))?.at ?? Number.NaN
  const delays = orders.map(({ id, placedAt }) => firstAt(new RegExp(`#${id}\\b`)) - placedAt)
  const lags = orders.map(({ id, doneAt }) => firstAt(new RegExp(`#${id}\\b.*\\n?.*Delivered`)) - doneAt)
  expect(telegram.floodViolations()).toBe(0)
  expect(Math.max(...delays)).toBeLessThan(10_000)
  // While the rush goes on: it lasts four times as long.
  expect(quantile(lags, 0.5)).toBeLessThan(30_000)
})
