import { describe, expect, it } from 'vitest'
import {
  givenDevice,
  givenOrder,
  givenPerson,
  givenShop,
  givenStaff,
  givenWishes,
  step,
  type TestShop,
} from '../../../tests/given.ts'
import { saveChoice } from '../../db/audience.ts'
import { findNotice } from '../../db/notices.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { takeStep } from '../orders/take-step.ts'
import { undoStep } from '../orders/undo-step.ts'
import { writeMessage } from '../orders/write-message.ts'
import { recordEvent } from '../record-event.ts'
import { SYSTEM } from '../work.ts'
import { readAudience } from './audience.ts'
import { planForStaff } from './plan.ts'

/** The clock of a test shop stands at 9 on 5 January 2026, UTC. */
const NINE = Date.UTC(2026, 0, 5, 9)
const MORNING = '08:00-11:00'

/** An owner with a device, in quiet hours. */
function givenSleeper(shop: TestShop, urgentAnyway = false) {
  const olga = givenStaff(shop)
  const device = givenDevice(shop, olga.id)
  givenWishes(shop, olga.id, { quiet: MORNING, urgentAnyway })
  return { olga, device }
}

/** What an order's recipient is told: kind, state, and minutes from nine o'clock. */
function rowsOf(shop: TestShop, orderId: number, recipient: string): string[] {
  return listNoticesOfOrder(shop.db, orderId)
    .filter((notice) => notice.recipient === recipient)
    .map((notice) => `${notice.kind} ${notice.state} +${(notice.due_at - NINE) / 60_000}`)
}

describe('quiet hours', () => {
  it('hold a push until their end; the chat is told silently at once', () => {
    const shop = givenShop()
    const { olga, device } = givenSleeper(shop)
    const order = givenOrder(shop)
    expect(rowsOf(shop, order.id, `device:${device}`)).toEqual(['staff_order waiting +120'])
    expect(rowsOf(shop, order.id, `telegram:${olga.id}`)).toEqual(['staff_order waiting +0'])
    const [chat] = listNoticesOfOrder(shop.db, order.id).filter(
      (one) => one.recipient === `telegram:${olga.id}`,
    )
    expect(chat?.silent).toBe(1)
  })

  it('drop the push when the order was accepted meanwhile, and plan it again for their end when that is undone', () => {
    const shop = givenShop()
    const { device } = givenSleeper(shop)
    const pia = givenStaff(shop, 'packer', 'Pia')
    const order = givenOrder(shop)
    const accepted = step(shop, pia, order, 'accept')
    expect(rowsOf(shop, order.id, `device:${device}`)).toEqual(['staff_order dropped +120'])
    shop.write((work) => undoStep(work, { orderId: order.id, version: accepted.version, actor: pia }))
    expect(rowsOf(shop, order.id, `device:${device}`)).toEqual(['staff_order waiting +120'])
  })

  it('of news that waits do not hold up what may pass through them', () => {
    const shop = givenShop({ undoGraceMs: 0 })
    const { olga, device } = givenSleeper(shop, true)
    const max = givenStaff(shop, 'manager', 'Max')
    const person = givenPerson(shop)
    for (const topic of ['order_accepted', 'new_order'])
      shop.db.write((tx) => saveChoice(tx, { personId: olga.id, topic, channel: 'push', wanted: 1 }))
    const order = step(shop, max, givenOrder(shop, { person }), 'accept')
    expect(rowsOf(shop, order.id, `device:${device}`)).toContain('staff_order_accepted waiting +120')
    const customer = { kind: 'customer', id: person.id, name: person.name, source: 'chat' } as const
    const { id: orderId, version } = order
    shop.write((work) => takeStep(work, { orderId, step: 'cancel', version, actor: customer }))
    expect(rowsOf(shop, order.id, `device:${device}`)).toContain('staff_order_cancelled waiting +0')
  })
})

it('what a customer does never overtakes a step that can still be undone', () => {
  const shop = givenShop({ undoGraceMs: 60_000 })
  const olga = givenStaff(shop)
  const max = givenStaff(shop, 'manager', 'Max')
  const person = givenPerson(shop)
  shop.db.write((tx) =>
    saveChoice(tx, { personId: olga.id, topic: 'order_accepted', channel: 'telegram', wanted: 1 }),
  )
  const { id: orderId, version } = step(shop, max, givenOrder(shop, { person }), 'accept')
  const customer = { kind: 'customer', id: person.id, name: person.name, source: 'chat' } as const
  shop.write((work) => takeStep(work, { orderId, step: 'cancel', version, actor: customer }))
  expect(rowsOf(shop, orderId, `telegram:${olga.id}`)).toEqual([
    'staff_order waiting +0',
    'staff_order_accepted waiting +1',
    'staff_order_cancelled waiting +1',
  ])
})

it('the audience: staff who are active with their own wishes, live devices while push is on, live groups', () => {
  const shop = givenShop()
  const olga = givenStaff(shop)
  const pia = givenStaff(shop, 'packer', 'Pia')
  const gone = givenStaff(shop, 'manager', 'Gus')
  givenPerson(shop)
  shop.db.write((tx) => {
    tx.run({ sql: 'update staff set active = 0 where person_id = ?', values: [gone.id] })
    saveChoice(tx, { personId: pia.id, topic: 'new_order', channel: 'push', wanted: 0 })
  })
  givenWishes(shop, pia.id, { quiet: '22:00-07:30', timezone: 'Europe/Berlin', urgentAnyway: true })
  const devices = [givenDevice(shop, olga.id), givenDevice(shop, pia.id), givenDevice(shop, olga.id)]
  const read = (push = true) =>
    shop.write((work) =>
      readAudience({ ...work, settings: { ...work.settings, channels: { push, mail: true } } }),
    )
  expect(read()).toEqual({
    members: [
      {
        personId: olga.id,
        role: 'owner',
        choices: new Map(),
        quiet: null,
        urgentAnyway: false,
        devices: [devices[0], devices[2]],
      },
      {
        personId: pia.id,
        role: 'packer',
        choices: new Map([['new_order:push', false]]),
        quiet: { from: 1320, to: 450, timezone: 'Europe/Berlin' },
        urgentAnyway: true,
        devices: [devices[1]],
      },
    ],
    groups: [],
  })
  expect(read(false).members.flatMap((member) => member.devices)).toEqual([])
  shop.db.write((tx) =>
    tx.run({ sql: 'update devices set endpoint = null, ended_at = 1 where id = ?', values: [devices[0]] }),
  )
  expect(read().members[0]?.devices).toEqual([devices[2]])
})

it('nothing overtakes a step taken while the shop gave longer to undo than it does now', () => {
  const shop = givenShop({ undoGraceMs: 60_000 })
  const olga = givenStaff(shop)
  const person = givenPerson(shop)
  const accepted = step(shop, olga, givenOrder(shop, { person }), 'accept')
  const { id: orderId, version } = accepted
  shop.write((work) => {
    const settings = { ...work.settings, undoGraceMs: 0 }
    return takeStep({ ...work, settings }, { orderId, step: 'pack', version, actor: olga })
  })
  expect(rowsOf(shop, orderId, `telegram:${person.id}`)).toEqual([
    'order_received waiting +0',
    'order_accepted waiting +1',
    'order_packing waiting +1',
  ])
})

describe('cards', () => {
  it('are the messages with steps on them, and what customers wrote', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = { ...givenOrder(shop), assigned_to: olga.id }
    for (const type of ['paid', 'payment_proof', 'assigned', 'customer_wrote', 'cancelled'])
      shop.write((work) => {
        const id = recordEvent(work, { type, orderId: order.id, actor: SYSTEM })
        planForStaff(work, { id, type, actor: SYSTEM }, { order })
      })
    const rows = listNoticesOfOrder(shop.db, order.id).filter(
      (one) => one.recipient === `telegram:${olga.id}`,
    )
    expect(rows.filter((one) => one.card === 1).map((one) => one.kind)).toEqual([
      'staff_order',
      'staff_payment_received',
      'staff_payment_proof',
      'staff_order_assigned',
      'staff_customer_wrote',
    ])
    expect(rows).toHaveLength(6)
  })

  it('are not drawn again for what people write, except what is answered by it', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const person = givenPerson(shop)
    const { id: orderId } = givenOrder(shop, { person })
    const customer = { kind: 'customer', id: person.id, name: person.name, source: 'chat' } as const
    for (const actor of [customer, olga])
      shop.write((work) => writeMessage(work, { orderId, words: 'Hello', actor }))
    const rows = listNoticesOfOrder(shop.db, orderId)
    expect(rows.map((one) => one.kind)).toEqual(
      expect.arrayContaining(['staff_customer_wrote', 'shop_wrote']),
    )
    const redrawn = rows.filter((one) => findNotice(shop.db, one.id)?.revision !== 1)
    expect(redrawn.map((one) => one.kind)).toEqual(['staff_customer_wrote'])
  })
})
