import { Bot, InlineKeyboard } from 'grammy'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startTelegram } from '../../sandbox/telegram/driver.ts'
import { buildPanel, openBrowser } from './browser.ts'

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
  await page.getByText('The bot is not answering').waitFor({ timeout: 15_000 })
  await page.locator('article', { hasText: 'Anybody there?' }).getByText('Sent', { exact: true }).waitFor()
})
