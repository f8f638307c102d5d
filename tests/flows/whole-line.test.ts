import { expect, test } from 'vitest'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { findOrder } from '../../src/db/orders.ts'
import { listNoticesOfOrder } from '../../src/db/proof.ts'
import type { OrderDetail, OrderList } from '../../src/http/contract/order.ts'
import type { SignedIn } from '../../src/http/contract/session.ts'
import { existing, givenVariant } from '../given.ts'
import { eventually, givenApp } from '../given-app.ts'
import { orderInChat } from '../order-in-chat.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const OLGA = { id: 701, firstName: 'Olga', languageCode: 'en' }

/** Signs in to the panel's API as this person's Mini App would. */
async function panelOf(port: number, person: PersonDriver) {
  const url = `http://127.0.0.1:${port}/api`
  const initData = person.initData()
  const headers = { 'content-type': 'application/json' }
  const signIn = await fetch(`${url}/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ initData }),
  })
  const { token } = (await signIn.json()) as SignedIn
  return async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(url + path, {
      method,
      headers: { ...headers, authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return (await response.json()) as T
  }
}

test('an order goes from the chat to the panel to delivered, and everybody is told', async () => {
  const { app, telegram } = await givenApp()
  givenVariant(app.shop, 5)
  const [ana, olga] = [telegram.person(ANA), telegram.person(OLGA)]
  await olga.send('/start')
  await olga.sees(/Welcome/)

  const number = await orderInChat(ana)
  const alert = await olga.sees(new RegExp(`Order #${number}.*Ana.*Rua Nova 1`, 's'))
  expect(alert.text).toContain('Placed')

  const answer = await olga.press('Accept', { messageId: alert.id })
  expect(answer.text).toContain('accepted')
  await ana.sees(/is accepted/)
  await olga.sees(/Accepted · Olga/)

  const panel = await panelOf(app.port, olga)
  const { orders } = await panel<OrderList>('GET', '/orders?stage=accepted')
  expect(orders).toMatchObject([{ number, customerName: 'Ana', version: 2 }])
  const step = (body: object) => panel<OrderDetail>('POST', `/orders/${number}/steps`, body)
  await step({ step: 'pack', version: 2 })
  await ana.sees(/is being packed/)
  await step({ step: 'dispatch', version: 3, trackingNumber: 'RR123456789PT' })
  await ana.sees(/is on its way.*RR123456789PT/s)
  expect((await ana.press('Copy tracking number')).copied).toBe('RR123456789PT')
  await step({ step: 'deliver', version: 4 })
  await ana.sees(/has arrived/)
  await ana.press('5 ★')
  await step({ step: 'mark_paid', version: 5 })
  await ana.sees(/We received/)
  await app.settled()

  const detail = await panel<OrderDetail>('GET', `/orders/${number}`)
  expect(detail).toMatchObject({ stage: 'delivered', payment: 'paid', review: { rating: 5 }, steps: [] })
  expect(new Set(detail.notices.map((notice) => notice.state))).toEqual(new Set(['sent']))
  expect(telegram.floodViolations()).toBe(0)
})

test('what was said before a restart is still true after it', async () => {
  const shop = await givenApp()
  givenVariant(shop.app.shop, 5)
  const [ana, olga] = [shop.telegram.person(ANA), shop.telegram.person(OLGA)]
  await olga.send('/start')
  await olga.sees(/Welcome/)
  await ana.send('/start')
  await ana.press('Shop')
  await shop.restart()
  await ana.press('Everything else')
  await ana.press('Mug')
  await ana.press(/^Add 1/)
  await ana.press(/^🛒 Cart/)
  await ana.press(/^Check out/)
  await ana.press(/^Local delivery/)
  await ana.sees(/address/i)
  await shop.restart()
  await ana.send('Rua Nova 1, Lisbon')
  await ana.sees(/phone/i)
  await shop.restart()
  await ana.send('+351 912 345 678')
  await ana.press('No note')
  await ana.press(/Place order/)
  const card = await olga.sees(/Order #1001/)
  await shop.restart()
  await olga.press('Accept', { messageId: card.id })
  await ana.sees(/is accepted/)
})

test('what is said while the shop is closed is heard when it opens', async () => {
  const shop = await givenApp()
  const ana = shop.telegram.person(ANA)
  await shop.stop()
  await ana.send('/start')
  await shop.start()
  await ana.sees(/Welcome/)
})

test('a customer who blocked the bot is marked, and told where the order is after coming back', async () => {
  const { app, telegram } = await givenApp()
  givenVariant(app.shop, 5)
  const [ana, olga] = [telegram.person(ANA), telegram.person(OLGA)]
  await olga.send('/start')
  const number = await orderInChat(ana)
  await app.settled()
  ana.block()
  const panel = await panelOf(app.port, olga)
  await panel('POST', `/orders/${number}/steps`, { step: 'accept', version: 1 })
  const isDead = (kind: string) =>
    listNoticesOfOrder(app.shop.db, number).some((one) => one.kind === kind && one.state === 'dead')
  await eventually(app.shop, () => isDead('order_accepted'))
  const blocked = await panel<OrderDetail>('GET', `/orders/${number}`)
  expect(blocked.customer.reach).toBe('blocked')
  const dead = existing(blocked.notices.find((notice) => notice.kind === 'order_accepted'))
  expect(dead).toMatchObject({ state: 'dead', lastError: expect.stringContaining('blocked') })
  await panel('POST', `/orders/${number}/steps`, { step: 'pack', version: 2 })
  await eventually(app.shop, () => isDead('order_packing'))
  ana.unblock()
  await ana.sees(/is being packed/)
  await eventually(app.shop, () => !isDead('order_packing'))
  expect(isDead('order_accepted')).toBe(true)
  await panel('POST', `/notices/${dead.id}/resend`, {})
  await ana.sees(/is accepted/)
  expect(existing(findOrder(app.shop.db, number)).fulfilment).toBe('packing')
})

test('webhooks feed the same line', async () => {
  const { app, telegram } = await givenApp({ webhook: true })
  givenVariant(app.shop, 5)
  const [ana, olga] = [telegram.person(ANA), telegram.person(OLGA)]
  await olga.send('/start')
  await olga.sees(/Welcome/)
  const number = await orderInChat(ana)
  await olga.sees(new RegExp(`Order #${number}`))
  expect(telegram.calls('setWebhook')).toHaveLength(1)
  expect(telegram.sandbox.calls.list('getUpdates')).toEqual([])
})
