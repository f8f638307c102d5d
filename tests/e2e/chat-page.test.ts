import { Bot, InlineKeyboard } from 'grammy'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { showMails, showPushes } from '../../sandbox/arrivals/show-arrivals.ts'
import { seatDevices } from '../../sandbox/demo-shop/seat-devices.ts'
import { startMailServer } from '../../sandbox/mail/server.ts'
import { startPushService } from '../../sandbox/push/push-service.ts'
import { startTelegram } from '../../sandbox/telegram/driver.ts'
import { newVapidKeys } from '../../src/lib/vapid.ts'
import { setEmail } from '../../src/shop/customers/set-email.ts'
import { buildPanel } from '../build-panel.ts'
import { givenOrder, givenPerson, givenStaff, step } from '../given.ts'
import { givenApp } from '../given-app.ts'
import { openBrowser } from './browser.ts'
import { holdTime, PATIENCE_MS } from './given-panel.ts'

let browser: Browser

beforeAll(async () => {
  buildPanel()
  browser = await openBrowser()
}, 600_000)
afterAll(() => browser?.close())

/** A bot with one screen that is edited in place, two people, and the page on Ana's phone. */
async function givenChatPage() {
  const telegram = await startTelegram()
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } })
  bot.command('start', (ctx) =>
    ctx.reply('<b>Welcome</b> & <code>hello</code>', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Shop', 'shop').text('Sold out?', 'sold'),
    }),
  )
  bot.callbackQuery('shop', async (ctx) => {
    await ctx.editMessageText('Teas and cups')
    await ctx.answerCallbackQuery('Here you are')
  })
  bot.callbackQuery('sold', (ctx) => ctx.answerCallbackQuery({ text: 'All gone', show_alert: true }))
  void bot.start()
  telegram.person({ id: 501, firstName: 'Ana' })
  const ben = telegram.person({ id: 502, firstName: 'Ben' })
  const page = await browser.newPage({ viewport: { width: 375, height: 812 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(PATIENCE_MS)
  const complaints = listenForComplaints(page)
  onTestFinished(async () => {
    await page.close()
    await bot.stop()
    await telegram.stop()
    expect(complaints).toEqual([])
  })
  await page.goto(telegram.url)
  await page.getByRole('button', { name: 'START' }).waitFor()
  return { telegram, bot, ben, page }
}

function listenForComplaints(page: Page): string[] {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  return complaints
}

test('starts the bot, presses a button and sees the message change in its place', async () => {
  const { page } = await givenChatPage()
  await page.getByText('Sandbox: a local stand-in for Telegram. Nothing leaves this computer.').waitFor()
  await page.getByRole('button', { name: 'START' }).click()
  const screen = page.locator('article', { hasText: 'Welcome & hello' })
  const id = await screen.getAttribute('data-message')
  await holdTime(page)
  await screen.getByRole('button', { name: 'Sold out?' }).click()
  const alert = page.getByRole('dialog')
  await alert.getByText('All gone').waitFor()
  await alert.getByRole('button', { name: 'OK' }).click()
  await screen.getByRole('button', { name: 'Shop' }).click()
  const edited = page.locator(`[data-message="${id}"]`)
  await edited.getByText('Teas and cups').waitFor()
  await edited.getByText('edited').waitFor()
  await page.getByText('Here you are').waitFor()
  expect(await page.locator('article').count()).toBe(2)
})

test('what somebody else is told waits for them with a badge; a blocked bot is shown as such', async () => {
  const { page, ben } = await givenChatPage()
  const people = page.getByRole('navigation', { name: 'People' })
  await ben.start()
  await people.getByRole('button', { name: /Ben.*1 new/ }).click()
  await page.locator('article', { hasText: 'Welcome & hello' }).waitFor()
  await expect.poll(() => people.locator('.badge').count()).toBe(0)
  await page.getByRole('button', { name: 'Chat menu' }).click()
  await page.getByRole('button', { name: 'Block the bot' }).click()
  await page.getByText('You blocked this bot').waitFor()
  await page.getByRole('button', { name: 'RESTART BOT' }).click()
  await page.getByLabel('Message', { exact: true }).waitFor()
})

test('says so when the bot does not fetch what was written', async () => {
  const { page, bot } = await givenChatPage()
  await page.getByRole('button', { name: 'START' }).click()
  await page.locator('article', { hasText: 'Welcome & hello' }).waitFor()
  await bot.stop()
  await page.getByLabel('Message', { exact: true }).fill('Anybody there?')
  await page.keyboard.press('Enter')
  await page.getByText('The bot is not answering').waitFor()
  await page.locator('article', { hasText: 'Anybody there?' }).getByText('Sent', { exact: true }).waitFor()
})

test('a link that signs somebody in asks who opens it, each time', async () => {
  const { telegram, page, ben } = await givenChatPage()
  await page.goto(`${telegram.url}/littleshop_bot?start=login_abc`)
  const question = page.getByRole('dialog', { name: 'Who opens this link?' })
  await question.getByRole('button', { name: 'Ben' }).click()
  await ben.sees(/Welcome & hello/)
  await page.getByRole('button', { name: /Ben/ }).and(page.locator('[aria-current]')).waitFor()
  await page.goto(`${telegram.url}/littleshop_bot?start=login_def`)
  await question.waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'START' }).waitFor()
})

/** The whole shop, with Olga's phone and laptop at the sandbox's push service and Ana's mailbox, and the page on Olga's phone. */
async function givenArrivals() {
  const service = await startPushService()
  const mail = await startMailServer()
  const { publicKey, privateKey } = newVapidKeys()
  const { app, telegram } = await givenApp({
    env: {
      VAPID_PUBLIC_KEY: publicKey,
      VAPID_PRIVATE_KEY: privateKey,
      VAPID_SUBJECT: 'https://littleshop.org',
      PUSH_HOSTS: service.origin,
      SMTP_URL: mail.url,
      MAIL_FROM: 'orders@example.com',
    },
  })
  const { arrivals } = telegram.sandbox
  telegram.person({ id: 701, firstName: 'Olga' })
  telegram.person({ id: 501, firstName: 'Ana' })
  const devices = seatDevices(app.shop.db, service, { vapidKey: publicKey, now: app.shop.clock.now() })
  for (const device of devices) arrivals.addDevice(device)
  showPushes(arrivals, service)
  showMails(arrivals, mail, (address) => (address === 'ana@example.com' ? 501 : undefined))
  const page = await browser.newPage({ viewport: { width: 375, height: 812 }, reducedMotion: 'reduce' })
  page.setDefaultTimeout(PATIENCE_MS)
  const complaints = listenForComplaints(page)
  onTestFinished(async () => {
    await page.close()
    await service.stop()
    await mail.stop()
    expect(complaints).toEqual([])
  })
  await page.goto(telegram.url)
  return { app, page }
}

test('an order drops a notification on Olga’s phone; once accepted, a quiet one takes its place', async () => {
  const { app, page } = await givenArrivals()
  await page.getByRole('button', { name: 'Lock screen, 0 new' }).waitFor()
  await holdTime(page)
  const marek = givenStaff(app.shop, 'manager', 'Marek')
  const order = givenOrder(app.shop, { payment: 'cash_on_delivery' })
  const banner = page.getByRole('status', { name: 'Notification' })
  await banner.getByText(`New order #${order.id}`).waitFor()
  await banner.getByText('Olga’s phone, Olga’s laptop').waitFor()
  await banner.getByRole('button', { name: 'Put away' }).click()
  await page.getByRole('button', { name: 'Lock screen, 1 new' }).click()
  const lockScreen = page.getByRole('dialog', { name: 'Lock screen' })
  await lockScreen.getByText(`New order #${order.id}`).waitFor()
  step(app.shop, marek, order, 'accept')
  await lockScreen.getByText('Accepted · Marek').waitFor()
  await expect.poll(() => lockScreen.locator('.push').count()).toBe(1)
  expect(await banner.locator('.push').count()).toBe(0)
  await lockScreen.getByRole('button', { name: 'Clear all' }).click()
  await lockScreen.getByText('No notifications.').waitFor()
})

test('a mail falls into its owner’s mailbox, to be read as a page and as text', async () => {
  const { app, page } = await givenArrivals()
  const person = givenPerson(app.shop, 'Ana')
  app.shop.write((work) => setEmail(work, { personId: person.id, email: 'ana@example.com' }))
  const order = givenOrder(app.shop, { person })
  await page.getByRole('navigation', { name: 'People' }).getByRole('button', { name: /Ana/ }).click()
  await page.getByRole('button', { name: 'Mailbox, 1 new' }).click()
  const mailbox = page.getByRole('dialog', { name: 'Mailbox' })
  await mailbox.getByText('ana@example.com').waitFor()
  await mailbox.getByRole('button', { name: `Order #${order.id}` }).click()
  await mailbox.frameLocator('iframe').getByText(`Order #${order.id}`).first().waitFor()
  await mailbox.getByRole('tab', { name: 'As text' }).click()
  await mailbox.locator('pre', { hasText: `Order #${order.id}` }).waitFor()
})
