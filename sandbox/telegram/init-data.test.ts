import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { settableClock } from '../../src/lib/clock.ts'
import { startTelegram, type Telegram } from './driver.ts'
import type { PersonDriver } from './driver-person.ts'
import { call } from './fixtures.ts'

const clock = settableClock()
let telegram: Telegram
let ana: PersonDriver

beforeAll(async () => {
  telegram = await startTelegram({ clock })
  ana = telegram.person({ id: 501, firstName: 'Ana & Söhne', username: 'ana', languageCode: 'de' })
})

afterAll(() => telegram.stop())

/** The check of Telegram's documentation, written anew: every field but `hash`, `signature` among them. */
function isGenuine(initData: string): boolean {
  const fields = new URLSearchParams(initData)
  const hash = fields.get('hash')
  fields.delete('hash')
  const lines = [...fields].map(([key, value]) => `${key}=${value}`).sort()
  const secret = createHmac('sha256', 'WebAppData').update(telegram.token).digest()
  return createHmac('sha256', secret).update(lines.join('\n')).digest('hex') === hash
}

test('init data is signed as Telegram signs it', () => {
  const initData = ana.initData({ startParam: 'order_7' })
  const fields = new URLSearchParams(initData)
  expect(isGenuine(initData)).toBe(true)
  expect(JSON.parse(fields.get('user') ?? '')).toMatchObject({
    id: 501,
    first_name: 'Ana & Söhne',
    language_code: 'de',
  })
  expect(fields.get('auth_date')).toBe(String(clock.now() / 1000))
  expect(fields.get('start_param')).toBe('order_7')
  expect(fields.get('signature')).toMatch(/^[\w-]{86}$/)
})

test.each(['hash', 'user', 'token'] as const)('forged by %s it does not pass', (forge) => {
  expect(isGenuine(ana.initData({ forge }))).toBe(false)
})

test('the menu button opens the Mini App with its launch parameters', async () => {
  await call(telegram, 'setChatMenuButton', {
    chat_id: 501,
    menu_button: { type: 'web_app', text: 'Panel', web_app: { url: 'http://localhost:3000/panel' } },
  })
  const url = new URL(ana.openMiniApp())
  const launch = new URLSearchParams(url.hash.slice(1))
  expect(url.pathname).toBe('/panel')
  expect(isGenuine(launch.get('tgWebAppData') ?? '')).toBe(true)
  expect(launch.get('tgWebAppVersion')).toBe('8.0')
  expect(launch.get('tgWebAppPlatform')).toBe('web')
  expect(JSON.parse(launch.get('tgWebAppThemeParams') ?? '')).toHaveProperty('bg_color')
  const bo = telegram.person({ id: 502, firstName: 'Bo' })
  expect(() => bo.openMiniApp()).toThrow('The menu button opens no Mini App')
})

test('commands are found by the narrowest scope', async () => {
  const command = (name: string): object[] => [{ command: name, description: name }]
  await call(telegram, 'setMyCommands', { commands: command('start') })
  await call(telegram, 'setMyCommands', { commands: command('los'), language_code: 'de' })
  await call(telegram, 'setMyCommands', { commands: command('admin'), scope: { type: 'chat', chat_id: 502 } })
  const state = (await (await fetch(`${telegram.url}/sandbox/state`)).json()) as {
    chats: { commands: object[] }[]
  }
  expect(state.chats.map((chat) => chat.commands)).toEqual([command('los'), command('admin')])
  await call(telegram, 'deleteMyCommands', { language_code: 'de' })
  expect(await call(telegram, 'getMyCommands')).toMatchObject({ result: command('start') })
  expect(await call(telegram, 'getMyCommands', { language_code: 'de' })).toMatchObject({ result: [] })
})
