import { Bot } from 'grammy'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { settableClock } from '../../src/lib/clock.ts'
import { startTelegram, type Telegram } from './driver.ts'
import type { PersonDriver } from './driver-person.ts'
import { call } from './fixtures.ts'

const clock = settableClock()
let telegram: Telegram
let ana: PersonDriver

beforeEach(async () => {
  telegram = await startTelegram({ clock })
  ana = telegram.person({ id: 501, firstName: 'Ana' })
})

afterEach(() => telegram.stop())

function ids(answer: { result?: unknown }): number[] {
  return (answer.result as { update_id: number }[]).map((update) => update.update_id)
}

test('updates come again until a later offset confirms them', async () => {
  await ana.send('one')
  await ana.send('two')

  const first = ids(await call(telegram, 'getUpdates'))
  expect(first).toHaveLength(2)
  expect(ids(await call(telegram, 'getUpdates'))).toEqual(first)
  expect(telegram.confirmedUpdateIds()).toEqual([])

  const offset = (first[0] ?? 0) + 1
  expect(ids(await call(telegram, 'getUpdates', { offset }))).toEqual([first[1]])
  expect(telegram.confirmedUpdateIds()).toEqual([first[0]])
})

test('a long poll waits for the next update, or until its timeout', async () => {
  const poll = call(telegram, 'getUpdates', { timeout: 30 })
  await untilPolling()
  await ana.send('hello')
  expect(ids(await poll)).toHaveLength(1)

  const offset = (ids(await call(telegram, 'getUpdates'))[0] ?? 0) + 1
  const empty = call(telegram, 'getUpdates', { offset, timeout: 30 })
  await telegram.idle()
  await untilPolling(3)
  clock.advance(30_000)
  expect(ids(await empty)).toEqual([])
})

test('of two pollers the newer one wins', async () => {
  const older = call(telegram, 'getUpdates', { timeout: 30 })
  await untilPolling()
  const newer = call(telegram, 'getUpdates', { timeout: 30 })
  expect(await older).toMatchObject({
    status: 409,
    description:
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  })
  await ana.send('hello')
  expect(ids(await newer)).toHaveLength(1)
})

test('a poller that hangs up leaves the updates where they are', async () => {
  const gone = new AbortController()
  const url = `${telegram.apiRoot}/bot${telegram.token}/getUpdates?timeout=30`
  const poll = fetch(url, { signal: gone.signal })
  await untilPolling()
  gone.abort()
  await expect(poll).rejects.toThrow('aborted')
  await ana.send('hello')
  expect(ids(await call(telegram, 'getUpdates'))).toHaveLength(1)
})

test('allowed_updates are remembered, old updates forgotten', async () => {
  await call(telegram, 'getUpdates', { allowed_updates: ['message'] })
  await ana.send('hello')
  ana.block()
  const kinds = (await call(telegram, 'getUpdates')).result as object[]
  expect(kinds.map((update) => Object.keys(update)[1])).toEqual(['message'])

  clock.advance(24 * 60 * 60 * 1000)
  expect(ids(await call(telegram, 'getUpdates'))).toEqual([])
})

test('a webhook shuts polling out', async () => {
  await call(telegram, 'setWebhook', { url: 'http://127.0.0.1:9/hook' })
  const { status, description } = await call(telegram, 'getUpdates')
  expect([status, description]).toEqual([
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
  ])
  await call(telegram, 'deleteWebhook')
  expect(await call(telegram, 'getUpdates')).toMatchObject({ ok: true })
})

test('a grammY bot confirms what it has handled, and updates can come twice', async () => {
  const texts: string[] = []
  const bot = new Bot(telegram.token, { client: { apiRoot: telegram.apiRoot } })
  bot.on('message:text', (ctx) => void texts.push(`${ctx.update.update_id} ${ctx.message.text}`))
  telegram.faults.duplicateUpdates(1)
  await ana.send('one')
  await ana.send('two')
  void bot.start()
  await telegram.idle()
  await bot.stop()

  const [one, two] = telegram.confirmedUpdateIds().sort()
  expect(texts).toEqual([`${one} one`, `${two} two`, `${one} one`])
})

/** Until the server holds a poll; the calls before it are in the log. */
async function untilPolling(calls = 1): Promise<void> {
  while (telegram.calls('getUpdates').length < calls) await new Promise(setImmediate)
  while (!telegram.sandbox.updates.polled()) await new Promise(setImmediate)
}
