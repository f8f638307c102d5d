import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { MAIN, ShopEnded } from '../../sandbox/shop-process.ts'
import { startTelegram } from '../../sandbox/telegram/driver.ts'
import { newestSchema } from '../../src/db/migrate.ts'
import { givenFolder, givenOrder, givenShop } from '../given.ts'
import { startShop } from './shop-process.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const TRIES = 3
/** What Node 24.0 and 24.1 make of it. */
const WITHOUT_META_MAIN = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context)
      if (!url.endsWith('/main.ts')) return loaded
      return { ...loaded, source: String(loaded.source).replace('import.meta.main', 'undefined') }
    },
  })
`)}`

/** A stopped shop with a file of the newest schema, in a program of its own to which a migration can be added. */
async function givenProgram() {
  const telegram = await startTelegram({ flood: false })
  onTestFinished(() => telegram.stop())
  const root = join(givenFolder(), 'shop')
  for (const name of ['src', 'migrations', 'locales'])
    cpSync(join(ROOT, name), join(root, name), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  copyFileSync(join(ROOT, 'package.json'), join(root, 'package.json'))
  const data = givenFolder()
  const env = { BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, DATA_DIR: data }
  const main = join(root, 'src', 'main.ts')
  await (await startShop(main, env)).end('SIGTERM')
  const number = newestSchema() + 1
  const migration = join(root, 'migrations', `${String(number).padStart(4, '0')}_next.sql`)
  return { main, env, data, file: join(data, 'shop.db'), migration, number }
}

async function refusalOf(main: string, env: Record<string, string>): Promise<ShopEnded> {
  const end = await startShop(main, env).catch((error: unknown) => error)
  expect(end).toBeInstanceOf(ShopEnded)
  return end as ShopEnded
}

/** How many copies made before that change there are, and how much lies in the folder in all. */
function backupsIn(data: string, number: number) {
  const entries = readdirSync(join(data, 'backups'), { recursive: true, encoding: 'utf8' })
  const sizes = entries.map((name) => statSync(join(data, 'backups', name)).size)
  return {
    copies: entries.filter((name) => name.includes(`before-schema-${number}.`)).length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  }
}

function look(file: string): unknown {
  const db = new Sqlite(file, { readonly: true })
  const one = (pragma: string) => db.pragma(pragma, { simple: true })
  const seen = [
    one('user_version'),
    one('integrity_check'),
    db.prepare('select count(*) from payment_methods').pluck().get(),
  ]
  db.close()
  return seen
}

test('started again and again with a migration that fails, it ends with the reason, and file and disk stay as they were, with one copy of the file', async () => {
  const { main, env, data, file, migration, number } = await givenProgram()
  const before = look(file)
  writeFileSync(
    migration,
    "update payment_methods set instructions = 'gone'; insert into nowhere values (1);",
  )
  let bytes = 0
  for (let i = 0; i < TRIES; i++) {
    const end = await refusalOf(main, env)
    expect(end.code).toBe(1)
    expect(end.message).toContain(`_next.sql failed; the file is as it was.\nno such table: nowhere`)
    expect(look(file)).toEqual(before)
    const backups = backupsIn(data, number)
    expect(backups.copies).toBe(1)
    bytes ||= backups.bytes
    expect(backups.bytes).toBeLessThan(bytes * 1.1)
  }
  // The next release mends it, or the one before goes on: both find what was there.
  rmSync(migration)
  await (await startShop(main, env)).end('SIGTERM')
  expect(look(file)).toEqual(before)
})

test('a file of a newer program: it ends with the sentence at once, leaves the file alone, and makes no backup', async () => {
  const { main, env, data, file, migration, number } = await givenProgram()
  writeFileSync(migration, 'create table next (id integer primary key) strict;')
  await (await startShop(main, env)).end('SIGTERM')
  const backups = backupsIn(data, number)
  const before = readFileSync(file)
  const end = await refusalOf(MAIN, env)
  expect(end.code).toBe(1)
  expect(end.message).toContain(
    `The database has schema ${number}, this program knows ${number - 1}. Start the newer program, or restore a backup`,
  )
  expect(readFileSync(file)).toEqual(before)
  expect(backupsIn(data, number)).toEqual(backups)
})

test('with another currency than its orders have it does not start, and says which to set', async () => {
  const telegram = await startTelegram({ flood: false })
  onTestFinished(() => telegram.stop())
  const shop = givenShop()
  givenOrder(shop)
  shop.db.close()
  const env = { BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, DATA_DIR: shop.folder }
  const end = await refusalOf(MAIN, { ...env, CURRENCY: 'JPY' })
  expect(end.code).toBe(1)
  expect(end.message).toContain('Set CURRENCY=EUR')
  await (await startShop(MAIN, { ...env, CURRENCY: 'EUR' })).end('SIGTERM')
})

test('a Node that does not say which file is the main one starts it all the same', () => {
  const args = ['--import', WITHOUT_META_MAIN, MAIN]
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, env: {}, encoding: 'utf8' })
  expect(stderr).toContain('BOT_TOKEN is missing')
  expect(status).toBe(1)
})
