import { expect, test } from 'vitest'
import { findVariant } from '../../src/db/catalogue.ts'
import { givenOrder, givenVariant } from '../given.ts'
import { givenPanel, holdTime, useBrowser } from './given-panel.ts'

useBrowser()

test('price and stock are changed in place, unless something was sold meanwhile', async () => {
  const { app, olga, open } = await givenPanel()
  const variantId = givenVariant(app.shop, 10, 1250)
  const page = await open(olga, { path: '/app/products', expects: /status of 409/ })
  await page.getByRole('button', { name: /^Change Mug: 10 in stock.*€12\.50$/ }).click()
  await page.getByLabel('Price, EUR').fill('12,999')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('An amount like 12.50').waitFor()

  await page.getByLabel('Price, EUR').fill('13,5')
  await page.getByLabel('In stock').fill('20')
  givenOrder(app.shop, { variantId, quantity: 2 })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('.field-error').waitFor()
  expect(findVariant(app.shop.db, variantId)).toMatchObject({ price_minor: 1250, available: 8 })
  expect(await page.getByLabel('In stock').inputValue()).toBe('20')

  await page.getByLabel('In stock').fill('18')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('€13.50').waitFor()
  expect(findVariant(app.shop.db, variantId)).toMatchObject({ price_minor: 1350, available: 18 })
})

test('a product is hidden and shown again', async () => {
  const { app, olga, open } = await givenPanel()
  givenVariant(app.shop, 10, 1250, 'Mug')
  const page = await open(olga, { path: '/app/products' })
  await page.getByRole('button', { name: 'Hide Mug' }).click()
  await page.getByText('Hidden from customers', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Show Mug' }).click()
  await page.getByRole('button', { name: 'Hide Mug' }).waitFor()
})

test('half-typed settings survive a failed save and a reload', async () => {
  const { olga, open } = await givenPanel()
  const page = await open(olga, { path: '/app/more/settings', expects: /ERR_FAILED/ })
  await page.getByLabel('Name of the shop').fill('Fern & Kettle')
  await page.route('**/api/settings', (route) => route.abort())
  await holdTime(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('No connection to the shop').waitFor()
  await page.unroute('**/api/settings')
  await page.reload()
  expect(await page.getByLabel('Name of the shop').inputValue()).toBe('Fern & Kettle')
  await holdTime(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved. Customers see it from now on.').waitFor()
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByText('Fern & Kettle', { exact: true }).waitFor()
})

test('what is wrong with a setting comes into sight', async () => {
  const { olga, open } = await givenPanel()
  const page = await open(olga, { path: '/app/more/settings' })
  const stars = page.getByLabel('100 Stars count for, EUR')
  await stars.fill('999999')
  await page.getByText('€10.00 is then ⭐ 1, rounded up.').waitFor()
  await stars.fill('-1')
  const name = page.getByLabel('Name of the shop')
  await name.scrollIntoViewIfNeeded()
  await name.focus()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('An amount like 1.30').waitFor()
  await expect.poll(() => page.locator('input:focus').inputValue()).toBe('-1')
})

test('a packer changes neither goods nor settings', async () => {
  const { app, staff, open } = await givenPanel()
  const variantId = givenVariant(app.shop)
  const page = await open(staff(702, 'Pedro', 'packer'), { path: '/app/products' })
  expect(await page.locator(`[data-variant="${variantId}"]`).isDisabled()).toBe(true)
  expect(await page.getByRole('button', { name: /^Hide/ }).count()).toBe(0)
})
