import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readBackupName } from '../../src/backup/backup-name.ts'
import { givenPanel, useBrowser } from './given-panel.ts'

useBrowser()

test('an owner backs up with a button, and reads why it failed', async () => {
  const { olga, open, config } = await givenPanel()
  const { folder } = config.backup
  const page = await open(olga, { path: '/app/more' })
  await page.getByRole('link', { name: 'System' }).click()
  await page.getByText('None yet').waitFor()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText('Backed up').waitFor()
  const name = readdirSync(folder).find(readBackupName)
  await page.locator(`[data-backup="${name}"]`, { hasText: 'Asked for · machine' }).waitFor()

  // Where its pictures would lie, there is something else.
  expect(existsSync(join(folder, 'files'))).toBe(false)
  writeFileSync(join(folder, 'files'), 'in the way')
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByText('The last one failed').waitFor()
  await page.locator('[data-backups]').getByRole('alert').getByText('ENOTDIR').waitFor()
  // The page asks again by itself how everything is.
  await page.locator('[data-problem=backups]').getByText('ENOTDIR').waitFor()
})

test('nobody but an owner finds the backups', async () => {
  const { staff, open } = await givenPanel()
  const page = await open(staff(702, 'Mara', 'manager'), { path: '/app/more/system' })
  await page.getByRole('heading', { name: 'What is promised' }).waitFor()
  expect(await page.getByText('Copies of the shop').count()).toBe(0)
})
