import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { findLastCheck } from '../../src/db/books.ts'
import { findVariant } from '../../src/db/catalogue.ts'
import { savePaymentMethod } from '../../src/db/checkout.ts'
import { listDiscountCodes } from '../../src/db/discounts.ts'
import { changeEntry, listEntriesOfOrder } from '../../src/db/ledger.ts'
import { findOrder, type OrderRow } from '../../src/db/orders.ts'
import { listProofsOfOrder } from '../../src/db/payment-proofs.ts'
import { listTaxRates } from '../../src/db/tax-rates.ts'
import { keepProofFile } from '../../src/shop/payments/proof-files.ts'
import { recordPayment } from '../../src/shop/payments/record-payment.ts'
import { refundOrder } from '../../src/shop/payments/refund-order.ts'
import { sendProof } from '../../src/shop/payments/send-proof.ts'
import { takeCharge } from '../../src/shop/payments/store-charge.ts'
import type { Shop } from '../../src/shop/work.ts'
import { existing, givenOrder, givenStaff, givenVariant, step } from '../given.ts'
import { givenPanel, holdTime, useBrowser } from './given-panel.ts'

useBrowser()

/** Two mugs of 12.50, to be paid by bank transfer and fetched. */
const TOTAL = 2500

async function givenTransfer() {
  const panel = await givenPanel()
  const { shop } = panel.app
  const instructions = 'IBAN XX00 1234'
  shop.db.write((tx) => savePaymentMethod(tx, { kind: 'bank_transfer', instructions, active: 1 }))
  const variantId = givenVariant(shop, 10, TOTAL / 2)
  const order = givenOrder(shop, { variantId, payment: 'bank_transfer', delivery: 1 })
  return { ...panel, shop, variantId, order, read: () => existing(findOrder(shop.db, order.id)) }
}

function pay(shop: Shop, order: OrderRow, amountMinor: number): OrderRow {
  const { id: orderId, version } = existing(findOrder(shop.db, order.id))
  const actor = givenStaff(shop, 'manager', 'Maria')
  shop.write((work) => recordPayment(work, { orderId, version, amountMinor, actor }))
  return existing(findOrder(shop.db, orderId))
}

function money(page: Page, name: string | RegExp) {
  return page.locator('[data-money]').getByRole('button', { name })
}

function sum(page: Page, word: string) {
  return page.locator(`[data-sum="${word}"]`)
}

test('a receipt is looked at and approved in part, and the rest is recorded', async () => {
  const { shop, config, order, read, olga, open } = await givenTransfer()
  const bytes = await sharp({ create: { width: 40, height: 60, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer()
  const file = await keepProofFile(join(config.dataDir, 'proofs'), 'receipt', bytes)
  const actor = { kind: 'customer' as const, id: order.person_id, name: 'Ana', source: 'chat' as const }
  shop.write((work) => sendProof(work, { orderId: order.id, ...file, uniqueId: 'a', actor }))

  const page = await open(olga, { path: '/app' })
  await page.locator('[data-money-waits]').click()
  await page.locator('[data-waiting-proof]').click()
  await page.locator('[data-proof]').getByRole('button').click()
  const sheet = page.getByRole('dialog')
  await sheet.locator('img').waitFor()
  const amount = sheet.getByLabel('Amount that arrived, EUR')
  expect(await amount.inputValue()).toBe('25.00')
  await amount.fill('lots')
  await sheet.getByRole('button', { name: 'Approve' }).click()
  await sheet.getByText('An amount like 12.50').waitFor()
  await amount.fill('10')
  // Closed by accident: what was typed is still there.
  await sheet.getByRole('button', { name: 'Close' }).click()
  await page.locator('[data-proof]').getByRole('button').click()
  await sheet.getByRole('button', { name: 'Approve €10.00' }).click()
  await page.getByText('Part paid €10.00 of €25.00').waitFor()
  expect(listProofsOfOrder(shop.db, order.id)).toMatchObject([{ state: 'approved' }])

  await money(page, 'Record money').click()
  expect(await amount.inputValue()).toBe('15.00')
  await sheet.getByRole('button', { name: 'Record €15.00' }).click()
  await page.locator('.order-summary').getByText('Paid', { exact: true }).waitFor()
  expect(read()).toMatchObject({ payment: 'paid', charged_minor: TOTAL })
  await page.locator('[data-event=part_paid]').waitFor()
})

test('a receipt is rejected with a reason', async () => {
  const { shop, config, order, olga, open } = await givenTransfer()
  const file = await keepProofFile(join(config.dataDir, 'proofs'), 'pdf', Buffer.from('%PDF-1.4\n%%EOF'))
  const actor = { kind: 'customer' as const, id: order.person_id, name: 'Ana', source: 'chat' as const }
  shop.write((work) => sendProof(work, { orderId: order.id, ...file, uniqueId: 'b', actor }))
  const page = await open(olga, { path: `/app/orders/${order.id}` })
  await page.locator('[data-proof]').getByRole('button').click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('Open the PDF').waitFor()
  await sheet.getByText('press “See the receipt” under the bot').waitFor()
  await sheet.getByRole('button', { name: 'Reject' }).click()
  await sheet.getByRole('button', { name: 'Reject the receipt' }).click()
  await sheet.getByText('Say why').waitFor()
  await sheet.getByRole('button', { name: 'The amount does not match.' }).click()
  await sheet.getByRole('button', { name: 'Reject the receipt' }).click()
  await page.getByText('Rejected by Olga').waitFor()
  expect(listProofsOfOrder(shop.db, order.id)).toMatchObject([{ reason: 'The amount does not match.' }])
})

test('part of the money is given back for a piece that comes back, and ticked off', async () => {
  const { shop, variantId, order, read, olga, open } = await givenTransfer()
  const desk = givenStaff(shop)
  step(shop, desk, pay(shop, order, TOTAL), 'accept', 'pack', 'dispatch', 'deliver')
  const page = await open(olga, { path: `/app/orders/${order.id}` })
  await money(page, 'Give back').click()
  const sheet = page.getByRole('dialog')
  const amount = sheet.getByLabel('Amount to give back, EUR')
  await amount.fill('30')
  await sheet
    .getByRole('button', { name: 'Give €30.00 back' })
    .or(sheet.getByRole('button', { name: 'Give back' }))
    .click()
  await sheet.getByText('At most €25.00').waitFor()
  await amount.fill('12,50')
  await sheet.getByRole('button', { name: /^One more/ }).click()
  await sheet.getByRole('button', { name: 'Give €12.50 back' }).click()
  await page.getByText('To be given back by hand').waitFor()
  expect(existing(findVariant(shop.db, variantId)).available).toBe(9)

  await money(page, 'Given back').click()
  await sheet.getByText('this cannot be undone').waitFor()
  expect(read().refunded_minor).toBe(0)
  await sheet.getByRole('button', { name: 'Yes, €12.50 is given back' }).click()
  await page.locator('.order-summary').getByText('€12.50 of €25.00 given back').waitFor()
  expect(await sum(page, 'Given back').textContent()).toBe('−€12.50')
  expect(read()).toMatchObject({ payment: 'partly_refunded', refunded_minor: 1250 })
})

test('cancelling a paid order asks about the money, and what is to be given back waits to be ticked off', async () => {
  const { shop, variantId, order, read, olga, open } = await givenTransfer()
  pay(shop, order, TOTAL)
  const page = await open(olga, { path: `/app/orders/${order.id}` })
  await page.getByRole('button', { name: 'Other steps' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: /^Cancel/ }).click()
  await sheet.getByRole('button', { name: 'Cancel the order' }).click()
  await sheet.getByText('Say what is to happen with the €25.00.').waitFor()
  expect(read().fulfilment).toBe('placed')
  await sheet.getByRole('radio', { name: 'Give it back' }).click()
  await sheet.getByRole('button', { name: /^One less/ }).click()
  await sheet.getByRole('button', { name: 'Cancel and give €25.00 back' }).click()
  await page.locator('.order-summary').locator('[data-stage=cancelled]').waitFor()
  // One of the two is broken and does not go back on the shelf.
  expect(existing(findVariant(shop.db, variantId)).available).toBe(9)

  await page.goto(new URL('/app/more/money', page.url()).href)
  await page.locator('[data-entry][data-state=by_hand]').getByRole('button', { name: 'Given back' }).click()
  await sheet.getByRole('button', { name: 'Yes, €25.00 is given back' }).click()
  await page.getByText('No money waits for anybody').waitFor()
  expect(read()).toMatchObject({ fulfilment: 'cancelled', payment: 'refunded', refunded_minor: TOTAL })
})

test('money that came after the order was cancelled is decided about on the order', async () => {
  const { shop, order, read, olga, open } = await givenTransfer()
  step(shop, givenStaff(shop), order, 'cancel')
  const { id: orderId, person_id: personId, currency } = order
  const paid = { amountMinor: TOTAL, orderMinor: TOTAL, currency, at: shop.clock.now(), raw: '{}' }
  takeCharge(shop, { provider: 'btcpay', reference: 'late', orderId, personId, ...paid })
  const page = await open(olga, { path: `/app/orders/${orderId}` })
  const matter = page.locator('[data-matter]')
  await matter.getByText('It came after the order was cancelled.').waitFor()
  await matter.getByRole('button', { name: 'Take the order after all' }).click()
  await page.getByRole('dialog').getByText('goes on as a new order').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Take the order after all' }).click()
  await page.locator('.order-summary').locator('[data-stage=placed]').waitFor()
  await matter.waitFor({ state: 'detached' })
  expect(read()).toMatchObject({ payment: 'paid', charged_minor: TOTAL })
  expect(listEntriesOfOrder(shop.db, orderId)).toMatchObject([{ state: 'applied', trouble: null }])
})

test('money that names no order is given to one', async () => {
  const { shop, order, read, olga, open } = await givenTransfer()
  const paid = { amountMinor: TOTAL, orderMinor: TOTAL, currency: 'EUR', at: shop.clock.now(), raw: '{}' }
  takeCharge(shop, { provider: 'telegram', reference: 'lost', orderId: null, personId: null, ...paid })
  const page = await open(olga, { path: '/app/more/money', expects: /status of 4/ })
  await page.getByText('Nobody knows for which order it is.').waitFor()
  await page.getByRole('button', { name: 'It is for an order' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Number of the order').fill('999999')
  await sheet.getByRole('button', { name: 'Count it for this order' }).click()
  await sheet.locator('.field-error').waitFor()
  await sheet.getByLabel('Number of the order').fill(`#${order.id}`)
  await sheet.getByRole('button', { name: 'Count it for this order' }).click()
  await page.getByText('No money waits for anybody').waitFor()
  expect(read()).toMatchObject({ payment: 'paid', charged_minor: TOTAL })
})

test('an amount far above what is due is asked back, and the surplus is named until it is taken back', async () => {
  const { shop, order, read, olga, open } = await givenTransfer()
  pay(shop, order, 2042)
  const page = await open(olga, { path: `/app/orders/${order.id}` })
  await money(page, 'Record money').click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Amount that arrived, EUR').fill('1000000')
  await sheet.getByText('That is €999,995.42 more than is due.').waitFor()
  await sheet.getByRole('button', { name: 'Record €1,000,000.00, €999,995.42 too much' }).click()
  const matter = page.locator('[data-matter]')
  await matter.getByText('€999,995.42 needs a decision').waitFor()
  await matter.getByRole('button', { name: 'Give the surplus back' }).click()
  await sheet.getByText('The customer gets €999,995.42 back').waitFor()
  await sheet.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('button', { name: 'Entered by mistake?' }).last().click()
  await sheet.getByRole('button', { name: /out of the books$/ }).click()
  await sheet.getByText('Say what was wrong').waitFor()
  await sheet.getByLabel(/^What was wrong/).fill('Three digits too many')
  await sheet.getByRole('button', { name: 'Take €1,000,000.00 out of the books' }).click()
  await matter.waitFor({ state: 'detached' })
  expect(read()).toMatchObject({ payment: 'pending', charged_minor: 2042 })
  expect(listEntriesOfOrder(shop.db, order.id)).toMatchObject([{ state: 'applied' }, { state: 'void' }])
})

test('the shop does without the rest of what is owed', async () => {
  const { shop, order, read, olga, open } = await givenTransfer()
  pay(shop, order, 2400)
  const page = await open(olga, { path: `/app/orders/${order.id}` })
  await money(page, 'Do without the rest').click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Do without €1.00' }).click()
  await page.locator('.order-summary').getByText('Paid', { exact: true }).waitFor()
  expect(await sum(page, 'Done without').textContent()).toBe('€1.00')
  expect(read()).toMatchObject({ payment: 'paid', charged_minor: 2400, waived_minor: 100 })
})

test('a tax rate is entered, with its fault beside its field', async () => {
  const { app, olga, open } = await givenPanel()
  const page = await open(olga, { path: '/app/more/taxes' })
  await page.getByRole('button', { name: 'Add a tax rate' }).click()
  await page.getByLabel('Name').fill('VAT')
  const percent = page.getByLabel('Percent')
  await percent.fill('lots')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('.field-error').waitFor()
  expect(await page.locator('input:focus').inputValue()).toBe('lots')
  await percent.fill('21')
  await holdTime(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved. New orders follow it from now on.').waitFor()
  expect(listTaxRates(app.shop.db)).toMatchObject([{ name: 'VAT', basis_points: 2100, usual: 1 }])
})

test('a discount code is made, with its faults beside their fields, and switched off', async () => {
  const { app, olga, open } = await givenPanel()
  const page = await open(olga, { path: '/app/more/discounts' })
  await page.getByText('No discount codes yet').waitFor()
  await page.getByRole('button', { name: 'Make a code' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Code (what customers type)').fill('tea10')
  await sheet.getByLabel('Percent off the items').fill('110')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await sheet.getByText('A percentage between 0.01 and 100').waitFor()
  await sheet.getByLabel('Percent off the items').fill('10')
  await sheet.getByLabel('Uses in all').fill('50')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await page.locator('[data-code=TEA10]').getByText('Running, used 0 of 50').waitFor()
  expect(listDiscountCodes(app.shop.db)).toMatchObject([{ code: 'TEA10', kind: 'percent', value: 1000 }])

  await page.locator('[data-code=TEA10]').click()
  await sheet.getByRole('switch', { name: 'Can be used' }).click()
  await sheet.getByRole('button', { name: 'Save' }).click()
  await page.locator('[data-code=TEA10]').getByText('Switched off').waitFor()
})

test('a refund that its customer must claim is not forgotten, and its link is for the desk alone', async () => {
  const { shop, order, olga, staff, open } = await givenTransfer()
  pay(shop, order, TOTAL)
  const { id: orderId, version } = existing(findOrder(shop.db, order.id))
  const actor = givenStaff(shop, 'owner', 'Maria')
  shop.write((work) => refundOrder(work, { orderId, version, amountMinor: TOTAL, actor }))
  const refund = existing(listEntriesOfOrder(shop.db, orderId).find(({ kind }) => kind === 'refund'))
  const link = 'https://pay.example/claim'
  shop.write(({ tx, now }) => changeEntry(tx, refund, { state: 'offered', link, now }))

  const page = await open(olga, { path: '/app/more/money' })
  await page.getByRole('heading', { name: 'On its way back' }).waitFor()
  await page.getByText('Waits for the customer to claim it').waitFor()
  await page.getByRole('button', { name: "Copy the customer's link" }).waitFor()
  const packers = await open(staff(702, 'Pedro', 'packer'), { path: `/app/orders/${orderId}` })
  await packers.getByText('Waits for the customer to claim it').waitFor()
  expect(await packers.getByRole('button', { name: "Copy the customer's link" }).count()).toBe(0)
})

test('the books are checked by a button, and agree', async () => {
  const { shop, order, olga, open } = await givenTransfer()
  pay(shop, order, TOTAL)
  const page = await open(olga, { path: '/app/more/money' })
  const checks = () => findLastCheck(shop.db)?.id ?? 0
  await page.getByRole('button', { name: 'Check now' }).waitFor()
  const before = checks()
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect.poll(checks).toBeGreaterThan(before)
  await page.getByText('Everything agrees').waitFor()
  await page
    .getByRole('row', { name: /Bank transfer/ })
    .last()
    .getByText('€25.00')
    .waitFor()
})

test('a packer sees the money, and can do nothing about it', async () => {
  const { shop, order, staff, open } = await givenTransfer()
  pay(shop, order, 1000)
  const pedro = staff(702, 'Pedro', 'packer')
  const page = await open(pedro, { path: `/app/orders/${order.id}`, cut: '**/api/money/**' })
  await page.getByText('Part paid €10.00 of €25.00').waitFor()
  expect(await money(page, /Record|Give|Do without|mistake/).count()).toBe(0)
  await page.goto(new URL('/app/more', page.url()).href)
  await page.getByRole('heading', { name: 'More' }).waitFor()
  expect(await page.getByText(/Money and books|Discount codes|Tax rates/).count()).toBe(0)
})
