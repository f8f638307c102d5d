import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { findOrder } from '../../src/db/orders.ts'
import { givenOrder, givenStaff, step } from '../given.ts'
import { CUT_OFF, givenPanel, holdTime, useBrowser } from './given-panel.ts'

useBrowser()

function live(page: Page): Promise<void> {
  return page.locator('[data-live=live]:visible').waitFor()
}

function row(page: Page, number: number, word: string): Promise<void> {
  return page.locator(`[data-order="${number}"]`).getByText(word, { exact: true }).waitFor()
}

test('after a time without network the panel says so, comes back by itself and knows what it missed', async () => {
  const { app, olga, open } = await givenPanel()
  const actor = givenStaff(app.shop)
  const old = givenOrder(app.shop)
  const page = await open(olga, { path: '/app/orders', expects: CUT_OFF })
  await live(page)
  await row(page, old.id, 'New')

  await page.context().setOffline(true)
  await page.getByText('Reconnecting…').first().waitFor()
  step(app.shop, actor, old, 'accept')
  const missed = givenOrder(app.shop)

  const asked: (string | undefined)[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/api/stream')) asked.push(request.headers()['last-event-id'])
  })
  await page.context().setOffline(false)
  await live(page)
  await row(page, missed.id, 'New')
  await row(page, old.id, 'To pack')
  expect(asked.at(-1)).toMatch(/^\d+$/)
})

test('a panel follows its shop through a restart', async () => {
  const given = await givenPanel()
  const page = await given.open(given.olga, { path: '/app/orders', expects: CUT_OFF })
  await live(page)
  await given.stop()
  await page.getByText('Reconnecting…').first().waitFor()
  await given.start()
  await live(page)
  const { id } = givenOrder(given.app.shop)
  await row(page, id, 'New')
})

test('a step pressed while the shop restarts waits for it, and is taken once', async () => {
  const given = await givenPanel()
  const { id } = givenOrder(given.app.shop)
  const page = await given.open(given.olga, { path: `/app/orders/${id}`, expects: CUT_OFF })
  await page.getByRole('button', { name: 'Accept' }).waitFor()
  const keys: (string | undefined)[] = []
  page.on('request', (request) => {
    if (request.url().endsWith('/steps')) keys.push(request.headers()['idempotency-key'])
  })
  await given.stop()
  // However long this shop takes to come back, the panel's patience with it lasts.
  await page.evaluate('performance.now = () => 0')
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.getByRole('button', { name: 'Trying…' }).waitFor()
  // The fourth try comes after all those of a short breath.
  await expect.poll(() => keys.length).toBeGreaterThan(3)
  await given.start()
  await page.getByRole('button', { name: 'Start packing' }).waitFor()
  expect(findOrder(given.app.shop.db, id)).toMatchObject({ fulfilment: 'accepted', version: 2 })
  expect(new Set(keys).size).toBe(1)
})

test('what the shop has taken, but not answered in time, is kept, and pressed again is done once', async () => {
  const { app, olga, open } = await givenPanel()
  const { id } = givenOrder(app.shop)
  const page = await open(olga, { path: `/app/orders/${id}`, expects: CUT_OFF })
  const words = page.getByLabel('To Ana')
  await words.fill('The mugs come on Friday')
  await page.route('**/messages', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await page.clock.install()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('button', { name: 'Trying…' }).waitFor()
  const silent = page.getByText('The shop does not answer. What you entered is kept')
  await expect
    .poll(async () => {
      await page.clock.runFor(2000)
      return silent.isVisible()
    })
    .toBe(true)
  expect(await words.inputValue()).toBe('The mugs come on Friday')
  await page.unroute('**/messages')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect.poll(() => words.inputValue()).toBe('')
  await expect.poll(() => page.locator('[data-message=shop_wrote]').count()).toBe(1)
})

test('a step pressed without a network is refused at once', async () => {
  const { app, olga, open } = await givenPanel()
  const { id } = givenOrder(app.shop)
  const page = await open(olga, { path: `/app/orders/${id}`, expects: CUT_OFF })
  await page.getByRole('button', { name: 'Accept' }).waitFor()
  await page.context().setOffline(true)
  await holdTime(page)
  await page.getByRole('button', { name: 'Accept' }).click()
  await page.getByText('This device has no network.').waitFor()
  await page.getByRole('button', { name: 'Accept' }).waitFor()
})

test('an order on the screen follows what others do with it', async () => {
  const { app, olga, open } = await givenPanel()
  const actor = givenStaff(app.shop, 'packer', 'Pedro')
  const order = givenOrder(app.shop)
  const page = await open(olga, { path: `/app/orders/${order.id}` })
  await page.getByRole('button', { name: 'Accept' }).waitFor()
  await live(page)
  step(app.shop, actor, order, 'accept', 'pack')
  await page.getByRole('button', { name: 'Dispatch' }).waitFor()
  await page.getByText('Pedro, in the panel').first().waitFor()
})

test('a list takes page after page, and a search finds by number and by name', async () => {
  const { app, olga, open } = await givenPanel()
  const orders = Array.from({ length: 60 }, () => givenOrder(app.shop))
  const page = await open(olga, { path: '/app/orders' })
  const rows = page.locator('[data-order]')
  await rows.nth(49).waitFor()
  await rows.last().scrollIntoViewIfNeeded()
  await rows.nth(59).waitFor()

  const wanted = orders[3]?.id
  await page.getByLabel('Search by number or customer').fill(`#${wanted}`)
  await expect.poll(() => rows.count()).toBe(1)
  expect(await rows.first().getAttribute('data-order')).toBe(String(wanted))
  await page.getByLabel('Search by number or customer').fill('nobody')
  await page.getByText('Nothing found for “nobody”').waitFor()
})
