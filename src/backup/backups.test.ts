import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { existing, givenOrder, givenShop, givenStaff } from '../../tests/given.ts'
import { givenBackups, givenBucket, HOUR_MS, KEY, OTHER_KEY } from '../../tests/given-backups.ts'
import { newestSchema } from '../db/migrate.ts'
import { sql } from '../db/statement.ts'
import type { Shop } from '../shop/work.ts'
import { openBackup } from './backup-file.ts'
import { UNFINISHED } from './make-backup.ts'
import { readFailure } from './note-outcome.ts'

const DAY_MS = 24 * HOUR_MS

async function manifestOf(folder: string, name: string, key?: string) {
  const source = createReadStream(join(folder, name))
  const { about, close } = await openBackup(source, { sealed: name.endsWith('.age'), key })
  close()
  return about
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name)
}

function toldOf(shop: Shop) {
  return shop.db.all(
    sql.selectFrom('notices').select(['kind', 'channel']).where('kind', '=', 'staff_backup_failed'),
  )
}

it('makes one when none is newer than it may be, and says in it what it holds', async () => {
  const { shop, runDue, names, folder, metrics } = givenBackups()
  const order = givenOrder(shop)
  expect(await runDue()).toBe(1)
  expect(names()).toEqual(['littleshop-20260105T090000Z-scheduled.backup'])
  shop.clock.advance(6 * HOUR_MS - 1)
  expect(await runDue()).toBe(0)
  shop.clock.advance(1)
  expect(await runDue()).toBe(1)
  expect(names()).toHaveLength(2)
  expect(await runDue()).toBe(0)

  const about = await manifestOf(folder, existing(names()[0]))
  expect(about).toMatchObject({
    schema: newestSchema(),
    reason: 'scheduled',
    madeAt: Date.UTC(2026, 0, 5, 9),
    files: [],
  })
  expect(about.database).toMatchObject({ lastOrderAt: order.placed_at, counts: { orders: 1, line_items: 1 } })
  const text = await metrics.registry.metrics()
  expect(text).toContain(
    `littleshop_backup_last_success_timestamp_seconds ${Date.UTC(2026, 0, 5, 15) / 1000}`,
  )
  expect(text).toMatch(/littleshop_backup_bytes \d{4,}/)
  expect(text).toContain('littleshop_backup_interval_seconds 21600\n')
})

it('lets one from the future put off no other', async () => {
  const { shop, runDue, names } = givenBackups()
  shop.clock.advance(900 * DAY_MS)
  await runDue()
  shop.clock.advance(-900 * DAY_MS)
  expect(await runDue()).toBe(1)
  expect(await runDue()).toBe(0)
  expect(names()).toHaveLength(2)
})

it('makes none by itself when told so, and one when an owner asks', async () => {
  const { shop, backups, runDue, names } = givenBackups({ everyMs: 0 })
  const olga = givenStaff(shop)
  expect(await runDue()).toBe(0)
  backups.ask(olga)
  expect(() => backups.ask(olga)).toThrow('is being made already')
  expect(await runDue()).toBe(0)
  await expect.poll(async () => (await backups.read()).since, { timeout: 50_000 }).toBeNull()
  expect(names()).toEqual(['littleshop-20260105T090000Z-asked.backup'])
  expect(await backups.read()).toMatchObject({
    backups: [{ reason: 'asked', places: ['folder'], sealed: false }],
    failure: null,
    bucket: null,
  })
})

it('keeps each picture once, and no longer than a backup that needs it', async () => {
  const { shop, runDue, folder, keep, names } = givenBackups()
  keep('media/mug.jpg', 'a mug')
  keep('media/same-mug.jpg', 'a mug')
  keep('proofs/receipt 1.pdf', 'a receipt')
  await runDue()
  expect(filesIn(join(folder, 'files'))).toHaveLength(2)
  rmSync(join(shop.folder, 'proofs/receipt 1.pdf'))
  shop.clock.advance(DAY_MS)
  await runDue()
  expect((await manifestOf(folder, existing(names()[1]))).files.map(({ path }) => path)).toEqual([
    'media/mug.jpg',
    'media/same-mug.jpg',
  ])
  expect(filesIn(join(folder, 'files'))).toHaveLength(2)
  shop.clock.advance(400 * DAY_MS)
  await runDue()
  expect(names()).toHaveLength(1)
  expect(filesIn(join(folder, 'files'))).toHaveLength(1)
})

it('leaves alone what somebody else keeps beside them', async () => {
  const { shop, runDue, folder } = givenBackups()
  const theirs = ['files/holiday.jpg', 'files/ab/notes.txt', 'unfinished/novel.txt']
  for (const path of theirs) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), 'mine')
  }
  await runDue()
  shop.clock.advance(400 * DAY_MS)
  await runDue()
  for (const path of theirs) expect(existsSync(join(folder, path)), path).toBe(true)
})

it('removes no picture while a backup with another key may need it', async () => {
  const { shop, runDue, folder, keep, settings } = givenBackups({ key: KEY })
  keep('media/mug.jpg', 'a mug')
  await runDue()
  settings.key = OTHER_KEY
  for (const hours of [24, 6, 300]) {
    shop.clock.advance(hours * HOUR_MS)
    await runDue()
  }
  expect(filesIn(join(folder, 'files'))).toHaveLength(2)
})

it('lets nobody without the key see what is in it, nor which pictures there are', async () => {
  const { shop, runDue, folder, keep, names } = givenBackups({ key: KEY })
  givenOrder(shop)
  keep('media/mug.jpg', 'a mug')
  await runDue()
  const name = existing(names()[0])
  expect(name).toMatch(/\.backup\.age$/)
  expect(readFileSync(join(folder, name)).subarray(0, 22).toString()).toBe('age-encryption.org/v1\n')
  const [picture] = filesIn(join(folder, 'files'))
  const { files } = await manifestOf(folder, name, KEY)
  expect(picture).not.toContain(existing(files[0]).sha256)
  await expect(manifestOf(folder, name)).rejects.toThrow('Set BACKUP_KEY')
})

it('says once what fails, goes on trying, and is calm when it works again', async () => {
  const shop = givenShop()
  givenStaff(shop)
  const folder = join(shop.folder, 'backups')
  writeFileSync(folder, 'in the way')
  const { runDue, names, metrics, backups } = givenBackups({}, shop)
  await expect(runDue()).rejects.toThrow('ENOTDIR')
  expect(toldOf(shop).map(({ channel }) => channel)).toEqual(['telegram'])
  expect(readFailure(shop.db)?.words).toContain('ENOTDIR')
  shop.clock.advance(60_000)
  expect(await runDue()).toBe(0)
  shop.clock.advance(10 * 60_000)
  await expect(runDue()).rejects.toThrow('ENOTDIR')
  expect(await backups.read()).toMatchObject({
    backups: [],
    failure: { words: expect.stringContaining('ENOTDIR') },
  })
  expect(toldOf(shop)).toHaveLength(1)
  expect(await metrics.registry.metrics()).toContain('littleshop_backup_failures_total 2')
  rmSync(folder)
  shop.clock.advance(10 * 60_000)
  await runDue()
  expect(names()).toHaveLength(1)
  expect(readFailure(shop.db)).toBeUndefined()
})

it('takes no damaged database for a backup, and leaves nothing half done', async () => {
  const { shop, runDue, folder, names } = givenBackups()
  for (let i = 0; i < 20; i++) givenOrder(shop)
  shop.db.checkpoint()
  await runDue()
  const path = join(shop.folder, 'shop.db')
  const bytes = readFileSync(path)
  bytes.fill(0xaa, 4096 * 20, 4096 * 26)
  writeFileSync(path, bytes)
  shop.clock.advance(DAY_MS)
  await expect(runDue()).rejects.toThrow()
  expect(readFailure(shop.db)?.words).toMatch(/not whole|malformed/)
  expect(names()).toEqual(['littleshop-20260105T090000Z-scheduled.backup'])
  expect(existsSync(join(folder, UNFINISHED))).toBe(false)
})

it('is broken off when the shop closes, without calling that a failure', async () => {
  const { shop, backups, names } = givenBackups()
  const stopping = new AbortController()
  const run = backups.runDue(stopping.signal)
  stopping.abort()
  expect(await run).toBe(0)
  backups.ask(givenStaff(shop))
  await backups.stop()
  expect(readFailure(shop.db)).toBeUndefined()
  expect(names()).toEqual([])
})

it('lies in the bucket, too, with its pictures; what could not be uploaded is uploaded by the next run', async () => {
  const s3 = await givenBucket()
  const shop = givenShop()
  givenStaff(shop)
  const { runDue, keep, backups, names } = givenBackups({ bucket: s3.settings }, shop)
  // In parts: larger than one of them.
  keep('media/large.jpg', Buffer.alloc(9 * 1024 * 1024, 7))
  s3.fail('PUT', 503)
  await expect(runDue()).rejects.toThrow('503')
  expect(names()).toHaveLength(1)
  expect(readFailure(shop.db)?.words).toMatch(/^the bucket shop-backups at 127\.0\.0\.1:\d+ answered 503/)
  expect(toldOf(shop)).toHaveLength(1)
  expect(await backups.read()).toMatchObject({ backups: [{ places: ['folder'] }] })
  shop.clock.advance(10 * 60_000)
  await runDue()
  expect(readFailure(shop.db)).toBeUndefined()
  expect(await backups.read()).toMatchObject({
    backups: [{ places: ['folder', 'bucket'] }],
    bucket: { name: 'shop-backups', trouble: null },
  })
  const files = [...s3.objects].filter(([key]) => key.startsWith('my-shop/files/'))
  expect(files.map(([, body]) => body.length)).toEqual([9 * 1024 * 1024])
  s3.requests.length = 0
  shop.clock.advance(10 * 60_000)
  expect(await runDue()).toBe(0)
  expect(s3.requests).toEqual([])
})

it('says for how long a bucket has been missing what this machine has, also after a start', async () => {
  const s3 = await givenBucket()
  const shop = givenShop()
  const first = givenBackups({ bucket: s3.settings }, shop)
  const failing = async ({ metrics }: typeof first) =>
    /^littleshop_backup_failing_seconds (.*)$/m.exec(await metrics.text())?.[1]
  expect(await failing(first)).toBe('0')
  s3.fail('PUT', 503)
  await expect(first.runDue()).rejects.toThrow('503')
  expect(first.names()).toHaveLength(1)
  shop.clock.advance(HOUR_MS)
  expect(await failing(first)).toBe('3600')
  const second = givenBackups({ bucket: s3.settings }, shop)
  expect(await failing(second)).toBe('3600')
  await second.runDue()
  expect(await failing(second)).toBe('0')
})

it('is removed from the bucket when its time is over, with pictures nobody needs any more', async () => {
  const s3 = await givenBucket()
  const { shop, runDue, keep } = givenBackups({ bucket: s3.settings, keepDays: 1 })
  keep('media/old.jpg', 'old')
  await runDue()
  rmSync(join(shop.folder, 'media/old.jpg'))
  keep('media/new.jpg', 'new')
  shop.clock.advance(400 * DAY_MS)
  await runDue()
  expect([...s3.objects].filter(([key]) => key.includes('/files/')).map(([, body]) => `${body}`)).toEqual([
    'new',
  ])
  expect([...s3.objects.keys()].filter((key) => key.endsWith('.backup'))).toHaveLength(1)
})

it('says what a bucket says that refuses, and never the keys', async () => {
  const s3 = await givenBucket()
  const settings = { ...s3.settings, secretAccessKey: 'not-the-secret' }
  const { shop, runDue, backups } = givenBackups({ bucket: settings })
  await expect(runDue()).rejects.toThrow('403')
  expect(readFailure(shop.db)?.words).toContain('answered 403 SignatureDoesNotMatch')
  const { bucket } = await backups.read()
  expect(bucket?.trouble).toContain('403')
  expect(JSON.stringify(await backups.read())).not.toContain('not-the-secret')
  await s3.stop()
  shop.clock.advance(10 * 60_000)
  await expect(runDue()).rejects.toThrow('could not be reached')
})
