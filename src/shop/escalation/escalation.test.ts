import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  existing,
  givenOrder,
  givenShop,
  givenStaff,
  givenVariant,
  step,
  type TestShop,
} from '../../../tests/given.ts'
import { openDatabase } from '../../db/database.ts'
import { findEscalation } from '../../db/escalations.ts'
import { listEvents } from '../../db/events.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { sql } from '../../db/statement.ts'
import { LANES } from '../notifications/plan.ts'
import { undoStep } from '../orders/undo-step.ts'
import { switchPayment } from '../payments/switch-payment.ts'
import { recordEvent } from '../record-event.ts'
import { saveReminderSettings } from '../staff/reminder-settings.ts'
import { openShop, SYSTEM } from '../work.ts'
import { chaseOrders } from './chase-orders.ts'
import { snoozeOrder } from './snooze-order.ts'

const MINUTE = 60_000

/** Lets time go by as the job sees it: every five seconds. */
function pass(shop: TestShop, minutes: number): void {
  for (let i = 0; i < (minutes * MINUTE) / 5_000; i++) {
    shop.clock.advance(5_000)
    chaseOrders(shop)
  }
}

/** At which minute after the order each reminder came, and how far it reached. */
function reminders(shop: TestShop, order: OrderRow): [number, unknown][] {
  return listEvents(shop.db, order.id)
    .filter((event) => event.type === 'escalated')
    .map((event) => {
      const { reach } = JSON.parse(event.data) as { reach: string }
      return [Math.round((event.at - order.placed_at) / 6_000) / 10, reach]
    })
}

function notices(shop: TestShop, orderId: number, kind: string) {
  return shop.db.all(
    sql
      .selectFrom('notices')
      .selectAll()
      .where('order_id', '=', orderId)
      .where('kind', '=', kind)
      .orderBy('id'),
  )
}

/** As the dispatcher leaves them: everything that is due has been sent. */
function allSent(shop: TestShop): void {
  shop.db.write((tx) =>
    tx.run(
      sql
        .updateTable('notices')
        .set((eb) => ({ state: 'sent', sent_at: shop.clock.now(), message_id: eb.ref('id') }))
        .where('state', '=', 'waiting')
        .where('due_at', '<=', shop.clock.now()),
    ),
  )
}

function givenWaiting() {
  const shop = givenShop()
  const olga = givenStaff(shop, 'owner', 'Olga')
  const pete = givenStaff(shop, 'packer', 'Pete')
  const order = givenOrder(shop)
  return { shop, olga, pete, order }
}

describe('an order nobody accepts', () => {
  it('is reminded of after 2, 5, 10 and then every 10 minutes, ever further', () => {
    const { shop, order } = givenWaiting()
    pass(shop, 31)
    expect(reminders(shop, order)).toEqual([
      [2, 'told'],
      [5, 'role'],
      [10, 'owner'],
      [20, 'owner'],
      [30, 'owner'],
    ])
  })

  it('goes on after a restart where it was, and never tells one step twice', () => {
    const { shop, order } = givenWaiting()
    pass(shop, 3)
    const again = openDatabase(join(shop.folder, 'shop.db'))
    const { clock, texts, settings, providers } = shop
    const restarted = {
      ...openShop({ db: again, clock, texts, settings, providers }),
      clock,
      folder: shop.folder,
    }
    for (let i = 0; i < 5; i++) chaseOrders(restarted)
    pass(restarted, 3)
    again.close()
    expect(reminders(shop, order)).toEqual([
      [2, 'told'],
      [5, 'role'],
    ])
  })

  it('is reminded of once, as far as it has come, after the shop was down for an hour', () => {
    const { shop, order } = givenWaiting()
    shop.clock.advance(60 * MINUTE)
    expect(chaseOrders(shop)).toBe(1)
    expect(chaseOrders(shop)).toBe(0)
    expect(reminders(shop, order)).toEqual([[60, 'owner']])
    pass(shop, 11)
    expect(reminders(shop, order)).toHaveLength(2)
  })

  it('is not reminded of before its money has come, and from then on', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop, { payment: 'bank_transfer' })
    pass(shop, 20)
    expect(reminders(shop, order)).toEqual([])
    step(shop, olga, order, 'mark_paid')
    pass(shop, 3)
    expect(reminders(shop, order)).toEqual([[22, 'told']])
  })
})

describe('one acceptance', () => {
  it('stops all, takes reminders away, settles devices and drops what has not left', () => {
    const { shop, olga, pete, order } = givenWaiting()
    const device = shop.db.write((tx) =>
      tx.run(
        sql.insertInto('devices').values({
          person_id: pete.id,
          session_hash: null,
          name: 'Chrome on Android',
          endpoint: 'https://push.example/1',
          p256dh: 'k',
          auth: 'a',
          vapid_key: 'v',
          created_at: 0,
          seen_at: 0,
        }),
      ),
    )
    pass(shop, 2)
    allSent(shop)
    pass(shop, 3)
    const told = notices(shop, order.id, 'staff_reminder')
    expect(told.filter((one) => one.device_id === device.id).map((one) => one.state)).toEqual([
      'sent',
      'waiting',
    ])
    step(shop, olga, order, 'accept')
    expect(findEscalation(shop.db, order.id)).toBeUndefined()
    const after = notices(shop, order.id, 'staff_reminder')
    expect(after.filter((one) => one.message_id === null).map((one) => one.state)).not.toContain('waiting')
    // What had been sent to the chat is due to be drawn again, which takes it away.
    expect(
      after.filter((one) => one.channel === 'telegram' && one.message_id).map((one) => one.state),
    ).toEqual(['waiting', 'waiting'])
    expect(notices(shop, order.id, 'staff_settled').map((one) => one.device_id)).toEqual([device.id])
    pass(shop, 30)
    expect(reminders(shop, order)).toHaveLength(2)
  })

  it('that is undone brings the waiting back, with what it had dropped', () => {
    const { shop, olga, order } = givenWaiting()
    pass(shop, 2)
    const accepted = step(shop, olga, order, 'accept')
    expect(new Set(notices(shop, order.id, 'staff_reminder').map((one) => one.state))).toEqual(
      new Set(['dropped']),
    )
    shop.clock.advance(1_000)
    shop.write((work) => undoStep(work, { orderId: order.id, version: accepted.version, actor: olga }))
    expect(new Set(notices(shop, order.id, 'staff_reminder').map((one) => one.state))).toEqual(
      new Set(['waiting']),
    )
    // It has waited since it was placed, and the reminder after two minutes was given.
    expect(findEscalation(shop.db, order.id)).toMatchObject({
      waiting_since: order.placed_at,
      steps_done: 1,
      due_at: order.placed_at + 5 * MINUTE,
    })
    pass(shop, 3)
    expect(reminders(shop, order)).toHaveLength(2)
  })

  it('that is undone has waited since it could be accepted, not since it was placed', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const { id, person_id: personId } = givenOrder(shop, { payment: 'bank_transfer' })
    pass(shop, 60)
    const since = shop.clock.now()
    const actor = { kind: 'customer', id: personId, name: 'Ana', source: 'chat' } as const
    shop.write((work) => switchPayment(work, { orderId: id, kind: 'cash_on_delivery', actor }))
    const accepted = step(shop, olga, existing(findOrder(shop.db, id)), 'accept')
    shop.clock.advance(1_000)
    shop.write((work) => undoStep(work, { orderId: id, version: accepted.version, actor: olga }))
    const waits = { waiting_since: since, steps_done: 0, due_at: since + 2 * MINUTE }
    expect(findEscalation(shop.db, id)).toMatchObject(waits)
  })

  it('of the money that is undone leaves nothing to be reminded of', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop, { payment: 'bank_transfer' })
    const paid = step(shop, olga, order, 'mark_paid')
    expect(findEscalation(shop.db, order.id)).toBeDefined()
    shop.write((work) => undoStep(work, { orderId: order.id, version: paid.version, actor: olga }))
    expect(findEscalation(shop.db, order.id)).toBeUndefined()
  })
})

describe('many orders that wait', () => {
  it('are chased a few at a time, behind news, and one that cannot be chased keeps no other from it', () => {
    const shop = givenShop()
    givenStaff(shop)
    const variantId = givenVariant(shop, 100)
    const orders = Array.from({ length: 25 }, () => givenOrder(shop, { variantId, quantity: 1 }))
    // A step that was taken already, as a broken clock could have it.
    shop.write((work) => {
      const since = orders[0]?.placed_at ?? 0
      const requestKey = `escalate:${orders[0]?.id}:${since + 2 * MINUTE}`
      recordEvent(work, { type: 'escalated', orderId: null, actor: SYSTEM, requestKey })
    })
    shop.clock.advance(2 * MINUTE)
    expect(() => chaseOrders(shop)).toThrow('some orders could not be chased')
    expect(orders.filter((order) => reminders(shop, order).length > 0)).toHaveLength(19)
    expect(() => chaseOrders(shop)).toThrow()
    expect(orders.filter((order) => reminders(shop, order).length > 0)).toHaveLength(24)
    const [first] = notices(shop, orders[1]?.id ?? 0, 'staff_reminder')
    expect(first?.lane).toBeGreaterThan(LANES.order)
  })
})

describe('a snooze', () => {
  it('puts the next reminder off, and keeps its promise', () => {
    const { shop, olga, order } = givenWaiting()
    pass(shop, 2)
    shop.write((work) => snoozeOrder(work, { orderId: order.id, minutes: 15, actor: olga }))
    pass(shop, 14)
    expect(reminders(shop, order)).toEqual([[2, 'told']])
    pass(shop, 1)
    expect(reminders(shop, order).at(-1)).toEqual([17, 'owner'])
    pass(shop, 4)
    expect(reminders(shop, order).at(-1)).toEqual([20, 'owner'])
  })

  it('reminds at its end also where no step lies in between', () => {
    const { shop, olga, order } = givenWaiting()
    pass(shop, 2.5)
    shop.write((work) => snoozeOrder(work, { orderId: order.id, minutes: 1, actor: olga }))
    pass(shop, 3)
    expect(reminders(shop, order)).toEqual([
      [2, 'told'],
      [3.5, 'told'],
      [5, 'role'],
    ])
  })

  it('of an order that does not wait, or for no time at all, is refused', () => {
    const { shop, olga, order } = givenWaiting()
    const snooze = (minutes: number) => () =>
      shop.write((work) => snoozeOrder(work, { orderId: order.id, minutes, actor: olga }))
    expect(snooze(0)).toThrow('between a minute and a day')
    expect(snooze(1441)).toThrow('between a minute and a day')
    step(shop, olga, order, 'accept')
    expect(snooze(5)).toThrow('is not waiting to be accepted')
  })
})

describe('steps that are changed while an order waits', () => {
  const save = (
    shop: TestShop,
    actor: ReturnType<typeof givenStaff>,
    minutes: number[],
    everyMinutes: number,
  ) =>
    shop.write((work) =>
      saveReminderSettings(
        work,
        {
          escalation: {
            steps: minutes.map((one) => ({ minutes: one, reach: 'role' as const })),
            everyMinutes,
          },
          lowStock: 3,
        },
        actor,
      ),
    )

  it('count from the next one on, and none comes twice', () => {
    const { shop, olga, order } = givenWaiting()
    pass(shop, 6)
    save(shop, olga, [1, 3, 8], 5)
    pass(shop, 3)
    save(shop, olga, [10], 10)
    pass(shop, 12)
    save(shop, olga, [10, 20, 22], 30)
    pass(shop, 2)
    expect(reminders(shop, order).map(([minute]) => minute)).toEqual([2, 5, 8, 10, 20, 22])
  })

  it('must rise, and lie between a minute and a day; only an owner may change them', () => {
    const { shop, olga, pete } = givenWaiting()
    expect(() => save(shop, olga, [5, 5], 10)).toThrow('later than the one before')
    expect(() => save(shop, olga, [], 10)).toThrow('between one and 10')
    expect(() => save(shop, olga, [0], 10)).toThrow('one minute and a day')
    expect(() => save(shop, olga, [1441], 10)).toThrow('one minute and a day')
    expect(() => save(shop, olga, [2], 0)).toThrow('one minute and a day')
    expect(() => save(shop, pete, [2], 10)).toThrow('Only an owner')
  })
})
