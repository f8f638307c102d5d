import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findOrder } from '../../src/db/orders.ts'
import { givenOrder, givenStaff, givenVariant, step } from '../given.ts'
import { orderInChat } from '../order-in-chat.ts'
import { givenPanel, holdTime, useBrowser } from './given-panel.ts'

useBrowser()

/**
 * Run in the page: the taps of a hasty thumb, as fast as the page takes them, and one more at the very moment at which the
 * next step's button has come to lie there.
 */
const HASTY_TAPS = `(async () => {
  const tap = () => document.querySelector('.action-bar button').click()
  const isAccepted = () => document.querySelector('.order-summary [data-stage=accepted]')
  for (let i = 0; i < 5; i++) tap()
  await new Promise((resolve) => {
    const watch = new MutationObserver(() => isAccepted() && resolve())
    watch.observe(document, { subtree: true, childList: true, attributes: true })
  })
  tap()
})()`

function action(page: Page, name: string) {
  return page.locator('.action-bar').getByRole('button', { name })
}

function stage(page: Page, name: string): Promise<void> {
  return page.locator('.order-summary').locator(`[data-stage=${name}]`).waitFor()
}

describe('working on orders', () => {
  test('an order placed in the chat slides in by itself, with its counts', async () => {
    const { app, telegram, olga, open } = await givenPanel()
    givenVariant(app.shop, 5)
    const page = await open(olga, { path: '/app/orders' })
    await page.getByText('No orders yet').waitFor()
    await page.getByText('Live', { exact: true }).waitFor()
    await page.evaluate('window.notReloaded = true')

    const number = await orderInChat(telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' }))
    await page.locator(`[data-order="${number}"]`).getByText('Ana').waitFor()
    await expect.poll(() => page.locator('[data-chip=placed] .chip-count').textContent()).toBe('1')
    expect(await page.evaluate('window.notReloaded')).toBe(true)
  })

  test('an order is worked through to delivered, and every notice is seen to arrive', async () => {
    const { app, telegram, olga, open } = await givenPanel()
    givenVariant(app.shop, 5)
    await olga.send('/start')
    const ana = telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })
    const id = await orderInChat(ana)
    const page = await open(olga, { path: `/app/orders/${id}` })
    await action(page, 'Accept').click()
    await stage(page, 'accepted')
    await action(page, 'Start packing').click()
    await stage(page, 'packing')
    await action(page, 'Dispatch').click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Dispatch' }).click()
    await sheet.getByText('Enter the tracking number').waitFor()
    await sheet.getByLabel('Tracking number').fill(' RR123456789PT ')
    await sheet.getByRole('button', { name: 'Dispatch' }).click()
    await stage(page, 'dispatched')
    await page.getByText('RR123456789PT', { exact: true }).waitFor()
    await action(page, 'Mark delivered').click()
    await stage(page, 'delivered')
    expect(findOrder(app.shop.db, id)).toMatchObject({
      fulfilment: 'delivered',
      tracking_number: 'RR123456789PT',
    })
    await ana.sees(/has arrived/)
    for (const kind of ['accepted', 'packing', 'dispatched', 'delivered']) {
      await page.locator(`[data-notice=order_${kind}][data-fate=told]`).waitFor()
    }
    const happened = await page
      .locator('[data-event]')
      .evaluateAll((all: { dataset: { event: string } }[]) => all.map((one) => one.dataset.event))
    expect(happened).toEqual(['delivered', 'dispatched', 'packing', 'accepted', 'placed'])
  })

  test('what the customer fetches is never said to be on its way', async () => {
    const { app, olga, open } = await givenPanel()
    const order = givenOrder(app.shop, { delivery: 1 })
    step(app.shop, givenStaff(app.shop), order, 'accept', 'pack', 'dispatch')
    const page = await open(olga, { path: '/app/orders' })
    const row = page.locator(`[data-order="${order.id}"]`)
    await row.getByText('Ready for pickup').waitFor()
    await row.click()
    const summary = page.locator('.order-summary')
    await summary.getByText('Ready for pickup').waitFor()
    await summary.getByText('To be paid at pickup').waitFor()
    await page.getByText('Cash or card at pickup').waitFor()
    await holdTime(page)
    await action(page, 'Mark picked up').click()
    await page.getByText(`#${order.id} picked up`).waitFor()
    await summary.getByText('Picked up').waitFor()
    await page.locator('[data-event=dispatched]').getByText('Ready for pickup', { exact: true }).waitFor()
    await page.locator('[data-event=delivered]').getByText('Picked up', { exact: true }).waitFor()
    await page.locator('[data-notice=order_dispatched]').getByText('Ready for pickup').click()
    await page.getByRole('dialog', { name: 'Ready for pickup → Ana' }).waitFor()
    expect(
      await page
        .locator('.order-page')
        .getByText(/Dispatched|Delivered/)
        .count(),
    ).toBe(0)
  })

  test('a step is taken back before anybody hears of it', async () => {
    const { app, olga, open } = await givenPanel({ UNDO_SECONDS: '60' })
    const { id } = givenOrder(app.shop)
    const page = await open(olga, { path: `/app/orders/${id}` })
    await action(page, 'Accept').click()
    await page.getByText('so that it can be undone').first().waitFor()
    await page.getByRole('button', { name: /^Undo/ }).click()
    await stage(page, 'placed')
    await page.getByText('Taken back, never sent').first().waitFor()
    expect(findOrder(app.shop.db, id)?.fulfilment).toBe('placed')
  })

  test('a customer who blocked the bot is marked, and the message can be sent again', async () => {
    const { app, telegram, olga, open } = await givenPanel()
    givenVariant(app.shop, 5)
    const ana = telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })
    const id = await orderInChat(ana)
    const page = await open(olga, { path: `/app/orders/${id}` })
    ana.block()
    await action(page, 'Accept').click()
    const notice = page.locator('[data-notice=order_accepted]')
    await notice.getByText('blocked the bot').waitFor()
    await page.getByText('Cannot be reached: blocked the bot').waitFor()

    await action(page, 'Start packing').click()
    const newest = page.locator('[data-notice=order_packing]')
    await newest.getByText('blocked the bot').waitFor()
    ana.unblock()
    await newest.getByText(/^Told/).waitFor()
    await ana.sees(/is being packed/)
    await notice.getByRole('button', { name: 'Resend' }).click()
    await notice.getByText(/^Told/).waitFor()
    await ana.sees(/is accepted/)
  })

  test('the second tap of a double tap is not the next step', async () => {
    const { app, olga, open } = await givenPanel()
    const { id } = givenOrder(app.shop)
    const page = await open(olga, { path: `/app/orders/${id}` })
    await action(page, 'Accept').waitFor()
    await page.evaluate(HASTY_TAPS)
    await action(page, 'Start packing').click()
    await stage(page, 'packing')
    expect(findOrder(app.shop.db, id)?.version).toBe(3)
  })

  test('of two people at one order the slower one sees what happened and loses nothing typed', async () => {
    const { app, olga, staff, open } = await givenPanel()
    const pedro = staff(702, 'Pedro', 'packer')
    const { id } = givenOrder(app.shop)
    const path = `/app/orders/${id}`
    const first = await open(olga, { path })
    // The slower one's line is cut: nothing but the refusal can tell.
    const second = await open(pedro, { path, expects: /status of 409|ERR_FAILED/, cut: '**/api/stream' })
    await action(second, 'Accept').waitFor()
    await holdTime(second)
    await action(first, 'Accept').click()
    await stage(first, 'accepted')
    await action(second, 'Accept').click()
    await second.getByText(`Order #${id} is accepted now.`).waitFor()
    await action(second, 'Start packing').click()
    await stage(second, 'packing')

    await action(second, 'Dispatch').click()
    await second.getByLabel('Tracking number').fill('TYPED-1')
    await action(first, 'Dispatch').click()
    await first.getByRole('button', { name: 'No tracking number' }).click()
    await stage(first, 'dispatched')
    await second.getByRole('dialog').getByRole('button', { name: 'Dispatch' }).click()
    await second.getByText(`Order #${id} is dispatched now.`).waitFor()
    expect(await second.getByLabel('Tracking number').inputValue()).toBe('TYPED-1')
    expect(findOrder(app.shop.db, id)?.tracking_number).toBeNull()
  })
})
