import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { listDevices } from '../../src/db/devices.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { keepDevice } from '../../src/shop/notifications/keep-device.ts'
import { readAlertWishes } from '../../src/shop/staff/alert-wishes.ts'
import { openSession } from '../../src/shop/staff/sessions.ts'
import { existing } from '../given.ts'
import { eventually } from '../given-app.ts'
import { givenPanel, holdTime, useBrowser } from './given-panel.ts'
import { givenPush } from './given-push.ts'
import { signInOutside } from './sign-in-outside.ts'

useBrowser()

const MAIL = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'shop@example.com' }
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1'

type Given = Awaited<ReturnType<typeof givenPush>>

function idOf({ app, olga }: Pick<Given, 'app' | 'olga'>): number {
  return existing(findPersonByTelegramId(app.shop.db, olga.id)).id
}

function truth(page: Page, state: string): Promise<void> {
  return page.locator(`[data-push=${state}]`).waitFor()
}

describe('the truth about this browser', () => {
  test('inside Telegram, alerts are bot messages, and the browser is a link away', async () => {
    const { olga, open, base } = await givenPush()
    const page = await open(olga, { path: '/app/more' })
    await page.getByRole('link', { name: 'Alerts' }).click()
    await truth(page, 'telegram')
    expect(await page.getByRole('link', { name: 'Open in the browser' }).getAttribute('href')).toBe(
      `${base}/app/more/alerts`,
    )
  })

  test('a server without push says so', async () => {
    const { olga, open } = await givenPanel()
    const page = await open(olga, { path: '/app/more/alerts' })
    await truth(page, 'off')
    expect(await page.getByRole('switch', { name: /: Push$/ }).count()).toBe(0)
    expect(await page.locator('[data-test]').count()).toBe(1)
  })

  test.each([
    [IPHONE, 'install', 'Add to Home Screen'],
    [undefined, 'unsupported', 'current Chrome'],
  ])('without push in %s it says what to do', async (userAgent, state, words) => {
    const { olga, open, base } = await givenPush()
    const page = await open(olga, { url: 'about:blank', ...(userAgent && { userAgent }) })
    await page.addInitScript('delete window.PushManager')
    await page.goto(`${base}/app/more/alerts`)
    await signInOutside(page, olga)
    await truth(page, state)
    await page.getByText(words).waitFor()
  })

  test('blocked, it says how to unblock', async () => {
    const page = await (await givenPush()).openAlerts({ permission: 'denied' })
    await truth(page, 'blocked')
    await page.getByText('Click the sign left of the address.').waitFor()
  })

  test('a push service that does not answer can be tried again', async () => {
    const page = await (await givenPush()).openAlerts()
    await page.evaluate(`
      window.working = PushManager.prototype.subscribe
      PushManager.prototype.subscribe = async () => { throw new DOMException('push service error', 'AbortError') }
      undefined`)
    await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
    await truth(page, 'failed')
    await page.getByText('The push service of this browser does not answer.').waitFor()
    await page.evaluate('PushManager.prototype.subscribe = window.working; undefined')
    await page.getByRole('button', { name: 'Try again' }).click()
    await truth(page, 'on')
  })

  test('a device that the push service has dropped is offered to be turned on again where it cannot subscribe by itself', async () => {
    const { openAlerts, service } = await givenPush()
    const page = await openAlerts({ expects: /409/ })
    await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
    await truth(page, 'on')
    await page.evaluate(`
      window.working = PushManager.prototype.subscribe
      PushManager.prototype.subscribe = async () => { throw new DOMException('push service error', 'AbortError') }
      undefined`)
    service.faults.answerNext({ with: 410 })
    await page.locator('[data-test=push]').getByRole('button').click()
    await page.locator('[data-stage="Given up"]').waitFor()
    await truth(page, 'failed')
    await page.evaluate('PushManager.prototype.subscribe = window.working; undefined')
    await page.getByRole('button', { name: 'Try again' }).click()
    await truth(page, 'on')
    await page.locator('[data-test=push]').getByRole('button').click()
    await page.locator('[data-stage=Sent][data-is=done]').waitFor({ state: 'attached' })
  })
})

test('a device is removed after a moment in which that can be taken back', async () => {
  const given = await givenPush()
  const { app, service, publicKey, openAlerts } = given
  const id = idOf(given)
  const { endpoint, keys } = service.subscribe(publicKey)
  app.shop.write((work) => {
    openSession(work, { personId: id, kind: 'browser', userAgent: IPHONE })
    const actor = { kind: 'staff', id, name: 'Olga', source: 'panel' } as const
    const device = { endpoint, ...keys, vapidKey: publicKey, userAgent: IPHONE }
    keepDevice(work, { actor, sessionHash: 'of another browser', ...device })
  })
  const page = await openAlerts()
  await holdTime(page)
  const remove = page.getByRole('button', { name: 'Remove Safari on iPhone' })
  await remove.click()
  await page.getByText('Safari on iPhone is removed and signed out').waitFor()
  await page.getByRole('button', { name: 'Undo' }).click()
  await remove.click()
  expect(listDevices(app.shop.db, id)).toHaveLength(1)
  // Who leaves the page has decided.
  await page.getByRole('button', { name: 'Back' }).click()
  await eventually(app.shop, () => listDevices(app.shop.db, id).length === 0)
})

test('what one is told of, when and by mail is kept at once', async () => {
  const given = await givenPush(MAIL)
  const { app } = given
  const id = idOf(given)
  const page = await given.openAlerts({ expects: /status of 400/ })
  const wishes = () => readAlertWishes(app.shop.db, id)
  const review = () => existing(wishes().topics.find(({ topic }) => topic === 'review_left'))

  await page.getByRole('switch', { name: 'Review left: Push' }).click()
  await page.getByRole('switch', { name: 'Review left: Bot' }).click()
  await eventually(app.shop, () => review().push.wanted === true && review().telegram.wanted === false)
  await page.getByRole('button', { name: 'Back to defaults' }).click()
  await eventually(app.shop, () => review().push.wanted === null && review().telegram.wanted === null)
  await page.getByRole('button', { name: 'Bring my choices back' }).click()
  await eventually(app.shop, () => review().push.wanted === true)

  await page.getByRole('switch', { name: 'Leave me in peace at night' }).click()
  await page.getByLabel('Until').fill('06:30')
  await page.getByLabel('Time zone').selectOption('Europe/Lisbon')
  await page.getByRole('switch', { name: 'Let urgent news through' }).click()
  await eventually(app.shop, () => wishes().urgentAnyway)
  expect(wishes()).toMatchObject({ quiet: { from: 1320, to: 390 }, timezone: 'Europe/Lisbon' })

  await page.getByLabel('Your address').fill('olga@shop')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('That does not look like an address').waitFor()
  await page.getByLabel('Your address').fill('olga@shop.example')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('switch', { name: /summary of yesterday/ }).click()
  await eventually(app.shop, () => wishes().dailySummary)
  expect(wishes().email).toBe('olga@shop.example')
  await page.reload()
  await page.getByText('Europe/Lisbon').first().waitFor({ state: 'attached' })
  expect(await page.getByRole('switch', { name: 'Review left: Push' }).isChecked()).toBe(true)
  expect(await page.getByLabel('Until').inputValue()).toBe('06:30')
})

for (const width of [320, 375]) {
  test(`nothing is wider than a screen of ${width} px`, async () => {
    const page = await (await givenPush(MAIL)).openAlerts({ viewport: { width, height: 812 } })
    await page.getByRole('button', { name: 'Turn on alerts on this device' }).click()
    await truth(page, 'on')
    await page.getByRole('switch', { name: 'Leave me in peace at night' }).click()
    await page.getByLabel('Until').waitFor()
    const overflow = `Math.max(...[document.documentElement, ...document.querySelectorAll('.page, .card')]
      .map((one) => one.scrollWidth - one.clientWidth))`
    expect(await page.evaluate(overflow)).toBe(0)
  })
}
