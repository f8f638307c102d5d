import { describe, expect, it, onTestFinished } from 'vitest'
import {
  existing,
  givenDevice,
  givenOrder,
  givenShop,
  givenStaff,
  givenWishes,
  step,
  type TestShop,
} from '../../../tests/given.ts'
import { suiteLog } from '../../../tests/suite-log.ts'
import { saveDevice } from '../../db/devices.ts'
import { findPerson, findPersonByTelegramId } from '../../db/people.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { listStaffGroups } from '../../db/staff-groups.ts'
import { sql } from '../../db/statement.ts'
import { createMetrics } from '../../lib/metrics.ts'
import { changeReach } from '../customers/change-reach.ts'
import { chaseOrders } from '../escalation/chase-orders.ts'
import { snoozeOrder } from '../escalation/snooze-order.ts'
import { dismissStaff } from '../staff/dismiss-staff.ts'
import { toggleGroup } from '../staff/staff-groups.ts'
import { openShop } from '../work.ts'
import type { Outcome, PushDelivery, TelegramDelivery } from './channel.ts'
import { createDispatcher } from './dispatcher.ts'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

interface Answers {
  telegram?: (delivery: TelegramDelivery) => Outcome | Promise<Outcome> | undefined
  push?: (delivery: PushDelivery) => Outcome
}

/** Both channels, which deliver unless `answers` say otherwise; what the chat shows is in `sent`. */
function givenDispatcher(shop: TestShop, answers: Answers) {
  const sent: { to: string; html: string | null }[] = []
  let messageId = 100
  const dispatcher = createDispatcher({
    shop,
    senders: {
      telegram: async (delivery) => {
        const answer = await answers.telegram?.(delivery)
        if (answer) return answer
        const to = existing(findPersonByTelegramId(shop.db, delivery.chat.id)).name
        sent.push({ to, html: delivery.message?.html ?? null })
        messageId += 1
        return { kind: 'sent', answer: 'ok', messageId: delivery.messageId ?? messageId }
      },
      push: async (delivery) => answers.push?.(delivery) ?? { kind: 'sent', answer: '201' },
    },
    log: suiteLog(),
    metrics: createMetrics(),
    random: () => 0.5,
  })
  dispatcher.start()
  onTestFinished(() => dispatcher.stop())
  return { dispatcher, sent }
}

function tallies(shop: TestShop): Record<string, number> {
  const rows = shop.db.all(sql.selectFrom('notice_tallies').selectAll())
  return Object.fromEntries(rows.map((row) => [`${row.channel} ${row.outcome}`, row.count]))
}

it('what arrived has arrived, though its card cannot be changed any more, until the person is back', async () => {
  const shop = givenShop({ undoGraceMs: 0 })
  const olga = givenStaff(shop)
  let blocked = false
  const order = givenOrder(shop)
  const ana = existing(findPerson(shop.db, order.person_id))
  const { dispatcher, sent } = givenDispatcher(shop, {
    telegram: ({ chat }) =>
      blocked && chat.id === ana.telegram_id
        ? { kind: 'final', answer: '403 blocked', reach: 'blocked' }
        : undefined,
  })
  await dispatcher.idle()
  blocked = true
  step(shop, olga, order, 'accept')
  await dispatcher.idle()
  const fates = listNoticesOfOrder(shop.db, order.id).map((one) => `${one.kind} ${one.state}`)
  expect(fates).toContain('order_received sent')
  expect(fates).toContain('order_accepted dead')
  expect(tallies(shop)['telegram unreachable']).toBe(1)
  blocked = false
  sent.length = 0
  shop.write((work) => changeReach(work, { ...ana, reach: 'blocked' }, 'ok'))
  await dispatcher.idle()
  const shown = sent.filter((one) => one.to === ana.name).map((one) => one.html?.split('\n')[0])
  expect(shown).toContain('<b>Order #1001</b>')
})

it('a message that is on its way while its reader is dismissed, or it is put off, is taken care of after', async () => {
  const shop = givenShop({ undoGraceMs: 0 })
  const [olga, pia] = [givenStaff(shop), givenStaff(shop, 'packer', 'Pia')]
  const held: (() => void)[] = []
  const { dispatcher, sent } = givenDispatcher(shop, {
    telegram: ({ message }) =>
      message?.html.includes('Nobody has accepted') || message?.html.includes('Rua Nova')
        ? new Promise((resolve) => held.push(() => resolve({ kind: 'sent', answer: 'ok', messageId: 7 })))
        : undefined,
  })
  const order = givenOrder(shop)
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  shop.write((work) => dismissStaff(work, { personId: pia.id, actor: olga }))
  for (const letGo of held.splice(0)) letGo()
  await dispatcher.idle()
  expect(sent.findLast((one) => one.to === 'Pia')?.html).not.toContain('Rua Nova')
  expect(sent.filter((one) => one.to === 'Pia')).toHaveLength(1)
  shop.clock.advance(2 * MINUTE_MS)
  chaseOrders(shop)
  await new Promise(setImmediate)
  await new Promise(setImmediate)
  shop.write((work) => snoozeOrder(work, { orderId: order.id, minutes: 30, actor: olga }))
  for (const letGo of held.splice(0)) letGo()
  for (let i = 0; i < 5; i++) await new Promise(setImmediate)
  for (const letGo of held.splice(0)) letGo()
  await dispatcher.idle()
  const reminders = listNoticesOfOrder(shop.db, order.id).filter((one) => one.kind === 'staff_reminder')
  expect(reminders.map((one) => [one.state, one.last_error])).toEqual([['dropped', 'taken away again']])
})

it('a push that was tried until it was too late counts as one that never arrived', async () => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  shop.db.write((tx) =>
    saveDevice(tx, {
      personId: olga.id,
      sessionHash: '',
      name: 'Pixel',
      endpoint: 'https://fcm.googleapis.com/1',
      p256dh: '',
      auth: '',
      vapidKey: '',
      now: shop.clock.now(),
    }),
  )
  const { dispatcher } = givenDispatcher(shop, { push: () => ({ kind: 'retry', answer: '403 BadJwtToken' }) })
  const order = givenOrder(shop)
  await dispatcher.idle()
  for (let hour = 0; hour < 25; hour++) {
    shop.clock.advance(HOUR_MS)
    await dispatcher.idle()
  }
  const push = listNoticesOfOrder(shop.db, order.id).find((one) => one.channel === 'push')
  expect(push).toMatchObject({ state: 'dead', last_error: '403 BadJwtToken' })
  expect(tallies(shop)['push dead']).toBe(1)
})

it('somebody who cannot be told of a change keeps nobody else from it, and no notice on its way', async () => {
  const failures: unknown[] = []
  const given = givenShop()
  const told = openShop({ ...given, onListenerFailed: (error) => failures.push(error) })
  const shop = { ...given, ...told, clock: given.clock }
  givenStaff(shop)
  shop.listen(() => {
    throw new Error('a panel that cannot be drawn')
  })
  const { dispatcher } = givenDispatcher(shop, {})
  const order = givenOrder(shop)
  await dispatcher.idle()
  expect(listNoticesOfOrder(shop.db, order.id).map((one) => one.state)).toEqual(['sent', 'sent'])
  expect(failures.length).toBeGreaterThan(0)
})

describe('a group that has moved', () => {
  const OLD = -1001
  const NEW = -2002

  /** A group that Telegram has given a new chat id; `sent` holds the chats that got the order. */
  function givenMoved() {
    const shop = givenShop()
    const olga = givenStaff(shop)
    shop.write((work) => toggleGroup(work, { chatId: OLD, threadId: 0, title: 'Desk' }, olga))
    const tried: number[] = []
    const { dispatcher } = givenDispatcher(shop, {
      telegram: ({ chat }) => {
        if (chat.id > 0) return { kind: 'sent', answer: 'ok', messageId: 1 }
        tried.push(chat.id)
        return chat.id === OLD
          ? { kind: 'retry', answer: '400 upgraded to a supergroup', movedTo: NEW }
          : { kind: 'sent', answer: 'ok', messageId: 1 }
      },
    })
    return { shop, olga, dispatcher, tried }
  }

  it('is followed, and gets what was refused at its old place', async () => {
    const { shop, dispatcher, tried } = givenMoved()
    givenOrder(shop)
    await dispatcher.idle()
    shop.clock.advance(2_000)
    await dispatcher.idle()
    expect(tried).toEqual([OLD, NEW])
    expect(listStaffGroups(shop.db).map((one) => one.chat_id)).toEqual([NEW])
  })

  it('to where it is known already is told there alone', async () => {
    const { shop, olga, dispatcher, tried } = givenMoved()
    shop.write((work) => toggleGroup(work, { chatId: NEW, threadId: 0, title: 'Desk' }, olga))
    givenOrder(shop)
    for (let i = 0; i < 60; i++) {
      await dispatcher.idle()
      shop.clock.advance(MINUTE_MS)
    }
    expect(tried.toSorted()).toEqual([OLD, NEW])
    expect(listStaffGroups(shop.db).map((one) => one.chat_id)).toEqual([NEW])
  })
})

describe('quiet hours that begin while something is tried again', () => {
  /** An owner with a phone whose quiet hours begin in a quarter of an hour, and channels that are out until then. */
  async function givenOutage(urgentAnyway: boolean) {
    const shop = givenShop()
    const olga = givenStaff(shop)
    givenDevice(shop, olga.id)
    givenWishes(shop, olga.id, { quiet: '09:15-17:00', urgentAnyway })
    let isOut = true
    const down = { kind: 'retry', answer: '503' } as const
    const pushed: number[] = []
    const rang: boolean[] = []
    const { dispatcher } = givenDispatcher(shop, {
      telegram: ({ chat, message }) => {
        if (isOut) return down
        if (chat.id === findPerson(shop.db, olga.id)?.telegram_id) rang.push(!message?.silent)
        return undefined
      },
      push: () => {
        if (isOut) return down
        pushed.push(new Date(shop.clock.now()).getUTCHours())
        return { kind: 'sent', answer: '201' }
      },
    })
    const order = givenOrder(shop)
    await pass(20)
    isOut = false
    async function pass(minutes: number) {
      for (let i = 0; i < minutes; i++) {
        await dispatcher.idle()
        shop.clock.advance(MINUTE_MS)
      }
      await dispatcher.idle()
    }
    return { shop, order, pass, pushed, rang }
  }

  it('hold the push until their end, and silence the chat', async () => {
    const { shop, order, pass, pushed, rang } = await givenOutage(false)
    await pass(12 * 60)
    expect(rang).toEqual([false])
    expect(pushed).toEqual([17])
    const push = listNoticesOfOrder(shop.db, order.id).find((one) => one.channel === 'push')
    expect(push).toMatchObject({ state: 'sent', attempts: 1 })
  })

  it('let through what the person lets through', async () => {
    const { pass, pushed, rang } = await givenOutage(true)
    await pass(30)
    expect(rang).toEqual([true])
    expect(pushed).toEqual([9])
  })
})
