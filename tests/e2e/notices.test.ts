import type { Page } from 'playwright-core'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startMailServer } from '../../sandbox/mail/server.ts'
import { findOrder } from '../../src/db/orders.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { addTally, listNoticesOfOrder } from '../../src/db/proof.ts'
import { sql } from '../../src/db/statement.ts'
import { setEmail } from '../../src/shop/customers/set-email.ts'
import { bucketOf } from '../../src/shop/notifications/settle.ts'
import type { Shop } from '../../src/shop/work.ts'
import { existing, givenVariant, step } from '../given.ts'
import { eventually } from '../given-app.ts'
import { orderInChat } from '../order-in-chat.ts'
import { DESK, givenPanel, holdTime, PATIENCE_MS, useBrowser } from './given-panel.ts'

useBrowser()

/** With the day in front once midnight has passed. */
const TOLD = /^Told by Telegram (\d+ \w+ )?\d\d:\d\d$/

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }

/** A shop with an order of Ana's, made in the chat; the actor works on it from somewhere else. */
async function givenOrdered(env: Record<string, string> = {}) {
  const given = await givenPanel(env)
  const { app, telegram } = given
  givenVariant(app.shop, 50)
  await given.olga.send('/start')
  const ana = telegram.person(ANA)
  const number = await orderInChat(ana)
  const actor = {
    kind: 'staff',
    id: existing(findPersonByTelegramId(app.shop.db, 701)).id,
    name: 'Olga',
    source: 'panel',
    role: 'owner',
  } as const
  const takeStep = (...names: Parameters<typeof step>[3][]) =>
    step(app.shop, actor, existing(findOrder(app.shop.db, number)), ...names)
  const isDead = (kind: string) =>
    eventually(app.shop, () =>
      listNoticesOfOrder(app.shop.db, number).some((one) => one.kind === kind && one.state === 'dead'),
    )
  return { ...given, ana, number, takeStep, isDead }
}

function line(page: Page, kind: string) {
  return page.locator(`[data-notice=${kind}]`)
}

describe('on the order', () => {
  test('a retry counts down, arrives, and its tries are the proof', async () => {
    const { telegram, ana, number, takeStep, olga, open } = await givenOrdered()
    const page = await open(olga, { path: `/app/orders/${number}` })
    await page.getByRole('button', { name: 'Accept' }).waitFor()
    const failed = () => telegram.calls('sendMessage').filter(({ status }) => status === 502).length
    telegram.faults.answerNext({ method: 'sendMessage', chatId: ANA.id, count: 1_000, with: 502 })
    takeStep('accept')
    await expect.poll(failed).toBeGreaterThan(1)
    await line(page, 'order_accepted')
      .getByText(/^Retrying in \d+ s$/)
      .waitFor()
    // Not before it was seen to count down, however slow the machine.
    telegram.faults.clear()
    await line(page, 'order_accepted').getByText(TOLD).waitFor()
    await ana.sees(/is accepted/)
    await line(page, 'order_accepted').getByRole('button').click()
    const sheet = page.getByRole('dialog', { name: 'Accepted → Ana' })
    await sheet.getByText(`${failed() + 1} tries`).waitFor()
    expect(await sheet.getByText('Telegram did not answer', { exact: true }).count()).toBe(failed())
    await sheet.getByText('Telegram took it', { exact: true }).waitFor()
    await sheet.getByText('Planned for').waitFor()
  })

  test('who blocked the bot is told by e-mail instead, or once they are back', async () => {
    const mail = await startMailServer()
    onTestFinished(() => mail.stop())
    const env = { SMTP_URL: mail.url, MAIL_FROM: 'orders@shop.example' }
    const { app, ana, number, takeStep, isDead, olga, open } = await givenOrdered(env)
    ana.block()
    takeStep('accept', 'pack')
    await isDead('order_packing')
    const page = await open(olga, { path: `/app/orders/${number}` })
    const accepted = line(page, 'order_accepted').first()
    await accepted.getByText('Could not be reached: blocked the bot').waitFor()
    await accepted.getByText('They have to start the bot again.').waitFor()
    expect(await accepted.getByRole('button', { name: 'Resend' }).count()).toBe(0)
    await page.locator('[data-event=notice_gave_up]').getByText('Ana, by Telegram: blocked the bot').waitFor()

    const { id: personId } = existing(findPersonByTelegramId(app.shop.db, ANA.id))
    app.shop.write((work) => setEmail(work, { personId, email: 'ana@example.com' }))
    await accepted.getByRole('button').first().click()
    const sheet = page.getByRole('dialog')
    await sheet.getByText('Not delivered', { exact: true }).waitFor()
    expect(await sheet.getByRole('button', { name: 'Send again' }).count()).toBe(0)
    await sheet.getByRole('button', { name: 'By e-mail instead' }).click()
    await mail.waitFor(() => mail.received().length === 1)
    expect(mail.received()[0]).toMatchObject({ to: 'ana@example.com' })
    await page.getByText(/^Told by e-mail/).waitFor()
    await accepted.getByText(/reached by e-mail instead$/).waitFor()
    await sheet.getByRole('button', { name: 'By e-mail instead' }).waitFor({ state: 'detached' })

    ana.unblock()
    await ana.sees(/is being packed/)
    await sheet.getByRole('button', { name: 'Send again' }).click()
    await sheet.locator('[data-proof=told]').waitFor()
    await ana.sees(/is accepted/)
    await sheet.getByRole('button', { name: 'Close' }).click()
    await accepted.getByText(/^Told by Telegram/).waitFor()
    await page.locator('[data-event=notice_resent]').nth(1).waitFor()
  })

  test('news to staff is summed up, and opens person by person', async () => {
    const { staff, number, olga, open, app, telegram } = await givenOrdered()
    const pia = staff(702, 'Pia', 'packer')
    await pia.send('/start')
    await telegram.idle()
    const page = await open(olga, { path: `/app/orders/${number}` })
    const news = page.locator('[data-news=staff_order]')
    await news.getByText('Staff: 1 of 1 told').waitFor()
    expect(await line(page, 'staff_order').isVisible()).toBe(false)
    await news.locator('summary').click()
    await line(page, 'staff_order').getByText('Olga').waitFor()
    expect(listNoticesOfOrder(app.shop.db, number).length).toBe(2)
  })
})

/** So many notices, by Telegram, in this hour: a few late ones of a busy machine then do not count. */
function sentQuickly({ db, clock }: Shop, count: number): void {
  const hour = Math.floor(clock.now() / 3_600_000)
  db.write((tx) => {
    for (let i = 0; i < count; i++)
      addTally(tx, { hour, channel: 'telegram', bucket: bucketOf(400), outcome: 'sent' })
  })
}

/** How near the figures of a card come to one another in a line, in px. */
const NEAREST_FIGURES = `(() => {
  const boxes = [...document.querySelectorAll('[data-channel=telegram] .channel-count dd')].map((figure) => {
    const text = document.createRange()
    text.selectNodeContents(figure)
    return text.getBoundingClientRect()
  })
  return Math.min(...boxes.slice(1).map((box, i) => (box.top === boxes[i].top ? box.left - boxes[i].right : Infinity)))
})()`

describe('the notices page', () => {
  test('keeps its figures apart on a phone', async () => {
    const { app, olga, open } = await givenPanel()
    sentQuickly(app.shop, 116)
    const page = await open(olga, { path: '/app/more/notices' })
    await page.locator('[data-channel=telegram]').getByText('116', { exact: true }).waitFor()
    expect(await page.evaluate(NEAREST_FIGURES)).toBeGreaterThanOrEqual(32)
  })

  test('counts live, lists what failed, and sends dead letters again', async () => {
    const { app, ana, takeStep, isDead, olga, open } = await givenOrdered()
    sentQuickly(app.shop, 1_000)
    const page = await open(olga, { path: '/app/more' })
    const link = page.getByRole('link', { name: /Notices/ })
    await link.waitFor()
    ana.block()
    takeStep('accept', 'pack')
    await isDead('order_packing')
    await page.locator('[data-dead="2"]').waitFor()
    await link.click()
    const telegram = page.locator('[data-channel=telegram]')
    await telegram.getByText('100 %').waitFor()
    await telegram.getByText('On target').waitFor()
    await page.locator('[data-channel=push]').getByText('npm run setup').waitFor()
    await page.getByText('Not delivered: 2').waitFor()
    await page.getByText('2 could not be reached, 0 given up', { exact: true }).waitFor()
    // The card of the order, which cannot be drawn again for her, joins them a moment later.
    const failure = (news: string) => page.locator('[data-failure]', { hasText: `${news} → Ana` })
    await failure('Accepted').waitFor()
    await failure('Being packed').getByRole('button').click()
    await page.getByRole('dialog').getByText('Blocked the bot', { exact: true }).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()

    // Ana is still out of reach: to send them again would be in vain.
    await telegram.locator('.channel-count', { hasText: '2Could not be reached' }).waitFor()
    expect(await page.locator('[data-letter]').getByText('They have to start the bot again.').count()).toBe(2)
    expect(await page.getByRole('button', { name: /^(Resend|Send all)/ }).count()).toBe(0)

    // The newest one goes out by itself as soon as she is back.
    ana.unblock()
    await page.getByText('Not delivered: 1').waitFor()
    await page.getByText('0 could not be reached, 1 given up', { exact: true }).waitFor()
    await page.locator('[data-letter]').getByRole('button', { name: 'Resend' }).click()
    await page.getByText('Nothing was lost.').waitFor()
    await ana.sees(/is accepted/)
    await ana.sees(/is being packed/)
  })

  test('sends all again to who is back', async () => {
    const { ana, takeStep, isDead, olga, open } = await givenOrdered()
    ana.block()
    takeStep('accept', 'pack', 'dispatch')
    await isDead('order_dispatched')
    ana.unblock()
    await ana.sees(/is on its way/)
    const page = await open(olga, { path: '/app/more/notices' })
    await page.getByText('0 could not be reached, 2 given up', { exact: true }).waitFor()
    await holdTime(page)
    await page.getByRole('button', { name: 'Send all 2 again, now' }).click()
    await page.getByText('2 on their way again.').waitFor()
    await page.getByText('Nothing was lost.').waitFor()
    await ana.sees(/is accepted/)
    await ana.sees(/is being packed/)
  })

  test('says since when a channel does not answer, and that it is back', async () => {
    const { app, telegram, ana, takeStep, olga, open } = await givenOrdered()
    sentQuickly(app.shop, 1_000)
    const page = await open(olga, { path: '/app/more/notices' })
    const card = page.locator('[data-channel=telegram]')
    await card.getByText('On target').waitFor()
    expect(await card.getByText(/^usually .* · slowest 1 in 100: .* s$/).count()).toBe(1)
    telegram.faults.answerNext({ count: 1_000, with: 500 })
    takeStep('accept')
    await page.getByText(/^Telegram is not answering since (\d+ \w+ )?\d\d:\d\d$/).waitFor()
    await card
      .getByText(/^Not answering since (\d+ \w+ )?\d\d:\d\d: Telegram reports a fault of its own$/)
      .waitFor()
    await page.getByText(/^Nothing is lost:/).waitFor()
    expect(await card.getByText('On target').count()).toBe(0)
    telegram.faults.clear()
    // The longer it was out, the longer the pause before the next try.
    await ana.sees(/is accepted/, { timeout: PATIENCE_MS })
    await card.getByText('On target').waitFor()
    await page.locator('[data-outage]').waitFor({ state: 'detached' })
  })

  test('goes from a day to a month, with a table beside each plot', async () => {
    const { app, olga, open } = await givenOrdered()
    const hours = sql.selectFrom('notice_tallies').select('hour').distinct()
    const page = await open(olga, { ...DESK, isMobile: false, path: '/app/more/notices' })
    const table = page.getByRole('table', { name: 'Delivered and failed' })
    await table.getByRole('row').nth(1).waitFor({ state: 'attached' })
    // One row is the head; there are two hours when one of them ends meanwhile.
    await expect
      .poll(async () => (await table.getByRole('row').count()) - app.shop.db.all(hours).length)
      .toBe(1)
    await page.getByRole('button', { name: '30 days' }).click()
    await expect.poll(() => page.locator('.plot-drawing').first().getAttribute('viewBox')).toBe('0 0 30 1')
    await page.getByRole('button', { name: '7 days' }).click()
    await expect.poll(() => page.locator('.plot-drawing').first().getAttribute('viewBox')).toBe('0 0 28 1')
  })

  test('says what it is when the shop does not answer, and comes back', async () => {
    const { olga, open } = await givenOrdered()
    const page = await open(olga, {
      path: '/app/more/notices',
      cut: '**/api/notices/**',
      expects: /ERR_FAILED/,
    })
    await page.getByText('This could not be loaded').waitFor()
    await page.unroute('**/api/notices/**')
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('[data-channel=telegram]').waitFor()
  })
})
