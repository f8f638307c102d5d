import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../src/db/database.ts'
import { lockFolder } from '../src/db/lock.ts'
import { existing, givenFolder, givenOrder, givenShop } from '../tests/given.ts'
import { givenBackups, givenBucket, KEY, OTHER_KEY } from '../tests/given-backups.ts'
import { runScript } from '../tests/run-script.ts'

/** A shop with an order and two files, its backup, and the script that restores it. */
async function givenBackup(wish: Parameters<typeof givenBackups>[0] = {}) {
  const given = givenBackups(wish)
  const order = givenOrder(given.shop)
  given.keep('media/mug.jpg', 'a mug')
  given.keep('proofs/receipt.pdf', 'a receipt')
  await given.runDue()
  const name = existing(given.names()[0])
  return { ...given, order, name, file: join(given.folder, name) }
}

function restore(env: Record<string, string>, ...args: string[]) {
  return runScript('scripts/restore.ts', { folder: givenFolder(), env, args })
}

function ordersIn(folder: string): number[] {
  const db = openDatabase(join(folder, 'shop.db'))
  try {
    return db.all<{ id: number }>({ sql: 'select id from orders', values: [] }).map(({ id }) => id)
  } finally {
    db.close()
  }
}

/** Everything in a folder, to see that nothing changed. */
function contentsOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort()
}

test('a new machine needs nothing but the folder and the key', async () => {
  const { folder, name, order } = await givenBackup({ key: KEY })
  const data = join(givenFolder(), 'data')
  const done = await restore({ DATA_DIR: data, BACKUP_KEY: KEY }, join(folder, name))
  expect(done).toMatchObject({ status: 0, stderr: '' })
  expect(done.stdout).toMatch(
    /Made 2026-01-05 09:00 UTC \(scheduled\).*: 1 orders, the last of 2026-01-05 09:00 UTC/,
  )
  expect(done.stdout).toContain('2 pictures and receipts are whole.')
  expect(contentsOf(data)).toEqual([
    'media',
    'media/mug.jpg',
    'proofs',
    'proofs/receipt.pdf',
    'shop.db',
    'shop.lock',
  ])
  expect(readFileSync(join(data, 'media/mug.jpg'), 'utf8')).toBe('a mug')
  expect(ordersIn(data)).toEqual([order.id])
})

test('what was there is kept aside, with its log, and new numbers begin where nobody knows them', async () => {
  const { file, order } = await givenBackup()
  const later = givenShop()
  for (let i = 0; i < 3; i++) givenOrder(later)
  mkdirSync(join(later.folder, 'media'))
  writeFileSync(join(later.folder, 'media/new.jpg'), 'new')
  later.db.close()
  writeFileSync(join(later.folder, 'shop.db-wal'), 'left by a crash')
  const done = await restore({ DATA_DIR: later.folder }, file)
  expect(done.status).toBe(0)
  const aside = existing(readdirSync(later.folder).find((name) => name.startsWith('before-restore-')))
  expect(contentsOf(join(later.folder, aside))).toEqual(['media', 'media/new.jpg', 'shop.db', 'shop.db-wal'])
  expect(contentsOf(join(later.folder, 'media'))).toEqual(['mug.jpg'])
  expect(ordersIn(later.folder)).toEqual([order.id])
  const db = openDatabase(join(later.folder, 'shop.db'))
  expect(db.first({ sql: `select seq from sqlite_sequence where name = 'orders'`, values: [] })).toEqual({
    seq: order.id + 1_000,
  })
  // Also where there was no row yet, such as a refund.
  const numbered = `select name from sqlite_schema where sql like '%autoincrement%'`
  const skipped = 'select name from sqlite_sequence where seq >= 1000'
  expect(db.all({ sql: `${numbered} and name not in (${skipped})`, values: [] })).toEqual([])
  db.close()
})

test('the bucket alone is enough; what there is is listed', async () => {
  const s3 = await givenBucket()
  const { name, order } = await givenBackup({ bucket: s3.settings, key: KEY })
  const data = join(givenFolder(), 'data')
  const { endpoint, region, bucket, accessKeyId, secretAccessKey } = s3.settings
  const env = {
    DATA_DIR: data,
    BACKUP_KEY: KEY,
    S3_ENDPOINT: endpoint,
    S3_REGION: region,
    S3_BUCKET: bucket,
    S3_PREFIX: 'my-shop',
    S3_ACCESS_KEY_ID: accessKeyId,
    S3_SECRET_ACCESS_KEY: secretAccessKey,
  }
  expect((await restore(env, '--list')).stdout).toMatch(
    new RegExp(`^s3:${name.replaceAll('.', '\\.')} +[\\d.]+ kB\n$`),
  )
  expect(await restore(env, `s3:${name}`)).toMatchObject({ status: 0, stderr: '' })
  expect(ordersIn(data)).toEqual([order.id])
  expect(readFileSync(join(data, 'proofs/receipt.pdf'), 'utf8')).toBe('a receipt')
  const unknown = await restore(env, 's3:littleshop-20260105T090000Z-asked.backup')
  expect(unknown).toMatchObject({ status: 1, stderr: expect.stringContaining('There is no such backup') })
})

test('what is wrong is said, and nothing changes', async () => {
  const { folder, file, name } = await givenBackup({ key: KEY })
  const shop = givenShop()
  const mine = givenOrder(shop)
  shop.db.close()
  const before = [...contentsOf(shop.folder), 'shop.lock'].sort()
  const cases: [RegExp, Record<string, string>, ...string[]][] = [
    [/^Usage:/, {}],
    [/^Usage:/, {}, '--everything'],
    [/There is no littleshop-x\.backup in/, {}, 'littleshop-x.backup'],
    // Not the one of that name in BACKUP_DIR.
    [/There is no littleshop-.* in .*elsewhere/, { BACKUP_DIR: folder }, join('elsewhere', name)],
    [/encrypted\. Set BACKUP_KEY/, {}, file],
    [/made with another key/, { BACKUP_KEY: OTHER_KEY }, file],
    [/BACKUP_KEY must be a whole key/, { BACKUP_KEY: KEY.slice(0, -1) }, file],
    [/S3_REGION is missing/, { S3_ENDPOINT: 'http://127.0.0.1:1', S3_BUCKET: 'one' }, file],
    [/No bucket is set/, {}, `s3:${name}`],
  ]
  writeFileSync(join(folder, `cut-${name}`), readFileSync(file).subarray(0, -100))
  cases.push([/damaged or cut short/, { BACKUP_KEY: KEY }, join(folder, `cut-${name}`)])
  writeFileSync(join(folder, 'letter.backup'), 'Dear Ana')
  cases.push([/no backup of LittleShop/, {}, join(folder, 'letter.backup')])
  for (const [words, env, ...args] of cases) {
    const refused = await restore({ DATA_DIR: shop.folder, ...env }, ...args)
    expect(refused.status, args.join()).toBe(1)
    expect(refused.stderr).toMatch(words)
    expect(refused.stderr).not.toContain('    at ')
    expect(contentsOf(shop.folder).filter((path) => path !== 'shop.lock')).toEqual(
      before.filter((path) => path !== 'shop.lock'),
    )
  }
  expect(ordersIn(shop.folder)).toEqual([mine.id])
})

test('a running shop is left alone, and so is one whose backup lacks its pictures, unless that does not matter', async () => {
  const { folder, file, name } = await givenBackup()
  const data = givenFolder()
  const unlock = lockFolder(join(data, 'shop.lock'))
  expect((await restore({ DATA_DIR: data }, file)).stderr).toContain('Another LittleShop process')
  unlock()
  const alone = givenFolder()
  copyFileSync(file, join(alone, name))
  const lacking = await restore({ DATA_DIR: data }, join(alone, name))
  expect(lacking.stderr).toMatch(/2 of 2 pictures and receipts are missing .*such as media\/mug\.jpg/)
  expect(existsSync(join(data, 'shop.db'))).toBe(false)
  const [damaged] = readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  )
  writeFileSync(join(existing(damaged).parentPath, existing(damaged).name), 'something else')
  expect((await restore({ DATA_DIR: data }, file)).stderr).toContain('1 of 2 pictures and receipts')
  const done = await restore({ DATA_DIR: data, BACKUP_DIR: alone }, name, '--without-missing-files')
  expect(done.status).toBe(0)
  expect(existsSync(join(data, 'media'))).toBe(false)
})

test('a newer backup waits for the newer program', async () => {
  const { shop, runDue, names, folder } = givenBackups()
  shop.db.write((tx) => tx.run({ sql: 'pragma user_version = 99', values: [] }))
  await runDue()
  const refused = await restore({ DATA_DIR: givenFolder() }, join(folder, existing(names()[0])))
  expect(refused.stderr).toMatch(/schema 99, this program knows \d+\. Install LittleShop/)
  rmSync(folder, { recursive: true })
})

test('a new key is one that is taken', async () => {
  const { stdout } = await restore({}, '--new-key')
  expect(stdout).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]{58}\n$/)
})
