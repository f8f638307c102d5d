import { copyFileSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ShopProcess } from '../../sandbox/shop-process.ts'
import type { ApiCall } from '../../sandbox/telegram/call-log.ts'
import { startTelegram, type Telegram } from '../../sandbox/telegram/driver.ts'
import type { SignedIn } from '../../src/http/contract/session.ts'
import { all, findFaults, look } from './check-file.ts'
import { type Customer, keepOrdering } from './customers.ts'
import { type Desk, openDesk } from './desk.ts'
import { seeded } from './random.ts'
import { FAST, startShop } from './shop-process.ts'
import { stockUp } from './stock-up.ts'
import { until } from './until.ts'

/** No faster: a machine that is busy for two seconds must not look like a Telegram that answers nothing. */
const SPEED = 4

type Signal = 'SIGKILL' | 'SIGTERM'

/** What happened around one kill. */
export interface Life {
  readyAfter: number
  code: number | null
  /** How much of the write-ahead log was left beside the file. */
  walBytes: number
  /** What did not hold in the file the killed process left behind. */
  faults: string[]
  /** People to whom something was being sent when it was killed. */
  inFlight: number[]
  /** How many calls the next process made until it had written to all of them again. */
  resumedAfter: number
}

/** A shop under load, ended again and again; afterwards it is left alone until it has said all it had to say. */
export async function runAndKill(folder: string, kills: number, seed: number, signal: Signal = 'SIGKILL') {
  const random = seeded(seed)
  const telegram = await startTelegram({ flood: false })
  const data = join(folder, 'data')
  const stock = stockUp(data)
  const env = {
    DATA_DIR: data,
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    OWNER_IDS: '701',
  }
  const fast = { ...env, CLOCK_SPEED: String(SPEED), CLOCK_ORIGIN: String(Date.now()) }
  const start = () => startShop(FAST, { ...fast, UNDO_SECONDS: random.chance(0.5) ? '0' : '3' })

  let running = Promise.resolve(await start())
  const port = async () => (await running).port
  const olga = telegram.person({ id: 701, firstName: 'Olga', languageCode: 'en' })
  await olga.send('/start')
  const token = await signIn(await port(), olga.initData())
  const desks = [1, 2].map((n) => openDesk(token, seeded(seed + n), port))
  const customers = Array.from({ length: 6 }, (_, i): Customer => {
    return {
      person: telegram.person({ id: 501 + i, firstName: `Customer ${i}`, languageCode: 'en' }),
      confirmed: new Set(),
    }
  })
  let stopped = false
  const load = [
    ...customers.map((customer, i) => keepOrdering(customer, seeded(seed + 10 + i), () => stopped)),
    ...desks.map((desk) => desk.keepWorking(() => stopped)),
  ]

  const lives: (Omit<Life, 'resumedAfter'> & { endedAt: number })[] = []
  const complaints: string[] = []
  for (let i = 0; i < kills; i++) {
    const shop = await running
    await atWork(telegram, random.chance(0.1) ? 500 : random.between(20, 250))
    const next = Promise.withResolvers<ShopProcess>()
    running = next.promise
    const code = await shop.end(signal)
    const endedAt = Date.now()
    const walBytes = bytesOf(join(data, 'shop.db-wal'))
    complaints.push(...shop.complaints())
    const left = leftBehind(data, join(folder, `left-${i}`), stock)
    next.resolve(await start())
    lives.push({ ...left, endedAt, code, walBytes, readyAfter: (await running).readyAfter })
  }

  // On a busy machine customers lose their patience more often, and fewer of them get as far as that.
  await until('enough is ordered', () => customers.flatMap((one) => [...one.confirmed]).length > kills / 2)
  stopped = true
  await Promise.all(load)
  await telegram.idle()
  const file = join(data, 'shop.db')
  await until(
    () => `left to do: ${JSON.stringify(undone(file), null, 1)}`,
    () => isDrained(file),
  )
  const last = await running
  await last.end('SIGKILL')
  complaints.push(...last.complaints())
  await telegram.stop()
  const calls = telegram.calls()
  return {
    telegram,
    customers,
    desks: desks as Desk[],
    lives: lives.map((life): Life => ({ ...life, resumedAfter: resumed(life, calls) })),
    complaints,
    file,
    faults: findFaults(file, stock),
  }
}

/** Lets the shop do so much, however long that takes here: how busy the machine is must not decide what is tested. */
async function atWork(telegram: Telegram, calls: number): Promise<void> {
  const enough = telegram.calls().length + calls
  await until('the shop is at work', () => telegram.calls().length >= enough)
}

/** Counted in calls of the next process, which begins by asking for its own name: time would tell how busy the machine is. */
function resumed(
  { inFlight, endedAt }: Pick<Life, 'inFlight'> & { endedAt: number },
  calls: readonly ApiCall[],
): number {
  const next = calls.slice(calls.findIndex(({ method, at }) => method === 'getMe' && at >= endedAt))
  const again = inFlight.map((id) => next.findIndex(({ params }) => Number(params.chat_id) === id))
  return again.includes(-1) ? Number.POSITIVE_INFINITY : Math.max(0, ...again)
}

async function signIn(port: number, initData: string): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ initData }),
  })
  return ((await response.json()) as SignedIn).token
}

/** Looks at a copy of what a killed process left, so that the next one finds it untouched. */
function leftBehind(data: string, copy: string, stock: ReadonlyMap<number, number>) {
  mkdirSync(copy)
  // Nothing else: a backup in a process of its own may not know yet that the shop is gone.
  const files = readdirSync(data).filter((name) => name.startsWith('shop.db'))
  for (const name of files) copyFileSync(join(data, name), join(copy, name))
  const file = join(copy, 'shop.db')
  const faults = findFaults(file, stock)
  const db = look(file)
  const sql = `select distinct telegram_id as id from notices join people on people.id = person_id where state = 'sending'`
  const inFlight = all<{ id: number }>(db, sql).map((row) => row.id)
  db.close()
  return { faults, inFlight }
}

function isDrained(file: string): boolean {
  return undone(file).length === 0
}

/** What the shop has still to say or to handle. */
function undone(file: string): unknown[] {
  const db = look(file)
  const rows = [
    ...all(
      db,
      `select id, order_id, kind, state, lane, attempts, due_at, last_error from notices where state in ('waiting', 'sending')`,
    ),
    ...all(db, 'select update_id, attempts, last_error from updates where done_at is null'),
  ]
  db.close()
  return rows
}

function bytesOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}
