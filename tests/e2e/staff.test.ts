import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { findOrder, setNeedsReview } from '../../src/db/orders.ts'
import { findPersonByTelegramId, findStaff } from '../../src/db/people.ts'
import { listStaffGroups, saveStaffGroup } from '../../src/db/staff-groups.ts'
import { readLowStock } from '../../src/shop/catalogue/watch-stock.ts'
import { readEscalationSteps } from '../../src/shop/escalation/escalation-steps.ts'
import { writeMessage } from '../../src/shop/orders/write-message.ts'
import { existing, givenOrder, givenVariant } from '../given.ts'
import { orderInChat } from '../order-in-chat.ts'
import { givenPanel, holdTime, useBrowser } from './given-panel.ts'

useBrowser()

const FOR_OWNERS = ['/app/more/settings', '/app/more/reminders']
const FOR_THE_DESK = ['/app/more/money', '/app/more/discounts', '/app/more/taxes', '/app/more/system']

/** Goes to a page of the panel as a link would. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState(null, '', '${path}'); dispatchEvent(new PopStateEvent('popstate'))`)
}

describe('the staff', () => {
  test('a page that a role cannot use says so, and the pages on offer are the others', async () => {
    const { olga, staff, open } = await givenPanel()
    const people = [
      [olga, []],
      [staff(702, 'Mia', 'manager'), FOR_OWNERS],
      [staff(703, 'Pete', 'packer'), [...FOR_OWNERS, ...FOR_THE_DESK]],
    ] as const
    for (const [person, closed] of people) {
      // The first one as somebody who types the address.
      const page = await open(person, { path: '/app/more/settings' })
      for (const path of [...FOR_OWNERS, ...FOR_THE_DESK]) {
        await go(page, path)
        const isClosed = closed.some((one) => one === path)
        if (!isClosed) await page.locator('main h1:not(:text("More"))').waitFor()
        await expect
          .poll(async () => [path, await page.getByText(/^This page is for owners/).count()])
          .toEqual([path, isClosed ? 1 : 0])
      }
      await go(page, '/app/more')
      await page.getByRole('link', { name: 'Alerts' }).waitFor()
      const links = page.locator('main a[href^="/app/more/"]')
      await expect.poll(() => links.count()).toBe(9 - closed.length)
      const paths = await links.evaluateAll((all: { getAttribute(name: string): string }[]) =>
        all.map((one) => one.getAttribute('href')),
      )
      expect(paths.filter((path) => closed.some((one) => one === path))).toEqual([])
    }
  })

  test('an owner invites somebody, gives them another role, removes them and takes that back', async () => {
    const { app, telegram, olga, open } = await givenPanel()
    const { db } = app.shop
    await olga.send('/start')
    const nina = telegram.person({ id: 903, firstName: 'Nina', languageCode: 'en' })
    const page = await open(olga, { path: '/app/more' })
    await page.getByRole('link', { name: 'Staff and groups' }).click()
    await page.getByText('Olga (you)').waitFor()
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('radio', { name: /^Manager/ }).click()
    await sheet.getByRole('button', { name: 'Make a link' }).click()
    const link = existing(await sheet.locator('[data-link]').getAttribute('data-link'))
    await sheet.getByRole('button', { name: 'Close' }).click()
    await page.locator('[data-invitation=manager]').getByText('by Olga').waitFor()

    await nina.start(existing(new URL(link).searchParams.get('start')))
    await nina.press('Join')
    const id = existing(findPersonByTelegramId(db, 903)).id
    const line = page.locator(`[data-member="${id}"]`)
    await line.getByText('Manager').waitFor()
    await expect.poll(() => page.locator('[data-invitation]').count()).toBe(0)

    await line.click()
    await sheet.getByRole('radio', { name: /^Packer/ }).click()
    await line.getByText('Packer').waitFor()
    expect(findStaff(db, id)?.role).toBe('packer')
    await line.click()
    await holdTime(page)
    await sheet.getByRole('button', { name: 'Remove from the staff' }).click()
    await page.getByText('Nina is removed').waitFor()
    expect(findStaff(db, id)).toBeUndefined()
    await page.getByRole('button', { name: /^Undo/ }).click()
    await line.waitFor()
    expect(findStaff(db, id)?.role).toBe('packer')
  })

  test('the only owner is told why they stay, a packer can change nothing, and a removed one is out', async () => {
    const { app, olga, staff, open } = await givenPanel()
    const pete = staff(702, 'Pete', 'packer')
    const page = await open(olga, { path: '/app/more/staff', expects: /status of 409/ })
    await page.getByText('Olga (you)').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove from the staff' }).click()
    await page.getByText('is the only owner').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

    const other = await open(pete, { path: '/app/more/staff', expects: /status of 40[13]/ })
    await other.getByText('Pete (you)').waitFor()
    expect(await other.getByRole('button', { name: 'Invite somebody' }).count()).toBe(0)
    expect(await other.locator('[data-member]').count()).toBe(0)
    const petes = existing(findPersonByTelegramId(app.shop.db, 702)).id
    await page.locator(`[data-member="${petes}"]`).click()
    await holdTime(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Remove from the staff' }).click()
    await page.getByText('Pete is removed').waitFor()
    await other.getByText(/for the staff of the shop/).waitFor()
  })

  test('a group is ended from the panel', async () => {
    const { app, olga, open } = await givenPanel()
    const addedBy = existing(findPersonByTelegramId(app.shop.db, 701)).id
    app.shop.write(({ tx, now }) =>
      saveStaffGroup(tx, { chatId: -1, threadId: 0, title: 'Desk', addedBy, now }),
    )
    const page = await open(olga, { path: '/app/more/staff' })
    await page.getByText('The whole group · added by Olga').waitFor()
    await holdTime(page)
    await page.getByRole('button', { name: 'Tell Desk no more' }).click()
    await page.getByText('Desk is told no more').waitFor()
    expect(listStaffGroups(app.shop.db)).toEqual([])
  })
})

describe('an order', () => {
  test('is given to somebody, who stands on its row', async () => {
    const { app, olga, staff, open } = await givenPanel()
    staff(702, 'Pete Miller', 'packer')
    const { id } = givenOrder(app.shop)
    const page = await open(olga, { path: `/app/orders/${id}` })
    await page.locator('[data-assignee=nobody]').click()
    await page
      .getByRole('dialog')
      .getByRole('radio', { name: /^Pete Miller/ })
      .click()
    await page.locator('[data-assignee]').getByText('Pete Miller').waitFor()
    const petes = existing(findPersonByTelegramId(app.shop.db, 702)).id
    expect(findOrder(app.shop.db, id)?.assigned_to).toBe(petes)
    await page.getByRole('button', { name: 'Back' }).click()
    expect(
      await page.locator(`[data-order="${id}"]`).getByLabel('Assigned to Pete Miller').textContent(),
    ).toBe('PM')
  })

  test('that waits says so, is put off, and says that too', async () => {
    const { app, olga, open } = await givenPanel()
    const { id } = givenOrder(app.shop)
    const page = await open(olga, { path: `/app/orders/${id}` })
    const banner = page.getByLabel('Waiting to be accepted')
    await banner.getByText(/Next reminder in \d+ (min|s)/).waitFor()
    await banner.getByRole('button', { name: 'Later' }).click()
    await page.getByRole('dialog').getByRole('radio', { name: '30 minutes' }).click()
    await banner.getByText(/Olga put this off until .* for everybody/).waitFor()
    await page.locator('.action-bar').getByRole('button', { name: 'Accept' }).click()
    await expect.poll(() => banner.count()).toBe(0)
  })

  test('is talked about with its customer', async () => {
    const { app, telegram, olga, open } = await givenPanel()
    givenVariant(app.shop, 5)
    const ana = telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })
    const id = await orderInChat(ana)
    const page = await open(olga, { path: `/app/orders/${id}` })
    await page.getByLabel('To Ana').fill('Shall we wrap it?')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.locator('[data-message=shop_wrote]').getByText('Shall we wrap it?').waitFor()
    await ana.sees('Shall we wrap it?')
    await ana.press('Reply')
    await ana.sees(/tell the shop about/)
    await ana.send('Yes please')
    await page.locator('[data-message=customer_wrote]').getByText('Yes please').waitFor()
    expect(await page.getByLabel('To Ana').inputValue()).toBe('')
  })
})

test('a customer who waits for an answer stands on Today, with the talk on top of the order, until somebody answers', async () => {
  const { app, olga, open } = await givenPanel()
  const order = givenOrder(app.shop)
  const customer = { kind: 'customer', id: order.person_id, name: 'Ana', source: 'chat' } as const
  const ask = () =>
    app.shop.write((work) => writeMessage(work, { orderId: order.id, words: 'Is it blue?', actor: customer }))
  const page = await open(olga)
  const waiting = page.getByRole('list', { name: 'Waiting for an answer' })
  await page.getByRole('list', { name: 'Do next' }).waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  expect(await waiting.count()).toBe(0)
  ask()
  await waiting.getByText('Waits for an answer').waitFor()
  await waiting.locator(`[data-order="${order.id}"] a`).click()
  await page.locator('[data-message=customer_wrote]').getByText('Is it blue?').waitFor()
  expect(await headings(page)).toMatchObject({ 0: 'Messages' })
  await page.getByRole('button', { name: 'No answer needed' }).click()
  await expect.poll(() => findOrder(app.shop.db, order.id)?.unanswered_since).toBeNull()
  await page.getByText('No answer needed').last().waitFor()
  await page.reload()
  await page.locator('[data-message=customer_wrote]').waitFor()
  expect(await headings(page)).toMatchObject({ 0: '2 items' })
})

test('an owner says that an order needs no look any more; a packer cannot', async () => {
  const { app, olga, staff, open } = await givenPanel()
  const pete = staff(702, 'Pete', 'packer')
  const { id } = givenOrder(app.shop)
  const reason = 'The customer asks for the money back'
  app.shop.write(({ tx, now }) => setNeedsReview(tx, { id, reason, now }))
  const path = `/app/orders/${id}`
  const petes = await open(pete, { path })
  await petes.locator('.review-note').getByText(reason).waitFor()
  expect(await petes.getByRole('button', { name: 'Done' }).count()).toBe(0)
  const page = await open(olga, { path })
  await page.locator('.review-note').getByText(reason).waitFor()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.locator('[data-event=review_cleared]').getByText(reason).waitFor()
  for (const one of [page, petes]) await expect.poll(() => one.locator('.review-note').count()).toBe(0)
})

/** What the order page is made of, from the top. */
function headings(page: Page): Promise<string[]> {
  return page.locator('.order-body .section > h2').allTextContents()
}

test('the owner sets when staff are reminded, and what is wrong stands beside its field', async () => {
  const { app, olga, open } = await givenPanel()
  const page = await open(olga, { path: '/app/more/reminders' })
  const minutes = page.getByLabel('After, min')
  await minutes.nth(1).fill('1')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Later than the one before').waitFor()
  await minutes.nth(1).fill('4')
  await page.getByRole('button', { name: 'Remove this reminder' }).nth(2).click()
  await page.getByRole('button', { name: 'Add a reminder' }).click()
  await page.getByRole('combobox').nth(2).selectOption('owner')
  await page.getByLabel('Then every').fill('20')
  await page.getByLabel('Tell staff when so many are left').fill('7')
  await holdTime(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved.').waitFor()
  expect(readLowStock(app.shop.db)).toBe(7)
  expect(readEscalationSteps(app.shop.db)).toEqual({
    steps: [
      { minutes: 2, reach: 'told' },
      { minutes: 4, reach: 'role' },
      { minutes: 8, reach: 'owner' },
    ],
    everyMinutes: 20,
  })
})
