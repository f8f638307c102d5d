import { expect, test } from 'vitest'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { findPersonByTelegramId, findStaff } from '../../src/db/people.ts'
import type { Role } from '../../src/db/schema.ts'
import { sql } from '../../src/db/statement.ts'
import { chaseOrders } from '../../src/shop/escalation/chase-orders.ts'
import { assignOrder } from '../../src/shop/orders/assign-order.ts'
import { changeRole } from '../../src/shop/staff/change-role.ts'
import { dismissStaff } from '../../src/shop/staff/dismiss-staff.ts'
import { inviteStaff } from '../../src/shop/staff/invite-staff.ts'
import { restoreStaff } from '../../src/shop/staff/restore-staff.ts'
import { isSignedIn, startSession } from '../../src/shop/staff/sessions.ts'
import type { Actor } from '../../src/shop/work.ts'
import { existing, givenOrder, givenPerson } from '../given.ts'
import { openTestShop, type TestChat, wordsOn } from './open-test-shop.ts'

const HOUR = 3_600_000

function actor(chat: TestChat, person: PersonDriver): Actor & { id: number } {
  const row = existing(findPersonByTelegramId(chat.shop.db, person.id))
  const role = findStaff(chat.shop.db, row.id)?.role
  return { kind: 'staff', id: row.id, name: row.name, source: 'panel', ...(role && { role }) }
}

function roleOf(chat: TestChat, person: PersonDriver): Role | undefined {
  return findStaff(chat.shop.db, actor(chat, person).id)?.role
}

function invite(chat: TestChat, by: PersonDriver, role: Role): string {
  return chat.shop.write((work) => inviteStaff(work, { role, actor: actor(chat, by) })).key
}

async function givenTeam() {
  const chat = await openTestShop()
  const olga = chat.staff(901, 'owner')
  const pete = chat.staff(902, 'packer', 'Pete')
  const nina = chat.telegram.person({ id: 903, firstName: 'Nina', languageCode: 'en' })
  await chat.say(olga, '/start')
  await chat.say(pete, '/start')
  return { chat, olga, pete, nina }
}

async function placed(chat: TestChat): Promise<number> {
  const person = givenPerson(chat.shop, 'Ana')
  const { id } = givenOrder(chat.shop, { person, variantId: chat.goods.mug })
  await chat.settled()
  return id
}

test('a link makes one person staff, once, after they have been told as what and by whom', async () => {
  const { chat, olga, pete, nina } = await givenTeam()
  const key = invite(chat, olga, 'manager')
  await nina.start(`join_${key}`)
  await chat.settled()
  expect(wordsOn(chat.shop, nina)).toContain('Olga invites you to work in this shop as manager.')
  expect(roleOf(chat, nina)).toBeUndefined()
  await chat.tap(nina, 'Join')
  expect(wordsOn(chat.shop, nina)).toContain('You are manager now')
  expect(roleOf(chat, nina)).toBe('manager')
  await olga.sees(/Nina joined the staff as manager, invited by Olga/)
  for (const person of [pete, nina])
    expect(person.messages().filter((message) => message.text?.includes('joined the staff'))).toEqual([])
  expect(nina.openMiniApp()).toContain('/app')
  const id = await placed(chat)
  await nina.sees(`Order #${id}`)
  const max = chat.telegram.person({ id: 77, firstName: 'Max', languageCode: 'en' })
  await max.start(`join_${invite(chat, olga, 'owner')}`)
  await chat.settled()
  await chat.tap(max, 'Join')
  await olga.sees(/Max joined the staff as owner/)
  expect(max.messages().filter((message) => message.text?.includes('joined the staff'))).toEqual([])

  const eve = chat.telegram.person({ id: 666, firstName: 'Eve', languageCode: 'en' })
  await eve.start(`join_${key}`)
  await chat.settled()
  expect(wordsOn(chat.shop, eve)).toContain('has been used')
  expect(await chat.forge(eve, `j:${key}`)).toContain('over')
  expect(roleOf(chat, eve)).toBeUndefined()
  // A link never changes the role of somebody who has one: not even an owner's own.
  const other = invite(chat, olga, 'packer')
  await olga.start(`join_${other}`)
  await chat.settled()
  expect(wordsOn(chat.shop, olga)).toContain('belong to the staff already, as owner')
  await chat.forge(olga, `j:${other}`)
  await chat.forge(pete, `j:${other}`)
  expect([roleOf(chat, olga), roleOf(chat, pete)]).toEqual(['owner', 'packer'])
})

test('a link that is too old, made up, or from somebody who is no owner any more is of no use', async () => {
  const { chat, olga, pete, nina } = await givenTeam()
  const old = invite(chat, olga, 'packer')
  await chat.pass(48 * HOUR)
  for (const key of [old, 'made-up']) {
    await nina.start(`join_${key}`)
    await chat.settled()
    expect(wordsOn(chat.shop, nina)).toContain('invitation is over')
  }
  const key = invite(chat, olga, 'owner')
  await nina.start(`join_${key}`)
  await chat.settled()
  chat.shop.write((work) => {
    changeRole(work, { personId: actor(chat, pete).id, role: 'owner', actor: actor(chat, olga) })
    dismissStaff(work, { personId: actor(chat, olga).id, actor: actor(chat, olga) })
  })
  await chat.tap(nina, 'Join')
  expect(roleOf(chat, nina)).toBeUndefined()
  expect(() => invite(chat, olga, 'packer')).toThrow('Only an owner')
})

test('who is removed is signed out at once, hears nothing more, and sees no customer on any card', async () => {
  const { chat, olga, pete } = await givenTeam()
  const id = await placed(chat)
  const card = await pete.sees(`Order #${id}`)
  expect(card.text).toContain('Rua Nova 1')
  const { token } = chat.shop.write((work) => startSession(work, { id: 902, first_name: 'Pete' }, 'test'))
  const petes = actor(chat, pete).id
  chat.shop.write((work) => dismissStaff(work, { personId: petes, actor: actor(chat, olga) }))
  expect(isSignedIn(chat.shop.db, token, chat.clock.now())).toBe(false)
  await chat.settled()
  const emptied = () => existing(pete.messages().find((message) => message.id === card.id))
  expect(emptied()).toMatchObject({ text: 'This was for the staff of the shop.', buttons: [] })
  const before = pete.messages().length
  await placed(chat)
  expect(pete.messages()).toHaveLength(before)
  expect(await chat.forge(pete, `s:${id}:1:accept`, card.id)).toContain('for the staff')

  chat.shop.write((work) => restoreStaff(work, { personId: petes, actor: actor(chat, olga) }))
  await chat.pass(10_000)
  expect(emptied().text).toContain('Rua Nova 1')
  expect(roleOf(chat, pete)).toBe('packer')
})

test('the last owner stays, and only owners decide', async () => {
  const { chat, olga, pete } = await givenTeam()
  const [owner, packer] = [actor(chat, olga), actor(chat, pete)]
  const write = (fn: Parameters<typeof chat.shop.write>[0]) => () => chat.shop.write(fn)
  expect(write((work) => dismissStaff(work, { personId: owner.id, actor: owner }))).toThrow('only owner')
  expect(write((work) => changeRole(work, { personId: owner.id, role: 'packer', actor: owner }))).toThrow(
    'only owner',
  )
  expect(write((work) => dismissStaff(work, { personId: owner.id, actor: packer }))).toThrow('Only an owner')
  expect(write((work) => changeRole(work, { personId: packer.id, role: 'owner', actor: packer }))).toThrow(
    'Only an owner',
  )
  expect(write((work) => restoreStaff(work, { personId: packer.id, actor: owner }))).toThrow('not removed')
  chat.shop.write((work) => changeRole(work, { personId: packer.id, role: 'manager', actor: owner }))
  const types = chat.shop.db.all(sql.selectFrom('events').select('type').where('type', 'like', 'staff_%'))
  expect(types.map((event) => event.type)).toContain('staff_role_changed')
})

test('whoever accepts has the order; it can be given to another, who is told, and taken by a packer', async () => {
  const { chat, olga, pete } = await givenTeam()
  const id = await placed(chat)
  const assign = (personId: number | null, by: PersonDriver) => {
    chat.shop.write((work) => assignOrder(work, { orderId: id, personId, actor: actor(chat, by) }))
    return chat.settled()
  }
  const [olgas, petes] = [actor(chat, olga).id, actor(chat, pete).id]
  await chat.tap(olga, 'Accept', (await olga.sees(`Order #${id}`)).id)
  await olga.sees(/📌 Olga/)
  const mark = pete.mark()
  await assign(petes, olga)
  await pete.sees(`Olga gave you order #${id}`, { since: mark })
  await olga.sees(/📌 Pete/)
  await expect(async () => assign(olgas, pete)).rejects.toThrow('for managers')
  await assign(null, pete)
  await assign(petes, pete)
  await expect(async () => assign(999_999, olga)).rejects.toThrow('not one of the staff')
  const events = chat.shop.db.all(
    sql.selectFrom('events').select('data').where('type', '=', 'assigned').orderBy('id'),
  )
  expect(events.map((event) => JSON.parse(event.data))).toEqual([
    { from: 'Olga', to: 'Pete' },
    { from: 'Pete', to: null },
    { from: null, to: 'Pete' },
  ])
})

test('staff hear once that stock runs low, and once that it is sold out', async () => {
  const { chat, olga } = await givenTeam()
  const buy = async (variantId: number, quantity: number) => {
    givenOrder(chat.shop, { person: givenPerson(chat.shop, 'Ana'), variantId, quantity })
    await chat.pass(60_000)
  }
  const heard = () =>
    olga
      .messages()
      .filter((message) => /📉/.test(message.text ?? ''))
      .map((message) => message.text)
  await buy(chat.goods.large, 8)
  expect(heard()).toEqual([])
  await buy(chat.goods.large, 2)
  await buy(chat.goods.large, 1)
  expect(heard()).toEqual(['📉 Lavender Soap, 250 g: only 2 left.'])
  await buy(chat.goods.large, 1)
  expect(heard()).toEqual(['📉 Lavender Soap, 250 g: only 2 left.', '📉 Lavender Soap, 250 g is sold out.'])
  await buy(chat.goods.tea, 3)
  expect(heard().at(-1)).toBe('📉 Green Tea is sold out.')
  expect(heard()).toHaveLength(3)
})

test('one acceptance takes the reminder away from every phone; its undo brings the waiting back', async () => {
  const { chat, olga, pete } = await givenTeam()
  const id = await placed(chat)
  const chase = async (minutes: number) => {
    chat.clock.advance(minutes * 60_000)
    chaseOrders(chat.shop)
    await chat.settled()
  }
  const reminders = (person: PersonDriver) =>
    person.messages().filter((message) => /Nobody has accepted it yet/.test(message.text ?? '')).length
  await chase(2)
  await chase(3)
  // The later reminder has taken the place of the one before.
  expect([reminders(olga), reminders(pete)]).toEqual([1, 1])
  const card = existing(olga.messages().find((message) => message.text?.startsWith(`Order #${id}`)))
  await chat.tap(olga, 'Accept', card.id)
  expect([reminders(olga), reminders(pete)]).toEqual([0, 0])
  await chat.tap(olga, 'Undo', card.id)
  // It has waited for five minutes already: the next reminder comes after ten.
  await chase(5)
  expect([reminders(olga), reminders(pete)]).toEqual([1, 1])
})
