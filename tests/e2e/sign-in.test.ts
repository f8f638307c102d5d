import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { miniAppUrl } from '../../sandbox/telegram/init-data.ts'
import { givenPanel, useBrowser } from './given-panel.ts'

useBrowser()

const REFUSED = /status of 40[13]/
/** Run in the page. */
const TOKEN = `JSON.parse(sessionStorage.getItem('shop.session')).token`

function title(page: Page, name: string): Promise<void> {
  return page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
}

describe('signing in', () => {
  test('the bot opens the panel, which keeps the launch data out of its address and survives a reload', async () => {
    const { olga, open } = await givenPanel()
    await olga.send('/start')
    await olga.sees(/Welcome/)
    const page = await open(olga, { url: olga.openMiniApp() })
    await page.getByText('New to accept').waitFor()
    expect(page.url()).not.toContain('tgWebApp')
    await page.getByText('Live', { exact: true }).waitFor()

    const exchanges: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') exchanges.push(request.url())
    })
    await page.reload()
    await page.getByText('New to accept').waitFor()
    expect(exchanges).toEqual([])
  })

  test('an ended session is renewed without a word', async () => {
    const { app, olga, open } = await givenPanel()
    const page = await open(olga, { expects: REFUSED })
    await page.getByText('Live', { exact: true }).waitFor()
    const token = await page.evaluate(TOKEN)
    await page.request.delete(`http://127.0.0.1:${app.port}/api/session`, {
      headers: { authorization: `Bearer ${token}` },
    })
    await page.getByRole('link', { name: 'Products' }).click()
    await page.getByText('No products yet').waitFor()
  })

  test('launch data that are forged or old open nothing', async () => {
    const { olga, open, base } = await givenPanel()
    const old = Math.floor(Date.now() / 1000) - 7200
    for (const wrong of [{ forge: 'hash' }, { forge: 'user' }, { authDate: old }] as const) {
      const url = miniAppUrl(`${base}/app`, olga.initData(wrong))
      const page = await open(olga, { url, expects: REFUSED })
      await title(page, 'Please open the panel again')
    }
  })

  test('a customer is told that this is for the staff', async () => {
    const { telegram, open } = await givenPanel()
    const ana = telegram.person({ id: 501, firstName: 'Ana' })
    const page = await open(ana, { expects: REFUSED })
    await title(page, 'Staff only')
  })

  test("the next person to open the panel in the same tab does not get the last one's session", async () => {
    const { olga, staff, open, base } = await givenPanel()
    const pedro = staff(702, 'Pedro', 'packer')
    const page = await open(olga, { path: '/app/more' })
    await page.getByText('Owner', { exact: true }).waitFor()
    await page.goto('about:blank')
    await page.goto(miniAppUrl(`${base}/app/more`, pedro.initData()))
    await page.getByText('Packer', { exact: true }).waitFor()
    expect(await page.getByText('Name, delivery and payment').count()).toBe(0)
  })

  test('signing out ends the session', async () => {
    const { app, olga, open } = await givenPanel()
    // What the panel asked a moment before is told that the session has ended.
    const page = await open(olga, { path: '/app/more', expects: /401/ })
    await page.getByText('Owner', { exact: true }).waitFor()
    const token = await page.evaluate(TOKEN)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    const after = await fetch(`http://127.0.0.1:${app.port}/api/me`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(after.status).toBe(401)
  })
})
