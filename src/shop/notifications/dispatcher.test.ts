import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  existing,
  givenOrder,
  givenPerson,
  givenShop,
  givenStaff,
  givenVariant,
  step,
  type TestShop,
} from '../../../tests/given.ts'
import { suiteLog } from '../../../tests/suite-log.ts'
import { findOrder } from '../../db/orders.ts'
import { claimNotice } from '../../db/outbox.ts'
import { findPerson, findPersonByTelegramId, type PersonRow } from '../../db/people.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { createMetrics } from '../../lib/metrics.ts'
import { greetPerson } from '../customers/greet-person.ts'
import { undoStep } from '../orders/undo-step.ts'
import type { Allowance, Outcome, TelegramDelivery } from './channel.ts'
import { createDispatcher } from './dispatcher.ts'
import { resendNotice } from './resend-notice.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

interface Sent {
  to: number
  text: string
  edit: boolean
}

/** A channel that remembers what it was given, and answers as `answer` says. */
function givenChannel(
  shop: TestShop,
  answer: (delivery: TelegramDelivery, tries: number) => Outcome | undefined = () => undefined,
  allowance?: () => Allowance,
) {
  const sent: Sent[] = []
  const metrics = createMetrics()
  let tries = 0
  let nextMessageId = 100
  const dispatcher = createDispatcher({
    shop,
    senders: {
      telegram: async (delivery) => {
        tries += 1
        const outcome = answer(delivery, tries)
        if (outcome) return outcome
        const { chat, message, messageId } = delivery
        const to = existing(findPersonByTelegramId(shop.db, chat.id)).id
        sent.push({ to, text: message?.html ?? '', edit: messageId !== null })
        nextMessageId += 1
        return { kind: 'sent', answer: 'ok', messageId: messageId ?? nextMessageId }
      },
    },
    allowance,
    log: suiteLog(),
    metrics,
    random: () => 0.5,
  })
  dispatcher.start()
  onTestFinished(() => dispatcher.stop())
  return { sent, dispatcher, metrics }
}

function chatOf(shop: TestShop, personId: number): number {
  return existing(findPerson(shop.db, personId)).telegram_id
}

function telegramUser(person: PersonRow) {
  return { id: person.telegram_id, first_name: person.name, username: person.username ?? undefined }
}

function firstLine(sent: Sent): string {
  return sent.text.split('\n')[0] ?? ''
}

function fates(shop: TestShop, orderId: number): string[] {
  return listNoticesOfOrder(shop.db, orderId).map((notice) => `${notice.kind} ${notice.state}`)
}

/** Resolves when the condition holds, looked at after everything that was ready has run. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

describe('the dispatcher', () => {
  it('sends what is due, and a step only when it can no longer be undone', async () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const { sent, dispatcher } = givenChannel(shop)
    const order = givenOrder(shop)
    await dispatcher.idle()
    expect(sent.map((one) => one.to).sort()).toEqual([olga.id, order.person_id].sort())
    sent.length = 0
    step(shop, olga, order, 'accept')
    await dispatcher.idle()
    expect(sent).toMatchObject([{ to: olga.id, edit: true }])
    shop.clock.advance(5_000)
    await dispatcher.idle()
    const toCustomer = sent.filter((one) => one.to === order.person_id)
    expect(toCustomer.map((one) => [firstLine(one), one.edit])).toEqual([
      ['👍 Order #1001 is accepted.', false],
      ['<b>Order #1001</b>', true],
    ])
  })

  it('draws the card of whoever pressed a button in the chat before those of the others', async () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const pete = givenStaff(shop)
    let left = 100
    const { sent, dispatcher } = givenChannel(
      shop,
      () => void left--,
      () => ({ messages: Math.min(1, Math.max(0, left)), waitMs: left > 0 ? 0 : 1_000 }),
    )
    const order = givenOrder(shop)
    await dispatcher.idle()
    for (const [actor, name] of [
      [pete, 'accept'],
      [olga, 'pack'],
    ] as const) {
      sent.length = 0
      left = 0
      step(shop, { ...actor, source: 'chat' }, existing(findOrder(shop.db, order.id)), name)
      left = 1
      await dispatcher.idle()
      expect(sent).toMatchObject([{ to: actor.id, edit: true }])
      left = 100
      await dispatcher.idle()
    }
  })

  it('counts each try, and the time until the first that worked from when it was to leave', async () => {
    const shop = givenShop({ undoGraceMs: 0 })
    const retry: Outcome = { kind: 'retry', answer: '502' }
    const { dispatcher, metrics } = givenChannel(shop, (_delivery, tries) => (tries <= 2 ? retry : undefined))
    givenOrder(shop)
    await dispatcher.idle()
    for (const seconds of [1, 2]) {
      shop.clock.advance(seconds * 1_000)
      await dispatcher.idle()
    }
    const text = await metrics.text()
    const tally = 'littleshop_notices_total{channel="telegram",outcome='
    expect(text).toContain(`${tally}"retry"} 2`)
    expect(text).toContain('littleshop_notification_delivery_seconds_count{channel="telegram"} 1')
    expect(text).toContain('littleshop_notification_delivery_seconds_sum{channel="telegram"} 3')
  })

  it('never tells a customer of a step that was undone', async () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const { sent, dispatcher } = givenChannel(shop)
    const accepted = step(shop, olga, givenOrder(shop), 'accept')
    shop.write((work) => undoStep(work, { orderId: accepted.id, version: accepted.version, actor: olga }))
    shop.clock.advance(60_000)
    await dispatcher.idle()
    expect(sent.filter((one) => one.text.includes('is accepted'))).toEqual([])
    expect(fates(shop, accepted.id)).toContain('order_accepted undone')
  })

  it('shows staff an undo at once, while the customer’s card stays as it was', async () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const { sent, dispatcher } = givenChannel(shop)
    const order = givenOrder(shop)
    await dispatcher.idle()
    const accepted = step(shop, olga, order, 'accept')
    await dispatcher.idle()
    shop.clock.advance(2_000)
    shop.write((work) => undoStep(work, { orderId: order.id, version: accepted.version, actor: olga }))
    await dispatcher.idle()
    const [, after, back] = sent.filter((one) => one.to === olga.id)
    expect(after?.text).toContain('<b>Accepted · Olga')
    expect(back?.text).toContain('<b>Placed · undone by Olga')
    shop.clock.advance(5_000)
    await dispatcher.idle()
    const cards = sent.filter((one) => one.to === order.person_id)
    expect(new Set(cards.map((one) => one.text)).size).toBe(1)
  })

  it('retries with growing pauses, keeping each person’s order, and holds nobody else up', async () => {
    const shop = givenShop({ undoGraceMs: 0 })
    const olga = givenStaff(shop)
    const unlucky = givenPerson(shop, 'Una')
    let down = true
    const { sent, dispatcher } = givenChannel(shop, ({ chat }) =>
      down && chat.id === unlucky.telegram_id ? { kind: 'retry', answer: 'no answer' } : undefined,
    )
    const order = givenOrder(shop, { person: unlucky })
    const other = givenOrder(shop)
    await dispatcher.idle()
    step(shop, olga, order, 'accept', 'pack')
    await dispatcher.idle()
    expect(sent.some((one) => one.to === other.person_id)).toBe(true)
    expect(sent.some((one) => one.to === unlucky.id)).toBe(false)
    down = false
    shop.clock.advance(2_000)
    await dispatcher.idle()
    expect(sent.filter((one) => one.to === unlucky.id && !one.edit).map(firstLine)).toEqual([
      '<b>Order #1001</b>',
      '👍 Order #1001 is accepted.',
      '📦 Order #1001 is being packed.',
    ])
  })

  it('does not count a wait as a try', async () => {
    const shop = givenShop()
    const { sent, dispatcher } = givenChannel(shop, (_delivery, tries) =>
      tries <= 200 ? { kind: 'wait', ms: 30_000, answer: 'retry after 30' } : undefined,
    )
    const order = givenOrder(shop)
    for (let i = 0; i < 200; i++) {
      await dispatcher.idle()
      shop.clock.advance(30_000)
    }
    await dispatcher.idle()
    expect(sent).toHaveLength(1)
    expect(existing(listNoticesOfOrder(shop.db, order.id)[0])).toMatchObject({ state: 'sent', attempts: 1 })
  })

  it('gives up after a day of tries in vain, and says so', async () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop)
    const { sent, dispatcher } = givenChannel(shop, ({ chat }) =>
      chat.id === chatOf(shop, order.person_id) ? { kind: 'retry', answer: '502 Bad Gateway' } : undefined,
    )
    const card = () => existing(listNoticesOfOrder(shop.db, order.id)[0])
    const startedAt = shop.clock.now()
    while (card().state !== 'dead') {
      await dispatcher.idle()
      shop.clock.advance(MINUTE_MS)
      expect(shop.clock.now() - startedAt).toBeLessThan(26 * HOUR_MS)
    }
    expect(shop.clock.now() - startedAt).toBeGreaterThan(22 * HOUR_MS)
    expect(card()).toMatchObject({ kind: 'order_received', last_error: '502 Bad Gateway' })
    await dispatcher.idle()
    expect(sent.filter((one) => one.to === olga.id).map(firstLine)).toContain(
      '⚠️ Ana could not be told about order #1001 by Telegram: reports a fault of its own.',
    )
  })

  it('gives up soon what the shop itself cannot put into words: what waits behind it is heard', async () => {
    const shop = givenShop()
    const person = givenPerson(shop)
    const { sent, dispatcher } = givenChannel(shop)
    const [broken, whole] = [givenOrder(shop, { person }), givenOrder(shop, { person })]
    shop.db.write((tx) =>
      tx.run({ sql: "update events set data = 'broken' where order_id = ?", values: [broken.id] }),
    )
    for (let i = 0; i < 60; i++) {
      await dispatcher.idle()
      shop.clock.advance(1_000)
    }
    expect(fates(shop, broken.id)).toEqual(['order_received dead'])
    expect(fates(shop, whole.id)).toEqual(['order_received sent'])
    expect(sent.map(firstLine)).toEqual([`<b>Order #${whole.id}</b>`])
  })

  it('keeps a dead letter of what can never arrive, marks the person, and sends again on demand', async () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    let blocked = true
    const order = givenOrder(shop)
    const { sent, dispatcher } = givenChannel(shop, ({ chat }) =>
      blocked && chat.id === chatOf(shop, order.person_id)
        ? { kind: 'final', answer: 'Forbidden', reach: 'blocked' }
        : undefined,
    )
    await dispatcher.idle()
    expect(fates(shop, order.id)).toEqual([
      'order_received dead',
      'staff_order sent',
      'staff_notice_gave_up sent',
    ])
    expect(existing(findPerson(shop.db, order.person_id)).reach).toBe('blocked')
    blocked = false
    const { id: noticeId } = existing(listNoticesOfOrder(shop.db, order.id)[0])
    shop.write((work) => resendNotice(work, { noticeId, actor: olga }))
    await dispatcher.idle()
    expect(sent.filter((one) => one.to === order.person_id)).toHaveLength(1)
    expect(() => shop.write((work) => resendNotice(work, { noticeId, actor: olga }))).toThrow()
  })

  it('empties a card of somebody who is no longer staff', async () => {
    const shop = givenShop({ undoGraceMs: 0 })
    const [olga, pia] = [givenStaff(shop), givenStaff(shop, 'packer', 'Pia')]
    const { sent, dispatcher } = givenChannel(shop)
    const order = givenOrder(shop)
    await dispatcher.idle()
    shop.db.write((tx) =>
      tx.run({ sql: 'update staff set active = 0 where person_id = ?', values: [pia.id] }),
    )
    step(shop, olga, order, 'accept')
    await dispatcher.idle()
    const pias = sent.filter((one) => one.to === pia.id)
    expect(pias.map((one) => one.text).slice(1)).toEqual(['This was for the staff of the shop.'])
    expect(sent.filter((one) => one.to === olga.id)).toHaveLength(2)
  })

  it('goes on with what a dead process was sending', async () => {
    const shop = givenShop()
    const order = givenOrder(shop)
    const { id } = existing(listNoticesOfOrder(shop.db, order.id)[0])
    shop.db.write((tx) => claimNotice(tx, { id, lease: 'a process that was killed', now: 0 }))
    const { sent, dispatcher } = givenChannel(shop)
    await dispatcher.idle()
    expect(sent).toHaveLength(1)
  })

  it('draws a card again when its order changed while it was being sent', async () => {
    const shop = givenShop({ undoGraceMs: 0 })
    const olga = givenStaff(shop)
    const order = givenOrder(shop)
    let current = order
    const { sent, dispatcher } = givenChannel(shop, ({ chat }) => {
      if (chat.id === chatOf(shop, olga.id) && current.version === 1)
        current = step(shop, olga, current, 'accept')
      return undefined
    })
    await dispatcher.idle()
    const cards = sent.filter((one) => one.to === olga.id)
    expect(cards.at(0)?.text).toContain('<b>Placed</b>')
    expect(cards.at(-1)?.text).toContain('<b>Accepted · Olga')
  })

  it('keeps what Telegram answered while the file cannot be written, and sends nothing twice', async () => {
    const shop = givenShop()
    const order = givenOrder(shop)
    const intruder = new Sqlite(join(shop.folder, 'shop.db'))
    onTestFinished(() => void intruder.close())
    const { sent, dispatcher } = givenChannel(shop, () => {
      intruder.exec('begin immediate')
      return undefined
    })
    const idle = dispatcher.idle()
    await until(() => sent.length === 1)
    expect(fates(shop, order.id)).toEqual(['order_received sending'])
    intruder.exec('rollback')
    await until(() => {
      shop.clock.advance(1_000)
      return fates(shop, order.id)[0] === 'order_received sent'
    })
    await idle
    expect(sent).toHaveLength(1)
  })

  it('shows a customer whose card is just being sent nothing that can still be undone', async () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop)
    const { sent, dispatcher } = givenChannel(shop, (delivery) => {
      if (delivery.chat.id === chatOf(shop, order.person_id) && sent.length < 2)
        step(shop, olga, order, 'accept')
      return undefined
    })
    await dispatcher.idle()
    const cards = () => sent.filter((one) => one.to === order.person_id && one.text.includes('<b>Order'))
    expect(cards().map((one) => one.text.includes('<b>Accepted'))).toEqual([false])
    shop.clock.advance(5_000)
    await dispatcher.idle()
    expect(cards().map((one) => one.text.includes('<b>Accepted'))).toEqual([false, true])
  })

  it('reaches people whose language has a name of its own, and cuts no emoji of a long title in two', async () => {
    const shop = givenShop()
    const ana = givenPerson(shop)
    shop.write((work) => greetPerson(work, { ...telegramUser(ana), language_code: 'classic-zh-cn' }))
    const variantId = givenVariant(shop, 10, 1250, `${'x'.repeat(58)}${'💥'.repeat(20)}`)
    const order = givenOrder(shop, { person: ana, variantId })
    const { sent, dispatcher } = givenChannel(shop)
    await dispatcher.idle()
    expect(fates(shop, order.id)).toEqual(['order_received sent'])
    expect(sent[0]?.text).toContain('x…')
    expect(sent[0]?.text.isWellFormed()).toBe(true)
  })

  it('leaves notices in the queue while nothing may be sent, and goes on as soon as it may', async () => {
    const shop = givenShop()
    const order = givenOrder(shop)
    const limit = { messages: 0, waitMs: 40 }
    const { sent, dispatcher } = givenChannel(shop, undefined, () => limit)
    await dispatcher.idle()
    expect(listNoticesOfOrder(shop.db, order.id)).toMatchObject([{ state: 'waiting', attempts: 0 }])
    Object.assign(limit, { messages: 1, waitMs: 0 })
    shop.clock.advance(40)
    await dispatcher.idle()
    expect(sent).toHaveLength(1)
  })

  it('has at most four messages on their way at once', async () => {
    const shop = givenShop()
    for (let i = 0; i < 12; i++) givenOrder(shop)
    let now = 0
    let most = 0
    const dispatcher = createDispatcher({
      shop,
      senders: {
        telegram: async () => {
          now += 1
          most = Math.max(most, now)
          await new Promise((resolve) => setImmediate(resolve))
          now -= 1
          return { kind: 'sent', answer: 'ok', messageId: 1 }
        },
      },
      log: suiteLog(),
      metrics: createMetrics(),
    })
    dispatcher.start()
    await dispatcher.idle()
    expect(most).toBe(4)
    await dispatcher.stop()
  })
})
