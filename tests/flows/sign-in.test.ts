import { expect, test } from 'vitest'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import type { SignInState, WaitingSignIn } from '../../src/http/contract/sign-in.ts'
import { existing } from '../given.ts'
import { givenApp } from '../given-app.ts'

const OLGA = { id: 701, firstName: 'Olga', languageCode: 'en' }
const ANDROID = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36'

/** A browser outside Telegram, with its cookies. */
function browserAt(base: string) {
  let cookie = ''
  async function call<T>(method: string, path: string): Promise<T> {
    const headers = { cookie, origin: base, 'user-agent': ANDROID }
    const response = await fetch(base + path, { method, headers })
    const set = response.headers.getSetCookie().filter((one) => !/Max-Age=0/.test(one))
    if (set.length > 0) cookie = set.map((one) => one.split(';')[0]).join('; ')
    return (await response.json()) as T
  }
  return {
    begin: () => call<WaitingSignIn>('POST', '/api/sign-ins'),
    state: async () => (await call<SignInState>('GET', '/api/sign-ins/current')).state,
    me: () => call<{ name?: string }>('GET', '/api/me'),
  }
}

function follow(person: PersonDriver, { link }: WaitingSignIn) {
  return person.start(existing(new URL(link).searchParams.get('start')))
}

test('a browser is signed in by picking its number in the chat', async () => {
  const given = await givenApp()
  const { config, telegram } = given
  const olga = telegram.person(OLGA)
  const browser = browserAt(existing(config.publicUrl))
  const begun = await browser.begin()
  expect(begun.link).toMatch(/^https:\/\/t\.me\/\w+\?start=login_[\w-]+$/)
  await follow(olga, begun)
  const question = await olga.sees(/Chrome on Android asks for it\. Which number/)
  const numbers = question.buttons[0] ?? []
  expect(numbers).toHaveLength(3)
  expect(numbers).toContain(String(begun.number))
  expect(await browser.state()).toBe('waiting')

  // The same link again asks the same, also after a deploy.
  await given.restart()
  await follow(olga, begun)
  const again = await olga.sees(/Which number/, { since: question.id })
  expect(again.buttons).toEqual(question.buttons)
  const data = existing(again.keyboard?.[0]?.find((key) => key.text === String(begun.number))?.value)

  await olga.press(String(begun.number))
  await olga.sees(/You are signed in.*Chrome on Android/s)
  expect(await browser.state()).toBe('approved')
  expect((await browser.me()).name).toBe('Olga')

  await olga.pressData(data)
  await telegram.idle()
  expect(await browser.state()).toBe('approved')
})

test('a wrong number and "That was not me" sign nobody in', async () => {
  const { config, telegram } = await givenApp()
  const olga = telegram.person(OLGA)
  const browser = browserAt(existing(config.publicUrl))
  for (const wrong of ['number', 'That was not me']) {
    const begun = await browser.begin()
    const mark = olga.mark()
    await follow(olga, begun)
    const question = await olga.sees(/Which number/, { since: mark })
    const other = existing((question.buttons[0] ?? []).find((text) => text !== String(begun.number)))
    await olga.press(wrong === 'number' ? other : wrong)
    await olga.sees(/Nobody was signed in/, { since: mark })
    expect(await browser.state()).toBe('refused')
  }
})

test('/start alone and people who are not staff sign nobody in', async () => {
  const { config, telegram } = await givenApp()
  const [olga, ana] = [telegram.person(OLGA), telegram.person({ id: 501, firstName: 'Ana' })]
  const browser = browserAt(existing(config.publicUrl))
  const begun = await browser.begin()
  await olga.start()
  await olga.sees(/Welcome/)
  await follow(ana, begun)
  await ana.sees(/for the staff of the shop/)
  expect(await browser.state()).toBe('waiting')
  const key = existing(begun.link.split('login_')[1])
  await ana.pressData(`n:${key}:${begun.number}`)
  await telegram.idle()
  expect(await browser.state()).toBe('waiting')
  await ana.start('login_nothing-of-the-kind')
  await olga.start('login_nothing-of-the-kind')
  await olga.sees(/This sign-in is over/)
})
