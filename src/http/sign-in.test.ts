import { expect, it } from 'vitest'
import { existing, givenStaff } from '../../tests/given.ts'
import { givenApiServer } from '../../tests/given-api.ts'
import { findDeviceByEndpoint, saveDevice } from '../db/devices.ts'
import { countSignIns } from '../db/sign-ins.ts'
import { hashToken } from '../lib/ids.ts'
import { revokeSessions } from '../shop/staff/sessions.ts'
import { answerSignIn, beginSignIn } from '../shop/staff/sign-in.ts'
import type { SignInState, WaitingSignIn } from './contract/sign-in.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

interface Answer<T> {
  status: number
  body: T
  cookies: string[]
}

/** The shop's HTTP side, and browsers outside Telegram that keep their cookies. */
async function givenServer(publicUrl?: string) {
  const { shop, url } = await givenApiServer({ publicUrl })

  function openBrowser(origin: string | null = publicUrl ?? url) {
    const jar = new Map<string, string>()
    async function call<T>(method: string, path: string, headers = {}): Promise<Answer<T>> {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
      const from = origin !== null && method !== 'GET' ? { origin } : {}
      const response = await fetch(url + path, { method, headers: { cookie, ...from, ...headers } })
      const cookies = response.headers.getSetCookie()
      for (const one of cookies) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? []
        if (value) jar.set(name, value)
        else jar.delete(name)
      }
      const text = await response.text()
      return { status: response.status, body: (text ? JSON.parse(text) : undefined) as T, cookies }
    }
    const begin = () => call<WaitingSignIn>('POST', '/api/sign-ins')
    const poll = () => call<SignInState>('GET', '/api/sign-ins/current')
    return { jar, call, begin, poll }
  }

  /** What pressing a number in the chat does; null is "That was not me". */
  function answer(personId: number, { link }: WaitingSignIn, number: number | null): void {
    const key = existing(new URL(link).searchParams.get('start')).slice('login_'.length)
    shop.write((work) => answerSignIn(work, { key, personId, number }))
  }

  async function signIn(personId: number) {
    const browser = openBrowser()
    const { body } = await browser.begin()
    answer(personId, body, body.number)
    await browser.poll()
    return browser
  }

  return { shop, url, openBrowser, answer, signIn }
}

it('signs in the browser whose number was picked, once', async () => {
  const { shop, openBrowser, answer } = await givenServer()
  const olga = givenStaff(shop)
  const [browser, other] = [openBrowser(), openBrowser()]
  expect((await browser.poll()).body).toEqual({ state: 'none' })
  const begun = await browser.begin()
  expect(begun.cookies).toEqual([expect.stringMatching(/^shop-sign-in=\S{43}; .*HttpOnly; SameSite=Lax$/)])
  expect(begun.body).toEqual({
    state: 'waiting',
    link: expect.stringMatching(/^https:\/\/t\.me\/shop\?start=login_[\w-]{43}$/),
    number: expect.any(Number),
    expiresAt: shop.clock.now() + 5 * MINUTE,
    now: shop.clock.now(),
  })
  expect((await browser.poll()).body).toEqual(begun.body)
  answer(olga.id, begun.body, begun.body.number)
  await other.begin()
  expect((await other.poll()).body).toMatchObject({ state: 'waiting' })
  const stolen = new Map(browser.jar)
  expect((await browser.poll()).body).toMatchObject({
    state: 'approved',
    me: { name: 'Olga', role: 'owner' },
  })
  expect([...browser.jar.keys()]).toEqual(['shop'])
  expect((await browser.call('GET', '/api/me')).status).toBe(200)
  for (const [name, value] of stolen) other.jar.set(name, value)
  expect((await other.poll()).body).toEqual({ state: 'expired' })
  expect((await other.call('GET', '/api/me')).status).toBe(401)
})

it('keeps only hashes of what opens doors', async () => {
  const { shop, signIn, openBrowser } = await givenServer()
  const { jar } = await signIn(givenStaff(shop).id)
  const waiting = openBrowser()
  const { link } = (await waiting.begin()).body
  const stored = JSON.stringify([
    shop.db.all({ sql: 'select * from sessions', values: [] }),
    shop.db.all({ sql: 'select * from sign_ins', values: [] }),
  ])
  const secrets = [...jar.values(), ...waiting.jar.values(), existing(link.split('login_')[1])]
  expect(secrets.filter((secret) => stored.includes(secret))).toEqual([])
  expect(secrets).toHaveLength(3)
})

it('ends at the wrong number, at "not me", after five minutes and for people who are no longer staff', async () => {
  const { shop, openBrowser, answer } = await givenServer()
  const olga = givenStaff(shop)
  const marek = givenStaff(shop, 'packer', 'Marek')
  const browser = openBrowser()
  for (const wrong of [99, null]) {
    const { body } = await browser.begin()
    answer(olga.id, body, wrong === body.number ? 98 : wrong)
    expect((await browser.poll()).body).toEqual({ state: 'refused' })
    answer(olga.id, body, body.number)
    expect((await browser.poll()).body).toEqual({ state: 'refused' })
  }
  const late = (await browser.begin()).body
  shop.clock.advance(5 * MINUTE)
  answer(olga.id, late, late.number)
  expect((await browser.poll()).body).toEqual({ state: 'expired' })
  const { body } = await browser.begin()
  answer(marek.id, body, body.number)
  shop.db.write((tx) =>
    tx.run({ sql: `update staff set active = 0 where person_id = ${marek.id}`, values: [] }),
  )
  expect((await browser.poll()).body).toEqual({ state: 'expired' })
})

it('begins a thousand at once, one for each browser; then the oldest that waits makes way, and nobody is refused', async () => {
  const { shop, openBrowser, answer } = await givenServer()
  const [olga, first, second] = [givenStaff(shop), openBrowser(), openBrowser()]
  const begun = (await first.begin()).body
  answer(olga.id, begun, begun.number)
  for (let i = 0; i < 3; i++) await second.begin()
  const strangers = (count: number) =>
    shop.write((work) => {
      for (let i = 0; i < count; i++) beginSignIn(work, { browser: undefined, userAgent: '' })
    })
  strangers(998)
  expect((await second.poll()).body).toMatchObject({ state: 'waiting' })
  strangers(1)
  expect((await second.poll()).body).toEqual({ state: 'expired' })
  strangers(100)
  expect(countSignIns(shop.db, shop.clock.now())).toBe(1_000)
  expect((await first.poll()).body).toMatchObject({ state: 'approved', me: { name: 'Olga' } })
  expect((await second.begin()).status).toBe(200)
})

it('takes commands with a cookie from the shop’s own pages alone', async () => {
  const { shop, url, openBrowser, signIn } = await givenServer()
  const { jar } = await signIn(givenStaff(shop).id)
  for (const origin of ['https://evil.example', 'null', null, `${url}.evil.example`, 'http://127.0.0.1:1']) {
    const forged = openBrowser(origin)
    for (const [name, value] of jar) forged.jar.set(name, value)
    expect([origin, (await forged.call('DELETE', '/api/session')).status]).toEqual([origin, 403])
    expect([origin, (await forged.begin()).status]).toEqual([origin, 403])
    expect((await forged.call('GET', '/api/me')).status).toBe(200)
  }
  // A token that does not hold is not made up for by a cookie.
  const both = openBrowser()
  for (const [name, value] of jar) both.jar.set(name, value)
  expect((await both.call('GET', '/api/me', { authorization: 'Bearer x' })).status).toBe(401)
})

it('is a __Host- cookie over https', async () => {
  const { shop, openBrowser, signIn } = await givenServer('https://shop.example')
  const begun = await openBrowser().begin()
  expect(begun.cookies[0]).toMatch(/^__Host-shop-sign-in=.*Path=\/; HttpOnly; Secure; SameSite=Lax$/)
  const browser = await signIn(givenStaff(shop).id)
  expect([...browser.jar.keys()]).toEqual(['__Host-shop'])
  expect((await browser.call('GET', '/api/me')).status).toBe(200)
  expect((await browser.call('DELETE', '/api/session')).status).toBe(204)
})

it('lasts thirty days from the last use, which is noted every five minutes', async () => {
  const { shop, signIn } = await givenServer()
  const browser = await signIn(givenStaff(shop).id)
  const use = () => browser.call('GET', '/api/me')
  expect((await use()).cookies).toEqual([])
  shop.clock.advance(5 * MINUTE - 1)
  expect((await use()).cookies).toEqual([])
  shop.clock.advance(1)
  expect((await use()).cookies).toEqual([expect.stringMatching(/^shop=.*Max-Age=2592000;/)])
  expect((await use()).cookies).toEqual([])
  shop.clock.advance(30 * DAY - 1)
  expect((await use()).status).toBe(200)
  shop.clock.advance(30 * DAY)
  expect((await use()).status).toBe(401)
})

it('follows the shop live, and leaves it to the next request to prolong the session', async () => {
  const { shop, url, signIn } = await givenServer()
  const browser = await signIn(givenStaff(shop).id)
  shop.clock.advance(HOUR)
  const headers = { cookie: `shop=${browser.jar.get('shop')}` }
  const gone = new AbortController()
  const stream = await fetch(`${url}/api/stream`, { headers, signal: gone.signal })
  expect(stream.status).toBe(200)
  expect(stream.headers.get('content-type')).toMatch(/event-stream/)
  gone.abort()
  expect((await fetch(`${url}/api/stream`)).status).toBe(401)
  expect((await browser.call('GET', '/api/me')).cookies).toHaveLength(1)
})

it('ends with signing out and with the role, and so does its web push', async () => {
  const { shop, signIn } = await givenServer()
  const olga = givenStaff(shop)
  const endpoints = ['https://push.example/1', 'https://push.example/2']
  const browsers = []
  for (const endpoint of endpoints) {
    const browser = await signIn(olga.id)
    const sessionHash = hashToken(existing(browser.jar.get('shop')))
    const keys = { name: 'Chrome', endpoint, p256dh: 'x', auth: 'x', vapidKey: 'x' }
    shop.write(({ tx, now }) => saveDevice(tx, { personId: olga.id, sessionHash, ...keys, now }))
    browsers.push(browser)
  }
  const [first, second] = [existing(browsers[0]), existing(browsers[1])]
  const gone = () => endpoints.filter((endpoint) => !findDeviceByEndpoint(shop.db, endpoint))
  const left = await first.call('DELETE', '/api/session')
  expect(left.cookies).toEqual([expect.stringMatching(/^shop=; Max-Age=0;/)])
  expect(gone()).toEqual([endpoints[0]])
  expect((await first.call('GET', '/api/me')).status).toBe(401)
  expect((await second.call('GET', '/api/me')).status).toBe(200)
  shop.write((work) => revokeSessions(work, olga.id))
  expect(gone()).toEqual(endpoints)
  expect((await second.call('GET', '/api/me')).status).toBe(401)
})
