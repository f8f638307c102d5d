import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { freePort } from '../sandbox/free-port.ts'
import { startTelegram } from '../sandbox/telegram/driver.ts'
import { readConfig } from '../src/config.ts'
import { isBackupKey } from '../src/lib/backup-key.ts'
import { givenFolder } from '../tests/given.ts'
import { runScript } from '../tests/run-script.ts'

const ADDRESS = 'https://shop.littleshop.org'
const WRONG = `123456789:${'A'.repeat(35)}`

/** A folder in which nothing is set up yet, and a Telegram that knows the bot and its owner. */
async function givenPlace() {
  const telegram = await startTelegram()
  onTestFinished(() => telegram.stop())
  const olga = telegram.person({ id: 701, firstName: 'Olga' })
  await olga.send('/start')
  const folder = givenFolder()
  const path = join(folder, '.env')
  return {
    telegram,
    path,
    write: (text: string) => writeFileSync(path, text),
    read: () => readFileSync(path, 'utf8'),
    async run({ typed, env = {} }: { typed?: string[]; env?: Record<string, string> } = {}) {
      const answers = typed ? { args: ['--stdin'], input: typed.map((line) => `${line}\n`).join('') } : {}
      const all = { TELEGRAM_API_ROOT: telegram.apiRoot, ...env }
      const ended = await runScript('scripts/setup.ts', { folder, env: all, ...answers })
      expect(ended.stdout + ended.stderr).not.toContain(telegram.token)
      return ended
    },
    changes: () => telegram.calls().filter(({ method }) => /^(set|delete)/.test(method)),
  }
}

type Place = Awaited<ReturnType<typeof givenPlace>>

/** A file in which everything needed is set. */
function filled({ telegram }: Place, more = ''): string {
  return `BOT_TOKEN=${telegram.token}\nOWNER_IDS=701\n${more}`
}

test('asks until it has good answers, makes keys, tells Telegram, and the second time changes nothing', async () => {
  const place = await givenPlace()
  const typed = [
    'nonsense',
    WRONG,
    place.telegram.token,
    '',
    'me',
    '701',
    ADDRESS.replace('https', 'http'),
    ADDRESS.replace('https://', ''),
    ADDRESS,
    'euro',
    '',
    'Europe/Lisbon',
  ]
  const first = await place.run({ typed })
  expect(first).toMatchObject({ status: 0, stderr: '' })
  for (const sentence of [
    'BOT_TOKEN does not look like a token',
    'BOT_TOKEN is not known to Telegram',
    'OWNER_IDS is needed',
    'OWNER_IDS must be Telegram user ids',
    'PUBLIC_URL must begin with https://',
    'CURRENCY must be a currency code',
    `+ web push: keys made; keep a copy of them; the subject is ${ADDRESS}`,
    '+ .env made: BOT_TOKEN, OWNER_IDS, PUBLIC_URL, CURRENCY, TIMEZONE, VAPID_PUBLIC_KEY, VAPID_PRIVATE_KEY, VAPID_SUBJECT',
    '= token: it is the one of @',
    '+ commands beside the input line',
    '+ description for newcomers',
    '+ menu button of 701: the panel',
    '= no webhook: the shop fetches its updates',
  ])
    expect(first.stdout).toContain(sentence)
  const text = place.read()
  const config = readConfig(parseEnv(text))
  expect(config).toMatchObject({
    botToken: place.telegram.token,
    ownerIds: [701],
    publicUrl: ADDRESS,
    currency: 'EUR',
    timezone: 'Europe/Lisbon',
    push: { subject: ADDRESS },
  })
  expect(first.stdout).not.toContain(config.push?.privateKey)
  expect(statSync(place.path).mode & 0o777).toBe(0o600)
  const button = { type: 'web_app', text: 'Panel', web_app: { url: `${ADDRESS}/app` } }
  expect(place.telegram.sandbox.bot.menuButtons.get(701)).toEqual(button)
  expect(place.telegram.sandbox.bot.menuButtons.get(0)).toBeUndefined()

  const before = place.changes().length
  const second = await place.run()
  expect(second).toMatchObject({ status: 0, stderr: '' })
  expect(second.stdout).toMatch(/Nothing was changed\.\n$/)
  expect(second.stdout).not.toMatch(/^\+/m)
  expect(place.read()).toBe(text)
  expect(place.changes()).toHaveLength(before)
})

test('what is new in .env is the answers, each in the line that waited for it', async () => {
  const place = await givenPlace()
  await place.run({ typed: [place.telegram.token, '701', ADDRESS, 'USD', 'UTC'] })
  const example = readFileSync(join(import.meta.dirname, '..', '.env.example'), 'utf8').split('\n')
  const changed = place
    .read()
    .split('\n')
    .filter((line, at) => line !== example[at])
  expect(changed.map((line) => line.split('=')[0])).toEqual([
    'BOT_TOKEN',
    'OWNER_IDS',
    'PUBLIC_URL',
    'CURRENCY',
    'VAPID_PUBLIC_KEY',
    'VAPID_PRIVATE_KEY',
    'VAPID_SUBJECT',
  ])
})

test('without a terminal it says what is missing, and changes nothing', async () => {
  const place = await givenPlace()
  const { status, stdout, stderr } = await place.run()
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toMatch(
    /^These settings are missing:\n {2}- BOT_TOKEN: .*\n {2}- OWNER_IDS: .*\nRun npm run setup/,
  )
  expect(existsSync(place.path)).toBe(false)
  expect(place.telegram.calls('getMe')).toEqual([])
})

test('when the answers end too early nothing is written', async () => {
  const place = await givenPlace()
  const { status, stderr } = await place.run({ typed: [place.telegram.token] })
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'OWNER_IDS was not answered. Nothing was changed.\n',
  })
  expect(existsSync(place.path)).toBe(false)
})

test('a token in the file that Telegram does not know, a faulty setting, no network: a sentence, and no change', async () => {
  const place = await givenPlace()
  const cases = [
    [`BOT_TOKEN=${WRONG}\nOWNER_IDS=701\n`, {}, 'Telegram does not know this BOT_TOKEN.'],
    [filled(place, 'TIMEZONE=Mars\n'), {}, '- TIMEZONE must be a time zone'],
    [
      filled(place),
      { TELEGRAM_API_ROOT: `http://127.0.0.1:${await freePort()}` },
      'Telegram does not answer. Look at the network',
    ],
  ] as const
  for (const [text, env, sentence] of cases) {
    place.write(text)
    const { status, stderr } = await place.run({ env })
    expect(status).toBe(1)
    expect(stderr).toContain(sentence)
    expect(place.read()).toBe(text)
  }
  expect(place.changes()).toEqual([])
})

test('sets the webhook where the shop wants one and takes it away where it does not; a description of the owner stays', async () => {
  const place = await givenPlace()
  place.telegram.sandbox.bot.descriptions.set('description:', 'Mugs, and more mugs')
  const address = `PUBLIC_URL=${ADDRESS}\n`
  place.write(filled(place, `${address}UPDATES=webhook\n`))
  const posted = await place.run()
  expect(posted.stdout).toContain('+ webhook: Telegram posts updates to the shop')
  expect(posted.stdout).toContain('= description for newcomers')
  expect(place.telegram.sandbox.webhook.url).toMatch(/^https:\/\/shop\.littleshop\.org\/telegram\/.{24}$/)
  expect((await place.run()).stdout).toContain('Nothing was changed.')
  place.write(place.read().replace('UPDATES=webhook', 'UPDATES=polling'))
  expect((await place.run()).stdout).toContain('+ no webhook: the shop fetches its updates')
  expect(place.telegram.sandbox.webhook.url).toBe('')
})

test('an owner the bot has never met gets the menu button later', async () => {
  const place = await givenPlace()
  place.write(`BOT_TOKEN=${place.telegram.token}\nOWNER_IDS=702\nPUBLIC_URL=${ADDRESS}\n`)
  const { status, stdout } = await place.run()
  expect(status).toBe(0)
  expect(stdout).toContain('= menu button of 702: comes when they send /start to the bot')
})

test('adds to a file that knows nothing of web push', async () => {
  const place = await givenPlace()
  const before = `BOT_TOKEN=${place.telegram.token}\r\nOWNER_IDS=701\r\nPUBLIC_URL=${ADDRESS}/\r\nMINE="a b"`
  place.write(before)
  await place.run()
  expect(place.read().startsWith(`${before}\nVAPID_PUBLIC_KEY=`)).toBe(true)
  expect(readConfig(parseEnv(place.read())).push).toBeDefined()
})

test('keeps the keys and the subject that are there, and makes the secrets of BTCPay Server and of backups in a bucket', async () => {
  const place = await givenPlace()
  const btcpay =
    'BTCPAY_URL=https://pay.littleshop.org\nBTCPAY_API_KEY=k\nBTCPAY_STORE_ID=s\nBTCPAY_WEBHOOK_SECRET=\n'
  const bucket =
    'S3_ENDPOINT=https://s3.littleshop.org\nS3_REGION=auto\nS3_BUCKET=shop\nS3_ACCESS_KEY_ID=i\nS3_SECRET_ACCESS_KEY=k\n'
  place.write(
    filled(place, `PUBLIC_URL=${ADDRESS}\nVAPID_SUBJECT=mailto:olga@littleshop.org\n${btcpay}${bucket}`),
  )
  const { stdout } = await place.run()
  const { BTCPAY_WEBHOOK_SECRET: secret = '', BACKUP_KEY: key = '', ...keys } = parseEnv(place.read())
  expect(secret).toMatch(/^[0-9a-f]{48}$/)
  expect(isBackupKey(key)).toBe(true)
  for (const word of [secret, key]) expect(stdout).not.toContain(word)
  expect(place.read()).toMatch(/^VAPID_SUBJECT=mailto:olga@littleshop\.org$/m)
  place.write(place.read().replace(/^VAPID_SUBJECT.*\n/m, ''))
  const again = await place.run()
  expect(again.stdout).toContain(`+ web push: completed; the subject is ${ADDRESS}`)
  expect(parseEnv(place.read())).toMatchObject({ ...keys, VAPID_SUBJECT: ADDRESS })
})

test.each([
  ['PUBLIC_URL=http://127.0.0.1:8080\n', 'VAPID_SUBJECT=mailto:you@your-domain'],
  ['VAPID_SUBJECT=mailto:olga@littleshop.org\n', 'fill in PUBLIC_URL'],
  [`PUBLIC_URL=${ADDRESS}\nVAPID_SUBJECT=mailto:olga@localhost\n`, 'VAPID_SUBJECT must be'],
  [`PUBLIC_URL=${ADDRESS}\nVAPID_PUBLIC_KEY=abc\n`, 'VAPID_PRIVATE_KEY is missing'],
])('makes no keys with %j and says what to fill in', async (more, sentence) => {
  const place = await givenPlace()
  place.write(filled(place, more))
  const { stdout } = await place.run()
  expect(place.read()).toBe(filled(place, more))
  expect(stdout).toContain('= web push is off: ')
  expect(stdout).toContain(sentence)
})
