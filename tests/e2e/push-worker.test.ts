import { expect, test } from 'vitest'
import { createSubscription } from '../../sandbox/push/subscription.ts'
import { listDevices } from '../../src/db/devices.ts'
import { findOrder } from '../../src/db/orders.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import type { PushPayload } from '../../src/http/contract/push.ts'
import { newVapidKeys } from '../../src/lib/vapid.ts'
import { existing, givenOrder } from '../given.ts'
import { driveWorker } from './drive-worker.ts'
import { CUT_OFF, givenPanel, useBrowser } from './given-panel.ts'
import { signInOutside } from './sign-in-outside.ts'

useBrowser()

/** Nobody listens there. */
const PUSH_SERVICE = 'http://127.0.0.1:9'

/** The panel in a browser of Olga's, signed in, with a worker that gets pushes. */
async function givenPush(options: { expects?: RegExp } = {}) {
  const keys = newVapidKeys()
  const given = await givenPanel({
    UNDO_SECONDS: '60',
    VAPID_PUBLIC_KEY: keys.publicKey,
    VAPID_PRIVATE_KEY: keys.privateKey,
    VAPID_SUBJECT: 'mailto:hello@example.com',
    PUSH_HOSTS: PUSH_SERVICE,
  })
  const { base, olga, open } = given
  const page = await open(olga, { url: `${base}/app`, permissions: ['notifications'], ...options })
  await signInOutside(page, olga)
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  const driver = await driveWorker(page, base)
  return {
    ...given,
    get app() {
      return given.app
    },
    page,
    ...driver,
  }
}

function pushOf(base: string, orderId: number): PushPayload {
  return {
    web_push: 8030,
    notification: {
      title: `New order #${orderId}`,
      body: '2 items · €29.90',
      navigate: `${base}/app/orders/${orderId}`,
      lang: 'en',
      dir: 'auto',
      silent: false,
      tag: `order-${orderId}`,
      app_badge: '1',
    },
    app_badge: 1,
    kind: 'staff_order',
    notice: { id: 1, receipt: 'r'.repeat(16) },
    action: { label: 'Accept', step: 'accept', orderId, version: 1 },
  }
}

test('a push shows a notification, and a tap on it brings the open panel to the order', async () => {
  const { app, base, page, deliver, sees, tap, all } = await givenPush()
  const { id } = givenOrder(app.shop)
  await deliver(JSON.stringify(pushOf(base, id)))
  expect(await sees(`New order #${id}`)).toEqual({
    title: `New order #${id}`,
    body: '2 items · €29.90',
    tag: `order-${id}`,
    actions: [expect.objectContaining({ action: 'step', title: 'Accept' })],
  })
  await page.evaluate('window.before = true')
  await tap()
  await page.getByRole('heading', { name: `#${id}` }).waitFor()
  expect(new URL(page.url()).pathname).toBe(`/app/orders/${id}`)
  expect(await page.evaluate('window.before')).toBe(true)
  expect(page.context().pages()).toHaveLength(1)
  await expect.poll(all).toEqual([])
})

test('a push that cannot be read shows something all the same', async () => {
  const { deliver, sees } = await givenPush()
  await deliver('what is this')
  expect(await sees('LittleShop')).toMatchObject({ body: 'Something is new in the shop.' })
})

test('a push sets the number on the icon of the panel, and none takes it away', async () => {
  const { app, base, worker, deliver } = await givenPush()
  const { id } = givenOrder(app.shop)
  // Nobody sees an icon here: what the browser is asked for is kept instead.
  await worker.evaluate(`{
    globalThis.badges = []
    navigator.setAppBadge = async (count) => void badges.push(count)
    navigator.clearAppBadge = async () => void badges.push('none')
  }`)
  const push = pushOf(base, id)
  const { app_badge: _, ...unknown } = push.notification
  for (const count of [7, 0]) await deliver(JSON.stringify({ ...push, app_badge: count }))
  await deliver(JSON.stringify({ ...push, app_badge: undefined, notification: unknown }))
  await deliver(JSON.stringify({ ...push, app_badge: 3 }))
  await expect.poll(() => worker.evaluate('badges')).toEqual([7, 'none', 3])
})

test('an order is accepted from its notification, and that is taken back there, too', async () => {
  const { app, base, deliver, sees, tap } = await givenPush()
  const { id } = givenOrder(app.shop)
  const state = () => findOrder(app.shop.db, id)?.fulfilment
  await deliver(JSON.stringify(pushOf(base, id)))
  await sees(`New order #${id}`)
  await tap('step')
  expect(await sees(`Order #${id} is accepted`)).toMatchObject({
    actions: [{ action: 'undo', title: 'Undo' }],
  })
  expect(state()).toBe('accepted')
  await tap('undo')
  await sees(`Undone: order #${id} is as it was`)
  expect(state()).toBe('placed')
})

test('what goes wrong with a step is said on the notification', async () => {
  const { app, base, page, worker, deliver, sees, tap } = await givenPush({
    expects: new RegExp(`status of 40[19]|${CUT_OFF.source}`),
  })
  const [first, second] = [givenOrder(app.shop), givenOrder(app.shop)]
  await deliver(
    JSON.stringify({ ...pushOf(base, first.id), action: { ...pushOf(base, first.id).action, version: 9 } }),
  )
  await sees(`New order #${first.id}`)
  await tap('step')
  await sees(`Order #${first.id} is placed now.`)
  await worker.evaluate('registration.getNotifications().then((all) => all.forEach((one) => one.close()))')

  await deliver(JSON.stringify(pushOf(base, second.id)))
  await sees(`New order #${second.id}`)
  await page.context().setOffline(true)
  await tap('step')
  expect(await sees('No connection to the shop')).toMatchObject({
    actions: [{ action: 'step', title: 'Accept' }],
  })
  await page.context().setOffline(false)
  await page.context().clearCookies()
  await tap('step')
  await sees('Sign in to the panel to do this')
  expect(findOrder(app.shop.db, second.id)?.fulfilment).toBe('placed')
})

test('a subscription that the browser has exchanged reaches the shop', async () => {
  const { app, worker } = await givenPush()
  const { shown } = createSubscription(PUSH_SERVICE)
  // No push service on this network makes one: the event brings it, as Firefox's does.
  await worker.evaluate(`{
    const subscription = { toJSON: () => (${JSON.stringify(shown)}), options: { applicationServerKey: null } }
    const event = new Event('pushsubscriptionchange')
    dispatchEvent(Object.assign(event, { newSubscription: subscription, waitUntil: () => {} }))
  }`)
  const olga = existing(findPersonByTelegramId(app.shop.db, 701))
  const endpoints = () => listDevices(app.shop.db, olga.id).map((device) => device.endpoint)
  await expect.poll(endpoints).toEqual([shown.endpoint])
})
