import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { miniAppUrl } from '../../sandbox/telegram/init-data.ts'
import { takeCharge } from '../../src/shop/payments/store-charge.ts'
import { givenOrder, givenPerson, givenStaff, givenVariant, step } from '../given.ts'
import { CUT_OFF, DESK, givenPanel, useBrowser } from './given-panel.ts'

useBrowser()

const LONG = 'Maximiliane-Konstanze von Hohenzollern-Sigmaringen'
const DARK = {
  bg_color: '#17212b',
  text_color: '#f5f5f5',
  hint_color: '#708499',
  link_color: '#6ab3f3',
  button_color: '#5288c1',
  button_text_color: '#ffffff',
  secondary_bg_color: '#232e3c',
}

/** How far the page, or anything in it that a finger could push sideways, is wider than the screen. */
const OVERFLOW = `Math.max(0, ...[document.documentElement, ...document.querySelectorAll('main, .page, .pane, .order-body')]
  .map((one) => one.scrollWidth - one.clientWidth))`

/** What a thumb presses on this page that is less than 44 px high or wide; what is drawn around it to be pressed, too, counts. */
const TOO_SMALL = `[...document.querySelectorAll('button, a, input, select, textarea, summary')].flatMap((one) => {
  const after = getComputedStyle(one, '::after')
  const around = after.position === 'absolute' && after.content !== 'none' ? after : { width: '0', height: '0' }
  const boxes = [one, ...(one.labels ?? [])].map((each) => each.getBoundingClientRect())
  if (boxes[0].width === 0) return []
  const size = ['width', 'height'].map((side) => Math.max(parseFloat(around[side]), ...boxes.map((box) => box[side])))
  return Math.min(...size) < 44 ? [one.className + ' ' + one.textContent + ' ' + size.map(Math.round).join(' × ')] : []
})`

/** What has the focus, and whether something else lies over its middle; nothing once it has left the page. */
const COVERED = `(() => {
  const one = document.activeElement
  if (one === document.body) return ''
  const { left, top, width, height } = one.getBoundingClientRect()
  const seen = document.elementFromPoint(left + width / 2, top + height / 2)
  return (one.contains(seen) ? 'seen: ' : 'covered: ') + one.textContent
})()`

async function loaded(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await expect.poll(() => page.locator('.bone').count()).toBe(0)
}

describe('the look', () => {
  for (const width of [320, 375]) {
    test(`nothing is wider than a screen of ${width} px`, async () => {
      const { app, base, olga, open } = await givenPanel()
      const person = givenPerson(app.shop, LONG)
      const variantId = givenVariant(app.shop, 3, 123_456_78, `${LONG} commemorative tea kettle`)
      const { id } = givenOrder(app.shop, { person, variantId })
      const page = await open(olga, { viewport: { width, height: 812 } })
      await loaded(page)
      for (const path of [
        '',
        '/orders',
        `/orders/${id}`,
        '/products',
        '/more',
        '/more/settings',
        '/more/staff',
        '/more/reminders',
        '/more/notices',
        '/more/money',
        '/more/discounts',
        '/more/taxes',
        '/more/system',
      ]) {
        await page.goto(`${base}/app${path}`)
        await loaded(page)
        expect({ path, overflow: await page.evaluate(OVERFLOW) }).toEqual({ path, overflow: 0 })
      }
    })
  }

  test('what the keyboard moves to is seen, and nothing lies over it', async () => {
    const { app, olga, open } = await givenPanel()
    const order = givenOrder(app.shop)
    step(app.shop, givenStaff(app.shop), order, 'accept', 'pack', 'dispatch')
    // News that comes meanwhile would draw under the focus.
    await app.settled()
    const page = await open(olga, { path: `/app/orders/${order.id}` })
    await page.getByRole('button', { name: 'Mark delivered' }).waitFor()
    const reached: unknown[] = []
    for (let last: unknown; last !== ''; reached.push(last)) {
      await page.keyboard.press('Tab')
      last = await page.evaluate(COVERED)
    }
    expect(reached.length).toBeGreaterThan(10)
    expect(reached.filter((one) => String(one).startsWith('covered'))).toEqual([])
  })

  test('a name that is written from the right is cut at its end', async () => {
    const { app, olga, open } = await givenPanel()
    const { id } = givenOrder(app.shop, {
      person: givenPerson(app.shop, 'محمد بن عبد الرحمن بن عبد العزيز آل سعود'),
    })
    const page = await open(olga, { path: '/app/orders' })
    await page.locator(`[data-order="${id}"]`).waitFor()
    const name = `document.querySelector('[data-order="${id}"] .strong')`
    expect(await page.evaluate(`${name}.scrollWidth > ${name}.clientWidth`)).toBe(true)
    const first = `(() => {
      const range = document.createRange()
      range.setStart(${name}.firstChild, 0)
      range.setEnd(${name}.firstChild, 4)
      const [letters, box] = [range, ${name}].map((one) => one.getBoundingClientRect())
      return letters.width > 0 && letters.left >= box.left && letters.right <= box.right + 1
    })()`
    expect(await page.evaluate(first)).toBe(true)
  })

  test('the number of an order stays whole while the line is lost, on the narrowest phone, too', async () => {
    const { app, olga, open } = await givenPanel()
    const { id } = givenOrder(app.shop)
    const page = await open(olga, {
      path: `/app/orders/${id}`,
      viewport: { width: 320, height: 812 },
      expects: CUT_OFF,
    })
    await page.locator('.order-body [data-live=live]').waitFor()
    await page.context().setOffline(true)
    await page.locator('.order-body [data-live=lost]').waitFor()
    const right = `document.querySelector('.order-body .live-dot').getBoundingClientRect().right`
    expect(await page.evaluate(right)).toBeLessThanOrEqual(320 - 16)
    expect(
      await page.evaluate(
        `(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.order-body h1'))`,
      ),
    ).toBe(0)
  })

  test('a thumb finds everything that can be pressed', async () => {
    const { app, base, olga, open } = await givenPanel()
    const order = givenOrder(app.shop)
    const lost = { orderId: order.id, personId: order.person_id, amountMinor: 500, orderMinor: 500 }
    step(app.shop, givenStaff(app.shop), order, 'cancel')
    takeCharge(app.shop, {
      ...lost,
      provider: 'btcpay',
      reference: 'late',
      currency: 'EUR',
      at: 1,
      raw: '{}',
    })
    const page = await open(olga)
    await loaded(page)
    for (const path of ['', '/orders', `/orders/${order.id}`, '/products', '/more/money', '/more/notices']) {
      await page.goto(`${base}/app${path}`)
      await loaded(page)
      expect({ path, tooSmall: await page.evaluate(TOO_SMALL) }).toEqual({ path, tooSmall: [] })
    }
  })

  test("takes its colours from Telegram, and its own palette follows the device's", async () => {
    const { olga, open, base } = await givenPanel()
    const url = miniAppUrl(`${base}/app`, olga.initData())
    const inDark = url.replace(
      /tgWebAppThemeParams=[^&]*/,
      `tgWebAppThemeParams=${encodeURIComponent(JSON.stringify(DARK))}`,
    )
    const theme = (page: Page) => page.evaluate('document.documentElement.dataset.theme')
    const dark = await open(olga, { url: inDark, colorScheme: 'light' })
    expect(await theme(dark)).toBe('dark')
    expect(await dark.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(35, 46, 60)')
    expect(await theme(await open(olga, { colorScheme: 'dark' }))).toBe('light')
    const outside = await open(olga, { url: `${base}/app`, colorScheme: 'dark' })
    expect(await theme(outside)).toBe('dark')
  })

  test('on a wide screen the list stays beside the order', async () => {
    const { app, olga, open } = await givenPanel()
    const { id } = givenOrder(app.shop)
    const page = await open(olga, { ...DESK, isMobile: false, path: '/app/orders' })
    await page.getByText('Choose an order').waitFor()
    await page.locator(`[data-order="${id}"] a`).click()
    await page.getByRole('heading', { name: `Order #${id}` }).waitFor()
    expect(await page.locator(`[data-order="${id}"]`).isVisible()).toBe(true)
  })

  test('on a phone the way back leads to the list as it was left', async () => {
    const { app, olga, open } = await givenPanel()
    const orders = Array.from({ length: 30 }, () => givenOrder(app.shop))
    const page = await open(olga, { path: '/app/orders' })
    const row = page.locator(`[data-order="${orders[2]?.id}"] a`)
    await row.click()
    await page.getByRole('button', { name: 'Back' }).click()
    await row.waitFor()
    await expect
      .poll(() => page.locator('.pane-list').evaluate((pane: { scrollTop: number }) => pane.scrollTop))
      .toBeGreaterThan(500)
  })
})
