import { expect, test } from 'vitest'
import { callbackData } from '../../src/bot/callback-data.ts'
import { listEvents } from '../../src/db/events.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { sql } from '../../src/db/statement.ts'
import type { SignedIn } from '../../src/http/contract/session.ts'
import { existing, givenCheckout, givenOrder, givenVariant } from '../given.ts'
import { givenApp } from '../given-app.ts'

test('fifty presses of the same step at once: one moves the order, all others hear of a conflict', async () => {
  const { app, telegram } = await givenApp()
  const order = givenOrder(app.shop)
  const url = `http://127.0.0.1:${app.port}/api`
  const headers = { 'content-type': 'application/json' }
  const olga = telegram.person({ id: 701, firstName: 'Olga' })
  const body = JSON.stringify({ initData: olga.initData() })
  const signedIn = await fetch(`${url}/session`, { method: 'POST', headers, body })
  const { token } = (await signedIn.json()) as SignedIn
  const press = () =>
    fetch(`${url}/orders/${order.id}/steps`, {
      method: 'POST',
      headers: { ...headers, authorization: `Bearer ${token}` },
      body: JSON.stringify({ step: 'accept', version: 1 }),
    })
  const answers = await Promise.all(Array.from({ length: 50 }, press))
  const statuses = answers.map((answer) => answer.status).sort()
  expect(statuses).toEqual([200, ...Array.from({ length: 49 }, () => 409)])
  const moves = listEvents(app.shop.db, order.id).filter((event) => event.from_fulfilment !== null)
  expect(moves.map((event) => event.type)).toEqual(['accepted'])
})

test('twelve customers want the last five: five orders, stock never below zero, the others are told', async () => {
  const { app, telegram } = await givenApp()
  const variantId = givenVariant(app.shop, 5)
  const people = Array.from({ length: 12 }, (_, i) =>
    telegram.person({ id: 501 + i, firstName: `Person ${i}` }),
  )
  for (const person of people) await person.send('/start')
  await telegram.idle()
  await app.settled()
  const presses = people.map((person) => {
    const row = existing(findPersonByTelegramId(app.shop.db, person.id))
    const { checkoutKey, totalMinor } = givenCheckout(app.shop, { person: row, variantId, quantity: 1 })
    return callbackData.placeOrder(checkoutKey, totalMinor)
  })
  const answers = await Promise.all(people.map((person, i) => person.pressData(existing(presses[i]))))
  await app.settled()
  const orders = app.shop.db.all(sql.selectFrom('orders').selectAll())
  expect(orders).toHaveLength(5)
  const stock = app.shop.db.first(sql.selectFrom('variants').select(['available', 'reserved']))
  expect(stock).toEqual({ available: 0, reserved: 5 })
  expect(
    answers.filter((answer) => answer.alert && /no longer available/.test(answer.text ?? '')),
  ).toHaveLength(7)
})

test('updates that come twice have one effect', async () => {
  const { app, telegram } = await givenApp()
  const ana = telegram.person({ id: 501, firstName: 'Ana' })
  telegram.faults.duplicateUpdates(50)
  await ana.send('/start')
  await ana.sees(/Welcome/)
  const person = existing(findPersonByTelegramId(app.shop.db, 501))
  const { checkoutKey, totalMinor } = givenCheckout(app.shop, { person })
  await ana.pressData(callbackData.placeOrder(checkoutKey, totalMinor))
  await telegram.idle()
  await app.settled()
  expect(app.shop.db.all(sql.selectFrom('orders').select('id'))).toHaveLength(1)
  const stored = app.shop.db.all(sql.selectFrom('updates').select('update_id'))
  expect(new Set(telegram.confirmedUpdateIds())).toEqual(new Set(stored.map((row) => row.update_id)))
})
