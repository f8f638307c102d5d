import { mkdtempSync, rmSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEMO_PEOPLE, fillDemoShop } from './demo-shop/fill-demo-shop.ts'
import { SHOP_NAME } from './demo-shop/fill-settings.ts'
import { keepRunning } from './keep-running.ts'
import { startTelegram, type Telegram } from './telegram/driver.ts'

// `npm run demo`: the real shop, as `npm start` runs it, against the sandbox. Nothing leaves this machine, and
// everything is gone when it ends.

const HOST = '127.0.0.1'
const CHAT_PORT = 8090
const SHOP_PORT = 8080

async function main(): Promise<void> {
  await import('../scripts/build.ts')
  const dataDir = mkdtempSync(join(tmpdir(), 'littleshop-demo-'))
  console.log('Setting up the shop: products, pictures, staff, orders…')
  await fillDemoShop({ dataDir, now: Date.now() })
  const telegram = await startTelegram({ port: await freePort(CHAT_PORT), name: SHOP_NAME })
  const shopPort = await freePort(SHOP_PORT)
  seatPeople(telegram)
  const shop = keepRunning(['src/main.ts'], settingsFor(telegram, dataDir, shopPort))
  await shop.ready(`http://${HOST}:${shopPort}/readyz`)
  sayWhereToLook(telegram, shopPort)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void end(telegram, shop, dataDir))
  }
}

function settingsFor(telegram: Telegram, dataDir: string, port: number): Record<string, string> {
  return {
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    PUBLIC_URL: `http://${HOST}:${port}`,
    PORT: String(port),
    HOST,
    DATA_DIR: dataDir,
    OWNER_IDS: '701',
    CURRENCY: 'EUR',
    TIMEZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
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

function sayWhereToLook(telegram: Telegram, shopPort: number): void {
  console.log(`
The shop is open.

  Chat    ${telegram.url}   play customers and staff; staff open the panel from their chat
  API     http://${HOST}:${shopPort}/api/openapi.json

Order something as Nora, then accept it as Olga. Kill the shop in between if you like (kill -9): it comes back.
Ctrl+C ends the demo.`)
}

async function end(telegram: Telegram, shop: ReturnType<typeof keepRunning>, dataDir: string): Promise<void> {
  await shop.stop()
  await telegram.stop()
  rmSync(dataDir, { recursive: true, force: true })
  process.exit(0)
}

/** The wished port, or any other where somebody has it already. */
function freePort(wished: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(freePort(0)))
    server.listen(wished, HOST, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

await main()
