import { describe, expect, test } from 'vitest'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { removeSessionsOfPerson } from '../../src/db/sessions.ts'
import { existing } from '../given.ts'
import { givenPanel, useBrowser } from './given-panel.ts'
import { beginSignIn, shownNumber, signInOutside } from './sign-in-outside.ts'

useBrowser()

const SIGN_IN = { name: 'Sign in with Telegram' }
/** What was asked a moment before is told that the session has ended. */
const ENDED = /401/

describe('signing in outside Telegram', () => {
  test('the number is picked in the chat, and the panel opens by itself', async () => {
    const { base, olga, open } = await givenPanel()
    const page = await open(olga, { url: `${base}/app/more` })
    await page.evaluate('window.before = true')
    await olga.press(await beginSignIn(page, olga))
    await page.getByText('Owner', { exact: true }).waitFor()
    expect(await page.evaluate('window.before')).toBe(true)
    expect(await page.evaluate('document.cookie')).toBe('')

    await page.reload()
    await page.getByText('Owner', { exact: true }).waitFor()
    const { request } = page.context()
    const storageState = await page.context().storageState()
    // Signed out elsewhere, it would ask once more in vain.
    await page.close()
    const restarted = await open(olga, { url: `${base}/app/more`, storageState, expects: ENDED })
    await restarted.getByText('Live', { exact: true }).waitFor()

    await restarted.getByRole('button', { name: 'Sign out' }).click()
    await restarted.getByRole('heading', { name: 'You are signed out' }).waitFor()
    await restarted.getByRole('button', SIGN_IN).waitFor()
    expect((await request.get(`${base}/api/me`)).status()).toBe(401)
    expect(await restarted.context().cookies()).toEqual([])
  })

  test('who signs out while the panel looks for a new session stays signed out, and reads so', async () => {
    const { app, base, olga, open } = await givenPanel()
    const page = await open(olga, { url: `${base}/app/more`, expects: ENDED })
    await signInOutside(page, olga)
    await page.route('**/api/sign-ins/current', (route) => {
      answer = () => route.continue()
      asked()
    })
    let answer = async () => {}
    let asked = () => {}
    const lookedFor = new Promise<void>((resolve) => {
      asked = resolve
    })
    const { id } = existing(findPersonByTelegramId(app.shop.db, olga.id))
    app.shop.db.write((tx) => removeSessionsOfPerson(tx, id))
    await page.getByRole('link', { name: 'Orders' }).click()
    await lookedFor
    await page.getByRole('link', { name: 'More' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    const answered = page.waitForResponse('**/api/sign-ins/current')
    await answer()
    await (await answered).finished()
    await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))')
    expect(await page.getByRole('heading', { name: 'You are signed out' }).count()).toBe(1)
  })

  test('a page that was put away while Telegram lay over it goes on with the same number', async () => {
    const { base, olga, open } = await givenPanel()
    const page = await open(olga, { url: `${base}/app` })
    const number = await beginSignIn(page, olga)
    await page.reload()
    await page.getByRole('link', { name: 'Open Telegram' }).waitFor()
    expect(await shownNumber(page)).toBe(number)
    await olga.press(number)
    await page.getByText('New to accept').waitFor()
  })

  test('a wrong number signs nobody in, and one can try again', async () => {
    const { base, olga, open } = await givenPanel()
    const page = await open(olga, { url: `${base}/app` })
    const number = await beginSignIn(page, olga)
    const numbers = existing(olga.screen()?.buttons[0])
    await olga.press(existing(numbers.find((text) => text !== number)))
    await page.getByRole('heading', { name: 'Nobody was signed in' }).waitFor()
    await signInOutside(page, olga)
  })

  test('a shop that cannot be reached says so beside the button', async () => {
    const { base, olga, open } = await givenPanel()
    const expects = /ERR_FAILED/
    const page = await open(olga, { url: `${base}/app`, cut: '**/api/sign-ins', expects })
    await page.getByRole('button', SIGN_IN).click()
    await page.getByRole('alert').getByText('No connection to the shop').waitFor()
    await page.unroute('**/api/sign-ins')
    await page.getByRole('button', SIGN_IN).click()
    await page.getByRole('link', { name: 'Open Telegram' }).waitFor()
  })
})
