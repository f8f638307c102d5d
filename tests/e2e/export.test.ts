import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { givenOrder, givenPerson, givenVariant } from '../given.ts'
import { DESK, givenPanel, useBrowser } from './given-panel.ts'

useBrowser()

test('orders of a period are exported as a file, and saved', async () => {
  const { app, olga, open } = await givenPanel()
  const variantId = givenVariant(app.shop, 10, 1250, 'Mug')
  const order = givenOrder(app.shop, { person: givenPerson(app.shop, '@Ana'), variantId, quantity: 2 })
  const page = await open(olga, { path: '/app/more', ...DESK, hasTouch: false, isMobile: false })
  await page.getByRole('button', { name: 'Export orders' }).click()
  const sheet = page.getByRole('dialog', { name: 'Export orders' })

  await sheet.getByLabel('To the day').fill('2001-01-01')
  await sheet.getByRole('button', { name: 'Export', exact: true }).click()
  await sheet.getByText('The last day must not be before the first.').waitFor()

  await sheet.getByLabel('From the day').fill('2001-01-01')
  await sheet.getByLabel('To the day').fill(new Date(order.placed_at).toISOString().slice(0, 10))
  await sheet.getByRole('button', { name: 'Export', exact: true }).click()
  const saving = page.waitForEvent('download')
  await sheet.getByRole('button', { name: /^Save the file, \d+ B$/ }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toMatch(/^orders-2001-01-01-to-.*\.csv$/)
  const [line, ...others] = parse(await readFile(await saved.path()), { columns: true, bom: true }) as Record<
    string,
    string
  >[]
  expect(others).toEqual([])
  expect(line).toMatchObject({ order: String(order.id), customer: "'@Ana", total: '25.00' })

  await sheet.getByRole('radio', { name: /^Items/ }).click()
  await sheet.getByRole('button', { name: 'Export', exact: true }).waitFor()
})

test('a packer is offered no export', async () => {
  const { staff, open } = await givenPanel()
  const page = await open(staff(702, 'Paul', 'packer'), { path: '/app/more' })
  await page.getByText('Staff and groups').waitFor()
  expect(await page.getByRole('button', { name: 'Export orders' }).count()).toBe(0)
})
