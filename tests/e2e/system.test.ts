import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { saveConversation } from '../../src/db/chat-state.ts'
import { listJobRuns } from '../../src/db/jobs.ts'
import { sql } from '../../src/db/statement.ts'
import { givenOrder } from '../given.ts'
import { givenPanel, useBrowser } from './given-panel.ts'

useBrowser()

const JOB = 'forget-conversations'

function line(page: Page) {
  return page.locator(`[data-job=${JOB}]`)
}

test('the owner sees what is promised, the jobs and the machine, and runs a job', async () => {
  const { app, olga, open } = await givenPanel()
  await olga.send('/start')
  givenOrder(app.shop)
  const page = await open(olga, { path: '/app/more' })
  await page.getByRole('link', { name: /^System/ }).click()
  await page.locator('[data-system]').waitFor()
  expect(await page.locator('[data-target]').count()).toBe(6)
  await page
    .locator('[data-target=bot_answer_seconds]')
    .getByText(/1 message in 24 hours/)
    .waitFor()
  await page.locator('[data-target=order_processing_seconds][data-verdict=none]').waitFor()
  // The oldest job of all runs each second, and the page asks again by itself.
  await page.locator('[data-job=checkpoint][data-state=well]').waitFor()
  await page.getByText('Fetched', { exact: true }).waitFor()

  await line(page).getByRole('button').click()
  const sheet = page.getByRole('dialog', { name: 'Forget abandoned conversations' })
  await sheet.getByText(/^None so far had anything to do/).waitFor()
  await sheet.getByRole('button', { name: 'Run it now' }).click()
  await sheet.getByText('Nothing was due').waitFor()
  await sheet.getByText('asked by Olga').waitFor()
  expect(listJobRuns(app.shop.db, { job: JOB, limit: 9 })).toMatchObject([{ done: 0, asked_by_name: 'Olga' }])
})

test('a job that fails stands first with its own words, until it works again', async () => {
  const { app, olga, open } = await givenPanel()
  const { db } = app.shop
  const breakIt = `create trigger broken before delete on conversations begin select raise(abort, 'no room left'); end`
  db.write((tx) => {
    saveConversation(tx, { key: 'old', value: '{}', now: 1 })
    tx.run({ sql: breakIt, values: [] })
  })
  const page = await open(olga, { path: '/app/more/system' })
  await line(page).getByRole('button').click()
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'Run it now' }).click()
  await sheet.getByText(/^Failed/).waitFor()
  await sheet.getByRole('button', { name: 'Close' }).click()
  await page.locator(`[data-problem=job-${JOB}]`).getByText('No room left. It is tried again').waitFor()
  expect(await page.locator('[data-job]').first().getAttribute('data-job')).toBe(JOB)

  db.write((tx) => tx.run({ sql: 'drop trigger broken', values: [] }))
  await line(page).getByRole('button').click()
  await sheet.getByRole('button', { name: 'Run it now' }).click()
  await sheet.getByText('1 done').waitFor()
  await page.locator(`[data-problem=job-${JOB}]`).waitFor({ state: 'detached' })
  expect(db.all(sql.selectFrom('conversations').select('key'))).toEqual([])
})

test('a manager looks and runs nothing, a packer has no way there', async () => {
  const { staff, open } = await givenPanel()
  const page = await open(staff(702, 'Mia', 'manager'), { path: '/app/more/system' })
  await line(page).getByRole('button').click()
  await page.getByRole('dialog').getByText('Runs so far').waitFor()
  expect(await page.getByRole('button', { name: 'Run it now' }).count()).toBe(0)
  const more = await open(staff(703, 'Pia', 'packer'), { path: '/app/more' })
  await more.getByRole('link', { name: /Notices/ }).waitFor()
  expect(await more.getByRole('link', { name: /^System/ }).count()).toBe(0)
})
