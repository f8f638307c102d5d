import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { MAIN, ShopEnded } from '../../sandbox/shop-process.ts'
import { startTelegram } from '../../sandbox/telegram/driver.ts'
import { givenFolder } from '../given.ts'
import { look } from './check-file.ts'
import { runAndKill } from './crash-run.ts'
import { chooseSeed } from './random.ts'
import { startShop } from './shop-process.ts'
import { noticesTo, unconfirmed } from './told.ts'
import { until } from './until.ts'

/**
 * It has ten seconds by its own clock, and ends with another code than 0 when they are over. That this test hears of it may
 * take a moment more on a busy machine.
 */
const HEARD_WITHIN_MS = 15_000

async function givenEnv(): Promise<Record<string, string>> {
  const telegram = await startTelegram({ flood: false })
  onTestFinished(() => telegram.stop())
  return { BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, DATA_DIR: givenFolder() }
}

/** A shop in the middle of an answer that Telegram does not take: it is busy with that for as long as it may. */
async function givenBusyShop() {
  const telegram = await startTelegram({ flood: false })
  onTestFinished(() => telegram.stop())
  const env = { BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, DATA_DIR: givenFolder() }
  const shop = await startShop(MAIN, env)
  const ana = telegram.person({ id: 501, firstName: 'Ana', languageCode: 'en' })
  telegram.faults.answerNext({ with: 'timeout', count: 1_000 })
  await ana.send('/start')
  await until('the shop answers', () => telegram.calls('sendMessage').length > 0)
  return { telegram, env, shop, ana }
}

test('asked to stop under load, again and again, it says nothing twice and leaves a closed file', async () => {
  const seed = chooseSeed()
  console.info(`SIGTERM: SEED=${seed}`)
  const run = await runAndKill(givenFolder(), 4, seed, 'SIGTERM')
  const db = look(run.file)
  const mayComeAgain = new Set(unconfirmed(db))
  db.close()
  expect(run.complaints).toEqual([])
  expect(run.faults).toEqual([])
  for (const life of run.lives) expect(life).toMatchObject({ code: 0, walBytes: 0, faults: [], inFlight: [] })
  for (const { person } of run.customers) {
    const told = noticesTo(person).map(({ orderId, kind }) => `${person.id} ${orderId} ${kind}`)
    const again = told.filter((one, i) => told.indexOf(one) < i)
    expect(again.filter((one) => !mayComeAgain.has(one))).toEqual([])
  }
})

test('the program itself stops within ten seconds when asked to, with exit code 0', async () => {
  const env = await givenEnv()
  const shop = await startShop(MAIN, env)
  const asked = Date.now()
  expect(await shop.end('SIGTERM')).toBe(0)
  expect(Date.now() - asked).toBeLessThan(HEARD_WITHIN_MS)
  expect(shop.complaints()).toEqual([])
  expect(statSync(join(env.DATA_DIR ?? '', 'shop.db-wal'), { throwIfNoEntry: false })?.size ?? 0).toBe(0)
})

test('it stops in time even while Telegram answers nothing, and does the rest at the next start', async () => {
  const { telegram, env, shop, ana } = await givenBusyShop()
  const asked = Date.now()
  expect(await shop.end('SIGTERM')).toBe(0)
  expect(Date.now() - asked).toBeLessThan(HEARD_WITHIN_MS)
  telegram.faults.clear()
  const next = await startShop(MAIN, env)
  await until('Ana is answered', () => ana.screen() !== undefined)
  await next.end('SIGTERM')
})

test('asked twice, as by npm and the system at once, it still finishes what is in hand', async () => {
  const { telegram, shop } = await givenBusyShop()
  const ended = shop.end('SIGTERM')
  await until('it takes no more requests', () => isClosed(shop.port))
  void shop.end('SIGTERM')
  expect(await ended).toBe(0)
  telegram.faults.clear()
})

async function isClosed(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: 'close' } }).then(
    () => false,
    () => true,
  )
}

test('a second process on the same folder refuses while the first goes on; after kill -9 the folder is free', async () => {
  const env = await givenEnv()
  const first = await startShop(MAIN, env)
  const second = await startShop(MAIN, env).catch((error: unknown) => error)
  expect(second).toBeInstanceOf(ShopEnded)
  expect(second).toMatchObject({ code: 1, message: expect.stringContaining('Another LittleShop process') })
  expect((await fetch(`http://127.0.0.1:${first.port}/readyz`)).status).toBe(200)
  await first.end('SIGKILL')
  const third = await startShop(MAIN, env)
  await third.end('SIGKILL')
  const db = look(join(env.DATA_DIR ?? '', 'shop.db'))
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  db.close()
})
