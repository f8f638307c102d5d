import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Database, openDatabase } from '../src/db/database.ts'
import { findPersonByTelegramId } from '../src/db/people.ts'
import type { VapidKeys } from '../src/lib/vapid.ts'
import { showMails, showPushes } from './arrivals/show-arrivals.ts'
import { type Btcpay, startBtcpay } from './btcpay/server.ts'
import { DEMO_PEOPLE, fillDemoShop, STAFF_GROUP } from './demo-shop/fill-demo-shop.ts'
import { SHOP_NAME } from './demo-shop/fill-settings.ts'
import { keepVapidKeys } from './demo-shop/keep-vapid-keys.ts'
import { seatDevices } from './demo-shop/seat-devices.ts'
import { freePort } from './free-port.ts'
import { keepRunning } from './keep-running.ts'
import { type MailServer, startMailServer } from './mail/server.ts'
import { type PushService, startPushService } from './push/push-service.ts'
import { startTelegram, type Telegram } from './telegram/driver.ts'

// `npm run demo`: the real shop, as `npm start` runs it, against the sandbox. Nothing leaves this machine, and
// everything is gone when it ends. With DEMO_DIR=<folder> the shop's data is kept there for the next time; the chats,
// lock screens and mailboxes, which are the sandbox's, begin anew.

const HOST = '127.0.0.1'
const CHAT_PORT = 8090
const SHOP_PORT = 8080
const BTCPAY_PORT = 8091

interface Surroundings {
  telegram: Telegram
  push: PushService
  mail: MailServer
  btcpay: Btcpay
}

async function main(): Promise<void> {
  await import('../scripts/build.ts')
  const { DEMO_DIR: kept } = process.env
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'littleshop-demo-'))
  console.log('Setting up the shop: products, pictures, staff, orders…')
  await fillDemoShop({ dataDir, now: Date.now() })
  const around = await startSurroundings()
  const { telegram, push, mail, btcpay } = around
  const shopPort = await freePort(SHOP_PORT)
  seatPeople(telegram)
  const keys = keepVapidKeys(dataDir)
  const db = openDatabase(join(dataDir, 'shop.db'))
  seatArrivals(around, db, keys)
  const shop = keepRunning(['src/main.ts'], settingsFor(around, { dataDir, port: shopPort, keys }))
  await shop.ready(`http://${HOST}:${shopPort}/readyz`)
  btcpay.webhooks.target(`http://${HOST}:${shopPort}/webhooks/btcpay`)
  sayWhereToLook(around, shopPort)
  async function end(): Promise<void> {
    await shop.stop()
    await Promise.all([telegram.stop(), push.stop(), mail.stop(), btcpay.stop()])
    db.close()
    if (!kept) rmSync(dataDir, { recursive: true, force: true })
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end())
}

async function startSurroundings(): Promise<Surroundings> {
  // A kept shop remembers the numbers of earlier messages and updates: the clock's seconds are past them.
  const numbersFrom = Math.floor(Date.now() / 1000)
  const telegram = await startTelegram({ port: await freePort(CHAT_PORT), name: SHOP_NAME, numbersFrom })
  telegram.group(STAFF_GROUP).lastMessageId = numbersFrom
  const btcpay = await startBtcpay({ port: await freePort(BTCPAY_PORT) })
  return { telegram, push: await startPushService(), mail: await startMailServer(), btcpay }
}

/** The devices and mailboxes of the demo's people, as the chat page shows them. */
function seatArrivals({ telegram, push, mail }: Surroundings, db: Database, { publicKey }: VapidKeys): void {
  const { arrivals } = telegram.sandbox
  const emailOf = (id: number) => findPersonByTelegramId(db, id)?.email
  for (const device of seatDevices(db, push, { vapidKey: publicKey, now: Date.now() })) {
    arrivals.addDevice(device)
  }
  const ids = DEMO_PEOPLE.map(({ id }) => id)
  for (const personId of ids) {
    const address = emailOf(personId)
    if (address) arrivals.addMailbox({ personId, address })
  }
  showPushes(arrivals, push)
  // Looked up anew for each mail: people may tell the shop another address.
  showMails(arrivals, mail, (address) =>
    [...telegram.sandbox.people.keys()].find((id) => emailOf(id) === address),
  )
}

function settingsFor(
  { telegram, push, mail, btcpay }: Surroundings,
  { dataDir, port, keys }: { dataDir: string; port: number; keys: VapidKeys },
): Record<string, string> {
  return {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    TELEGRAM_LINK_ROOT: telegram.url,
    PUBLIC_URL: `http://${HOST}:${port}`,
    PORT: String(port),
    HOST,
    DATA_DIR: dataDir,
    OWNER_IDS: '701',
    CURRENCY: 'EUR',
    TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
    VAPID_PUBLIC_KEY: keys.publicKey,
    VAPID_PRIVATE_KEY: keys.privateKey,
    VAPID_SUBJECT: 'mailto:hello@example.com',
    PUSH_HOSTS: push.origin,
    SMTP_URL: mail.url,
    MAIL_FROM: 'orders@example.com',
    ...btcpay.settings,
    PAYMENT_PROVIDER_TOKEN: '1877036958:TEST:sandbox',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  }
}

/** Everybody but the newcomer has talked to the bot before, so that the shop can write to them. */
function seatPeople(telegram: Telegram): void {
  for (const { newcomer, ...details } of DEMO_PEOPLE) {
    const person = telegram.person(details)
    if (!newcomer) void person.start()
  }
}

function sayWhereToLook({ telegram, btcpay }: Surroundings, shopPort: number): void {
  console.log(`
The shop is open.

  Chat    ${telegram.url}   play customers and staff; staff open the panel from their chat
  API     http://${HOST}:${shopPort}/api/openapi.json
  BTCPay  ${btcpay.settings.BTCPAY_URL}   takes the bitcoin: pay with Bitcoin in the chat, and the button leads to its page

Order something as Ana, then take Olga's phone: a notification drops in, and there is a card in her chat and in the
group. Accept it, and look into Ana's mailbox (the envelope above her chat). Kill the shop in between if you like (kill -9): it comes back.
Ctrl+C ends the demo.`)
}

await main()
