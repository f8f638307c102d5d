import {
  chmodSync,
  chownSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../sandbox/free-port.ts'
import { startMailServer } from '../sandbox/mail/server.ts'
import { startTelegram } from '../sandbox/telegram/driver.ts'
import { nameBackup } from '../src/backup/backup-name.ts'
import { migrate } from '../src/db/migrate.ts'
import { givenFolder, givenOrder, givenShop } from '../tests/given.ts'
import { givenApp } from '../tests/given-app.ts'
import { givenBucket } from '../tests/given-backups.ts'
import { runScript } from '../tests/run-script.ts'

const HOUR_MS = 3_600_000

function examine(env: Record<string, string>, folder = givenFolder()) {
  return runScript('scripts/doctor.ts', { folder, env })
}

/** A stopped shop with a file, set up against the sandbox. */
async function givenSettings() {
  const telegram = await startTelegram()
  onTestFinished(() => telegram.stop())
  const folder = givenFolder()
  migrate(join(folder, 'shop.db'))
  const env = {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    OWNER_IDS: '701',
    DATA_DIR: folder,
    PORT: String(await freePort()),
  }
  return { telegram, env, file: join(folder, 'shop.db') }
}

test('a shop that runs: every line is well, and nothing about it changes', async () => {
  const mail = await startMailServer()
  onTestFinished(() => mail.stop())
  const shop = await givenApp({ env: { SMTP_URL: mail.url, MAIL_FROM: 'orders@shop.example' } })
  const { botToken, telegramApiRoot, dataDir, port, publicUrl = '' } = shop.config
  const before = shop.telegram.calls().length
  const { status, stdout, stderr } = await examine({
    BOT_TOKEN: botToken,
    TELEGRAM_API_ROOT: telegramApiRoot,
    DATA_DIR: dataDir,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    SMTP_URL: mail.url,
    MAIL_FROM: 'orders@shop.example',
  })
  expect(stderr).toBe('')
  for (const line of [
    '✓ Node ',
    '✓ settings: all can be read',
    `✓ data: ${dataDir} can be written`,
    '✓ disk: ',
    '✓ database: whole',
    '✓ database: every reference leads somewhere',
    ', the newest',
    '✓ database: write-ahead log',
    '⚠ backups: none yet',
    `✓ Telegram: the token is the one of @${shop.telegram.sandbox.bot.user.username}`,
    '✓ updates: fetched by the shop, 0 waiting',
    '✓ clock: within ',
    `✓ shop: runs here on port ${port}`,
    '✓ PUBLIC_URL: this shop answers',
    '– web push: off',
    '✓ mail: ',
    '– bucket: none',
    '0 broken, 1 to watch.',
  ])
    expect(stdout).toContain(line)
  expect(status).toBe(0)
  expect(stdout).not.toContain(botToken)
  expect(stdout).not.toContain('secret')
  expect(mail.received()).toEqual([])
  expect(
    shop.telegram
      .calls()
      .slice(before)
      .map(({ method }) => method),
  ).toEqual(['getMe', 'getWebhookInfo'])
})

test('a shop that is stopped: the file is looked at all the same, and stays as it is', async () => {
  const { env, file } = await givenSettings()
  const before = readFileSync(file)
  const backups = givenFolder()
  const name = nameBackup({ at: Date.now() - 2 * HOUR_MS, reason: 'scheduled', sealed: false })
  writeFileSync(join(backups, name), 'a backup')
  const { status, stdout } = await examine({ ...env, BACKUP_DIR: backups })
  expect(status).toBe(0)
  expect(stdout).toContain('✓ database: whole')
  expect(stdout).toContain('– shop: not running here')
  expect(stdout).toContain('✓ backups: the newest is 2 h old')
  expect(readFileSync(file)).toEqual(before)
})

test('a shop on the port that is another one is not taken for this one', async () => {
  const other = await givenApp()
  const { env } = await givenSettings()
  const port = String(other.config.port)
  const token = `123456789:${'A'.repeat(35)}`
  const stranger = await examine({ ...env, PORT: port, BOT_TOKEN: token })
  expect(stranger.stdout).toContain(`✗ shop: another LittleShop answers on port ${port}`)
  const twin = await examine({ ...env, PORT: port, BOT_TOKEN: other.config.botToken })
  expect(twin.stdout).toContain(
    `✗ shop: one with this BOT_TOKEN, but another data folder, answers on port ${port}`,
  )
  expect([stranger.status, twin.status]).toEqual([1, 1])
})

test('on Fly, where no .env is, it says where settings come from', async () => {
  const { stdout } = await examine({ FLY_APP_NAME: 'my-shop', CURRENCY: 'euro' })
  expect(stdout).toContain('✗ settings: CURRENCY must be a currency code')
  expect(stdout).toContain('docs/deploy.md')
  expect(stdout).not.toContain('npm run setup')
})

test('nothing set up yet: each fault of the settings with what to do, and exit code 1', async () => {
  const { status, stdout, stderr } = await examine({ CURRENCY: 'euro', UPDATES: 'webhook' })
  expect({ status, stderr }).toEqual({ status: 1, stderr: '' })
  for (const line of [
    '✗ settings: BOT_TOKEN is missing',
    '✗ settings: CURRENCY must be a currency code',
    '– data: ',
    '– network: looked at when the settings are right',
    '2 broken, 0 to watch.',
  ])
    expect(stdout).toContain(line)
})

test('.env is read as the shop reads it; one that others can read is noticed', async () => {
  const { env } = await givenSettings()
  const folder = givenFolder()
  const text = Object.entries(env).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(join(folder, '.env'), text.join(''), { mode: 0o644 })
  const open = await examine({}, folder)
  expect(open.stdout).toContain('⚠ .env: others on this machine can read it')
  expect(open.stdout).toContain('✓ Telegram: ')
  chmodSync(join(folder, '.env'), 0o600)
  expect((await examine({}, folder)).stdout).not.toContain('.env')
})

test('a bucket is looked into, and why it cannot be', async () => {
  const { env } = await givenSettings()
  const { settings, objects } = await givenBucket()
  const bucket = {
    S3_ENDPOINT: settings.endpoint,
    S3_REGION: settings.region,
    S3_BUCKET: settings.bucket,
    S3_ACCESS_KEY_ID: settings.accessKeyId,
    S3_SECRET_ACCESS_KEY: settings.secretAccessKey,
  }
  expect((await examine({ ...env, ...bucket })).stdout).toContain('⚠ bucket: can be read, none yet')
  const ago = (hours: number) =>
    nameBackup({ at: Date.now() - hours * HOUR_MS, reason: 'scheduled', sealed: false })
  objects.set(ago(72), Buffer.from('a backup'))
  const old = await examine({ ...env, ...bucket })
  expect(old.stdout).toContain('⚠ bucket: can be read, the newest is 72 h old')
  objects.set(ago(2), Buffer.from('a backup'))
  // As a clock that was wrong leaves it.
  objects.set(ago(-72), Buffer.from('a backup'))
  expect((await examine({ ...env, ...bucket })).stdout).toContain(
    '✓ bucket: can be read, the newest is 2 h old',
  )
  const { status, stdout } = await examine({ ...env, ...bucket, S3_SECRET_ACCESS_KEY: 'not-the-secret' })
  expect(status).toBe(1)
  expect(stdout).toMatch(/✗ bucket: the bucket shop-backups at .* answered 403 SignatureDoesNotMatch/)
  expect(stdout).not.toContain('not-the-secret')
})

// On Linux /proc is a disk of its own, and has no room.
test.runIf(process.platform === 'linux')(
  'backups may lie on a disk of their own, which may be full',
  async () => {
    const { env } = await givenSettings()
    const { status, stdout } = await examine({ ...env, BACKUP_DIR: '/proc/backups/of/the/shop' })
    expect(status).toBe(1)
    expect(stdout).toContain('✓ disk: ')
    expect(stdout).toContain('✗ disk of BACKUP_DIR: 0 B free')
  },
)

// Only root can give a folder to somebody else.
test.runIf(process.getuid?.() === 0)(
  'what a file system keeps in its own root is none of the shop’s',
  async () => {
    const { env } = await givenSettings()
    const disk = givenFolder()
    mkdirSync(join(disk, 'lost+found'), { mode: 0o700 })
    chownSync(disk, 1234, 1234)
    expect((await examine({ ...env, DATA_DIR: disk })).stdout).not.toContain('another owner')
    mkdirSync(join(disk, 'media'))
    expect((await examine({ ...env, DATA_DIR: disk })).stdout).toContain('media has another owner')
  },
)

test('a damaged file is found, and left as it is', async () => {
  const { env, file } = await givenSettings()
  const size = statSync(file).size
  const handle = openSync(file, 'r+')
  for (let at = 8192; at < size; at += 4096) writeSync(handle, Buffer.alloc(64, 0xaa), 0, 64, at)
  const before = readFileSync(file)
  const { status, stdout } = await examine(env)
  expect(status).toBe(1)
  expect(stdout).toContain('✗ database: damaged (')
  expect(readFileSync(file)).toEqual(before)
  writeFileSync(file, 'this is no database at all, but long enough to be looked at')
  expect((await examine(env)).stdout).toContain('✗ database: damaged (file is not a database)')
})

test('a file of a newer program, and rows that lost what they name', async () => {
  const { env, file } = await givenSettings()
  const db = new Sqlite(file)
  db.pragma('foreign_keys = OFF')
  db.exec('insert into cart_lines values (999, 999, 1, 1)')
  db.pragma('user_version = 99')
  db.close()
  const { status, stdout } = await examine(env)
  expect(status).toBe(1)
  expect(stdout).toContain('✗ database: 2 rows name a row that is not there')
  expect(stdout).toContain('✗ database: schema 99, this program knows ')
})

test('another currency than that of the orders, with which the shop would not start', async () => {
  const { env } = await givenSettings()
  const shop = givenShop()
  givenOrder(shop)
  const { status, stdout } = await examine({ ...env, DATA_DIR: shop.folder, CURRENCY: 'USD' })
  expect(status).toBe(1)
  expect(stdout).toContain("✗ database: CURRENCY is USD, but this shop's orders are in EUR")
  expect(stdout).toContain('Set CURRENCY=EUR')
})

test('a wrong token, a webhook that is not ours, mails refused, an address where somebody else answers', async () => {
  const { telegram, env } = await givenSettings()
  const mail = await startMailServer()
  onTestFinished(() => mail.stop())
  mail.faults.answerNext({ with: 535 })
  telegram.sandbox.webhook.set({ url: 'https://elsewhere.example/x', secret: '', maxConnections: 1 })
  const mails = { SMTP_URL: mail.url, MAIL_FROM: 'orders@shop.example' }
  const first = await examine({ ...env, ...mails, PUBLIC_URL: telegram.url })
  expect(first.status).toBe(1)
  for (const line of [
    '✗ updates: Telegram posts them to elsewhere.example',
    '✗ mail: The mail server does not accept the user and password in SMTP_URL',
    '⚠ PUBLIC_URL: something else answers',
  ])
    expect(first.stdout).toContain(line)
  expect(first.stdout).not.toContain('secret')
  const nobody = `127.0.0.1:${await freePort()}`
  const token = `123456789:${'A'.repeat(35)}`
  const second = await examine({
    ...env,
    BOT_TOKEN: token,
    SMTP_URL: `smtp://${nobody}`,
    MAIL_FROM: mails.MAIL_FROM,
    PUBLIC_URL: `http://${nobody}`,
  })
  expect(second.status).toBe(1)
  for (const line of [
    '✗ Telegram: Telegram does not know this BOT_TOKEN',
    '✗ mail: No connection to the mail server',
    `⚠ PUBLIC_URL: http://${nobody} does not answer`,
  ])
    expect(second.stdout).toContain(line)
  expect(second.stdout).not.toContain(token)
  const third = await examine({ ...env, TELEGRAM_API_ROOT: `http://${nobody}` })
  expect(third.status).toBe(1)
  expect(third.stdout).toContain('✗ Telegram: Telegram does not answer.')
  expect(third.stdout).toContain('– clock: nobody to compare it with')
})
