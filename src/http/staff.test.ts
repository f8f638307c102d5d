import { expect, it } from 'vitest'
import { existing, givenOrder, givenPerson, givenStaff } from '../../tests/given.ts'
import { givenApi } from '../../tests/given-api.ts'
import { setNeedsReview } from '../db/orders.ts'
import { setReach } from '../db/people.ts'
import { saveStaffGroup } from '../db/staff-groups.ts'
import { writeMessage } from '../shop/orders/write-message.ts'
import { openSession } from '../shop/staff/sessions.ts'
import type { Actor } from '../shop/work.ts'
import type { OrderDetail, OrderList } from './contract/order.ts'
import type { NewInvitation, StaffList } from './contract/staff.ts'

it('lets only owners change the staff, and owners and managers end groups', async () => {
  const { shop, staff } = givenApi()
  const olga = staff('owner', 'Olga')
  const mia = staff('manager', 'Mia')
  const pete = staff('packer', 'Pete')
  shop.write(({ tx, now }) =>
    saveStaffGroup(tx, { chatId: -1, threadId: 7, title: 'Desk', addedBy: olga.id, now }),
  )
  const made = await olga.call<NewInvitation>('POST', '/staff/invitations', { role: 'packer' })
  expect(made.body.link).toMatch(/^https:\/\/t\.me\/shop\?start=join_[\w-]{43}$/)
  const { body: list } = await olga.call<StaffList>('GET', '/staff')
  expect(list.staff.map(({ name, role, you }) => [name, role, you])).toEqual([
    ['Olga', 'owner', true],
    ['Mia', 'manager', false],
    ['Pete', 'packer', false],
  ])
  expect(list.groups).toMatchObject([{ title: 'Desk', topic: true, addedBy: 'Olga' }])
  const invitation = existing(list.invitations[0]).id

  for (const other of [mia, pete]) {
    const seen = await other.call<StaffList>('GET', '/staff')
    expect(seen.body.invitations).toEqual([])
    for (const [method, path, body] of [
      ['POST', '/staff/invitations', { role: 'owner' }],
      ['DELETE', `/staff/invitations/${invitation}`],
      ['PATCH', `/staff/${other.id}`, { role: 'owner' }],
      ['DELETE', `/staff/${olga.id}`],
      ['POST', `/staff/${olga.id}/restore`],
      [
        'PUT',
        '/settings/reminders',
        { escalation: { steps: [{ minutes: 1, reach: 'role' }], everyMinutes: 5 }, lowStock: 1 },
      ],
    ] as const) {
      expect({ path, status: (await other.call(method, path, body)).status }).toEqual({ path, status: 403 })
    }
  }
  expect((await pete.call('DELETE', '/staff/groups/1')).status).toBe(403)
  expect((await mia.call<StaffList>('DELETE', '/staff/groups/1')).body.groups).toEqual([])
  expect((await mia.call('DELETE', '/staff/groups/1')).status).toBe(404)
  const after = await olga.call<StaffList>('DELETE', `/staff/invitations/${invitation}`)
  expect(after.body.invitations).toEqual([])
  expect((await olga.call('PATCH', `/staff/${mia.id}`, { role: 'king' })).status).toBe(400)
  expect((await olga.call('DELETE', `/staff/${olga.id}`)).status).toBe(409)
})

it('signs a removed member out with the very next request', async () => {
  const { staff } = givenApi()
  const olga = staff('owner', 'Olga')
  const pete = staff('packer', 'Pete')
  expect((await pete.call('GET', '/staff')).status).toBe(200)
  await olga.call('DELETE', `/staff/${pete.id}`)
  expect((await pete.call('GET', '/staff')).status).toBe(401)
  // Even after they are back: they sign in anew.
  await olga.call('POST', `/staff/${pete.id}/restore`)
  expect((await pete.call('GET', '/staff')).status).toBe(401)
})

it('assigns, puts off and writes about an order, and says what is wrong', async () => {
  const { shop, staff } = givenApi()
  const olga = staff('owner', 'Olga')
  const pete = staff('packer', 'Pete')
  const { id } = givenOrder(shop, { person: givenPerson(shop) })
  const at = `/orders/${id}`
  const given = await olga.call<OrderDetail>('PUT', `${at}/assignee`, { personId: pete.id })
  expect(given.body.assignedTo).toEqual({ id: pete.id, name: 'Pete' })
  expect((await pete.call('PUT', `${at}/assignee`, { personId: olga.id })).status).toBe(403)
  const list = await pete.call<{ orders: OrderDetail[] }>('GET', '/orders')
  expect(list.body.orders[0]?.assignedTo).toEqual({ id: pete.id, name: 'Pete' })
  const put = await pete.call<OrderDetail>('POST', `${at}/snooze`, { minutes: 10 })
  expect(put.body.escalation?.snoozedUntil).toBe(shop.clock.now() + 600_000)
  expect((await pete.call('POST', `${at}/snooze`, { minutes: 0 })).status).toBe(400)
  const said = await pete.call<OrderDetail>('POST', `${at}/messages`, { words: ' Hello ' })
  expect(said.body.timeline.at(-1)).toMatchObject({ type: 'shop_wrote', data: { words: 'Hello' } })
  for (const words of ['', ' \n ', 'x'.repeat(1001)]) {
    expect((await pete.call('POST', `${at}/messages`, { words })).status).toBe(400)
  }
  expect((await pete.call('POST', '/orders/999999/messages', { words: 'hi' })).status).toBe(404)
})

it('lists the orders that wait for an answer, and says when nobody needs to look any more', async () => {
  const { shop, staff } = givenApi()
  const olga = staff('owner', 'Olga')
  const pete = staff('packer', 'Pete')
  const orders = ['Ana', 'Ben', 'Eva'].map((name) => givenOrder(shop, { person: givenPerson(shop, name) }))
  const [first, second] = orders.map((order) => order.id)
  for (const { id, person_id } of [...orders.slice(0, 2)].reverse()) {
    const actor: Actor = { kind: 'customer', id: person_id, name: '', source: 'chat' }
    shop.write((work) => writeMessage(work, { orderId: id, words: 'Hello?', actor }))
    shop.clock.advance(1000)
  }
  const waiting = async () => (await pete.call<OrderList>('GET', '/orders?unanswered=1')).body
  const { orders: list, next } = await waiting()
  expect(list.map((order) => order.number)).toEqual([second, first])
  expect(next).toBeNull()
  const waived = await pete.call<OrderDetail>('POST', `/orders/${second}/answer-waived`)
  expect(waived.body.unansweredSince).toBeNull()
  await olga.call('POST', `/orders/${first}/messages`, { words: 'Yes' })
  expect((await waiting()).orders).toEqual([])
  expect((await pete.call('POST', `/orders/${first}/answer-waived`)).status).toBe(409)

  shop.write(({ tx, now }) => setNeedsReview(tx, { id: Number(first), reason: 'Look', now }))
  expect((await pete.call('POST', `/orders/${first}/review-cleared`, {})).status).toBe(403)
  const done = await olga.call<OrderDetail>('POST', `/orders/${first}/review-cleared`, {
    words: 'Called her',
  })
  expect(done.body.needsReview).toBeNull()
  expect(done.body.timeline.at(-1)).toMatchObject({ data: { was: 'Look', words: 'Called her' } })
  expect((await olga.call('POST', `/orders/${first}/review-cleared`, {})).status).toBe(409)
})

it('says who put an order off', async () => {
  const { shop, staff } = givenApi()
  const pete = staff('packer', 'Pete')
  const at = `/orders/${givenOrder(shop).id}`
  expect((await pete.call<OrderDetail>('GET', at)).body.escalation?.snoozedBy).toBeNull()
  await pete.call('POST', `${at}/snooze`, { minutes: 10 })
  expect((await pete.call<OrderDetail>('GET', at)).body.escalation?.snoozedBy).toBe('Pete')
})

it('has seen somebody when they last used the panel, to five minutes, or wrote to the bot', async () => {
  const { shop, staff } = givenApi()
  const olga = staff('owner', 'Olga')
  const pete = givenStaff(shop, 'packer', 'Pete')
  const nina = givenStaff(shop, 'packer', 'Nina')
  shop.db.write((tx) => setReach(tx, nina.id, 'unknown'))
  const began = shop.clock.now()
  const seen = async () => {
    const { body } = await olga.call<StaffList>('GET', '/staff')
    return Object.fromEntries(body.staff.map(({ name, seenAt }) => [name, seenAt]))
  }
  shop.clock.advance(4 * 60_000)
  expect(await seen()).toEqual({ Olga: began, Pete: began, Nina: null })
  shop.clock.advance(60_000)
  expect(await seen()).toEqual({ Olga: shop.clock.now(), Pete: began, Nina: null })
  // The bot may not write to her yet, but she has the panel open.
  for (const personId of [pete.id, nina.id])
    shop.write((work) => openSession(work, { personId, kind: 'browser', userAgent: 'test' }))
  const now = shop.clock.now()
  expect(await seen()).toEqual({ Olga: now, Pete: now, Nina: now })
})
