import { expect, test } from 'vitest'
import { listDevices } from '../../src/db/devices.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { findNamedNotice } from '../../src/db/proof.ts'
import { newVapidKeys } from '../../src/lib/vapid.ts'
import { existing, givenOrder } from '../given.ts'
import { eventually } from '../given-app.ts'
import { driveWorker } from './drive-worker.ts'
import { CUT_OFF, useBrowser } from './given-panel.ts'
import { givenPush } from './given-push.ts'

useBrowser()

type Given = Awaited<ReturnType<typeof givenPush>>

/** Resolves with the person's only device, once it has another endpoint than `before`. */
async function another(given: Given, before: string) {
  await eventually(given.app.shop, () =>
    devices(given).some(({ endpoint }) => endpoint !== null && endpoint !== before),
  )
  const [device, ...others] = devices(given)
  expect(others).toEqual([])
  return { endpoint: existing(device?.endpoint), key: device?.vapid_key }
}

function devices({ app, olga }: Given) {
  return listDevices(app.shop.db, existing(findPersonByTelegramId(app.shop.db, olga.id)).id)
}

test('an order reaches the lock screen, and a tap on it opens the order', async () => {
  const given = await givenPush()
  const { app, base, service } = given
  const page = await given.openAlerts({ permission: 'default' })
  expect(await page.evaluate('window.asked')).toBe(0)
  await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
  await page.locator('[data-push=on]').waitFor()
  await page.getByText('This device · seen just now').waitFor()
  expect(await page.evaluate('window.asked')).toBe(1)

  const order = givenOrder(app.shop)
  await service.waitFor(() => service.received().length === 1)
  // The sandbox has decrypted it with the subscription's own keys.
  const push = existing(service.received()[0])
  const [device] = devices(given)
  expect(push.endpoint).toBe(device?.endpoint)
  expect(push.payload).toMatchObject({ notification: { title: `New order #${order.id}` }, app_badge: 1 })

  const worker = await driveWorker(page, base)
  await worker.deliver(JSON.stringify(push.payload))
  expect(await worker.sees(`New order #${order.id}`)).toMatchObject({ tag: `order-${order.id}` })
  const fate = () => existing(findNamedNotice(app.shop.db, push.payload.notice.id))
  await eventually(app.shop, () => fate().shown_at !== null)
  expect(fate()).toMatchObject({ state: 'sent', device_name: 'Chrome on Linux', opened_at: null })
  await worker.tap()
  await page.getByRole('heading', { name: `#${order.id}` }).waitFor()
  await eventually(app.shop, () => fate().opened_at !== null)
})

test('a browser is registered again by itself: at each start, for a new key, after it was lost', async () => {
  const given = await givenPush()
  const { service, publicKey } = given
  const page = await given.openAlerts()
  await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
  await page.locator('[data-push=on]').waitFor()
  const first = existing(devices(given)[0]?.endpoint)

  const { publicKey: oldKey } = newVapidKeys()
  await page.evaluate(
    `localStorage.setItem('sandbox.push', JSON.stringify({ ...JSON.parse(localStorage.getItem('sandbox.push')), key: '${oldKey}' }))`,
  )
  await page.reload()
  const second = await another(given, first)
  expect(second.key).toBe(publicKey)

  await page.evaluate("localStorage.removeItem('sandbox.push')")
  service.unsubscribe(second.endpoint)
  await page.reload()
  await another(given, second.endpoint)
  await page.locator('[data-push=on]').waitFor()
  expect(devices(given)).toHaveLength(1)
})

test('a subscription that its push service has ended makes way for a new one, whatever the browser believes', async () => {
  const given = await givenPush()
  const { app, service } = given
  const page = await given.openAlerts({ expects: /409/ })
  await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
  await page.locator('[data-push=on]').waitFor()
  const dead = existing(devices(given)[0]?.endpoint)
  await page.goto('about:blank')
  service.unsubscribe(dead)
  givenOrder(app.shop)
  await eventually(app.shop, () => devices(given).length === 0)

  await page.goto(`${given.base}/app/more/alerts`)
  await another(given, dead)
  await page.locator('[data-push=on]').waitFor()
  givenOrder(app.shop)
  await service.waitFor(() => service.received().length === 1)
})

test('an open panel registers its browser again by itself for a new key', async () => {
  const given = await givenPush()
  const page = await given.openAlerts({ expects: CUT_OFF })
  await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
  await page.locator('[data-push=on]').waitFor()
  const first = existing(devices(given)[0]?.endpoint)
  await given.stop()
  const keys = newVapidKeys()
  Object.assign(existing(given.config.push), keys)
  await given.start()
  const second = await another(given, first)
  expect(second.key).toBe(keys.publicKey)
})

test('a browser that may not ring any more is none of the devices that do', async () => {
  const given = await givenPush()
  const page = await given.openAlerts()
  await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
  await page.locator('[data-push=on]').waitFor()
  await page.evaluate(
    "{ window.permission = 'denied'; document.dispatchEvent(new Event('visibilitychange')) }",
  )
  await page.locator('[data-push=blocked]').waitFor()
  await eventually(given.app.shop, () => devices(given).length === 0)
  await page.getByText('Devices that ring').waitFor({ state: 'detached' })
})

test('turned off is off, also after a reload', async () => {
  const given = await givenPush()
  const page = await given.openAlerts()
  await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
  await page.getByRole('button', { name: 'Turn off on this device' }).click()
  await page.locator('[data-push=ask]').waitFor()
  expect(devices(given)).toEqual([])
  expect(await page.evaluate("localStorage.getItem('sandbox.push')")).toBe(null)
  await page.reload()
  await page.locator('[data-push=ask]').waitFor()
  expect(devices(given)).toEqual([])
})

test('signing out ends alerts on this device', async () => {
  const given = await givenPush()
  // What the panel asked a moment before is told that the session has ended.
  const page = await given.openAlerts({ expects: /401/ })
  await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
  await page.locator('[data-push=on]').waitFor()
  await page.goto(`${given.base}/app/more`)
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByText('You are signed out').waitFor()
  expect(devices(given)).toEqual([])
  expect(await page.evaluate("localStorage.getItem('sandbox.push')")).toBe(null)
})

test('a test shows each stage as it happens', async () => {
  const given = await givenPush()
  const { service, base } = given
  const page = await given.openAlerts()
  await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
  await page.locator('[data-push=on]').waitFor()
  const worker = await driveWorker(page, base)
  const stage = (name: string, is: string) =>
    page.locator(`[data-test=push] [data-stage=${name}][data-is=${is}]`).waitFor()

  service.faults.answerNext({ with: 503, body: 'overloaded' })
  await page.getByRole('button', { name: 'Send me a test by push', exact: true }).click()
  await page.locator('[data-test=push] summary', { hasText: 'handed to the push service in' }).click()
  await stage('Sent', 'done')
  await page.locator('[data-stage=Tried]').getByText('503 overloaded').waitFor()
  await worker.deliver(JSON.stringify(existing(service.received()[0]).payload))
  await stage('Shown', 'done')
  await page.getByText('Now tap the notification.').waitFor()
  await worker.tap()
  await stage('Opened', 'done')
  await page.getByText('Everything works on this device.').waitFor()

  await page.getByRole('button', { name: 'Send me a test by bot message', exact: true }).click()
  await given.olga.sees(/This is the test you asked for/)
  await page.locator('[data-test=telegram] summary', { hasText: 'handed to Telegram in' }).click()
  await page.locator('[data-test=telegram] [data-stage=Sent][data-is=done]').waitFor()
})
