import type { Page } from 'playwright-core'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { existing } from '../given.ts'

/** Asks for a number on the page and follows its link in the chat. Returns the number. */
export async function beginSignIn(page: Page, person: PersonDriver): Promise<string> {
  await page.getByRole('button', { name: 'Sign in with Telegram' }).click()
  const number = await shownNumber(page)
  const link = existing(await page.getByRole('link', { name: 'Open Telegram' }).getAttribute('href'))
  const mark = person.mark()
  await person.start(existing(new URL(link).searchParams.get('start')))
  await person.sees(/Which number/, { since: mark })
  return number
}

export async function shownNumber(page: Page): Promise<string> {
  const words = await page.locator('.gate-number').textContent()
  return existing(/\d\d/.exec(words ?? '')?.[0])
}

/** Signs in the way people do outside Telegram, and comes back to the page. */
export async function signInOutside(page: Page, person: PersonDriver): Promise<void> {
  await person.press(await beginSignIn(page, person))
  await page.evaluate("dispatchEvent(new Event('focus'))")
  await page.getByText('Live', { exact: true }).waitFor()
}
