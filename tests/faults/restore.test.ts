import { createReadStream, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTelegram } from '../../sandbox/telegram/driver.ts'
import { openBackup } from '../../src/backup/backup-file.ts'
import { readBackupName } from '../../src/backup/backup-name.ts'
import type { ShownBackups } from '../../src/http/contract/backups.ts'
import type { OrderList } from '../../src/http/contract/order.ts'
import type { SignedIn } from '../../src/http/contract/session.ts'
import { existing, givenFolder } from '../given.ts'
import { KEY } from '../given-backups.ts'
import { runScript } from '../run-script.ts'
import { all, findFaults, look } from './check-file.ts'
import { type Customer, keepOrdering } from './customers.ts'
import { openDesk } from './desk.ts'
import { chooseSeed, seeded } from './random.ts'
import { FAST, startShop } from './shop-process.ts'
import { stockUp } from './stock-up.ts'
import { noticesTo } from './told.ts'
import { until } from './until.ts'

const SPEED = 4
/** So many notices reach customers before the backup is made. */
const TOLD = 12

async function call<T>(port: number, path: string, token?: string, body?: object): Promise<T> {
  const response = await fetch(`http://127.0.0.1:${port}/api${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  expect(response.ok, `${path}: ${response.status}`).toBe(true)
  return (await response.json()) as T
}

test('backed up under load, destroyed, restored: the shop goes on, and tells nothing a second time', async () => {
  const seed = chooseSeed()
  console.info(`restore: SEED=${seed}`)
  const folder = givenFolder()
  const data = join(folder, 'data')
  const kept = join(folder, 'kept')
  const stock = stockUp(data)
  mkdirSync(join(data, 'media'))
  writeFileSync(join(data, 'media', 'mug.jpg'), 'a mug')
  const telegram = await startTelegram({ flood: false })
  const env = {
    DATA_DIR: data,
    BACKUP_DIR: kept,
    BACKUP_EVERY_HOURS: '0',
    BACKUP_KEY: KEY,
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    OWNER_IDS: '701',
    UNDO_SECONDS: '0',
    CLOCK_SPEED: String(SPEED),
    CLOCK_ORIGIN: String(Date.now()),
  }
  const first = await startShop(FAST, env)
  const olga = telegram.person({ id: 701, firstName: 'Olga', languageCode: 'en' })
  await olga.send('/start')
  const { token } = await call<SignedIn>(first.port, '/session', undefined, { initData: olga.initData() })
  const customers = Array.from({ length: 6 }, (_, i): Customer => {
    const who = { id: 501 + i, firstName: `Customer ${i}`, languageCode: 'en' }
    return { person: telegram.person(who), confirmed: new Set() }
  })
  let stopped = false
  const load = [
    ...customers.map((customer, i) => keepOrdering(customer, seeded(seed + i), () => stopped)),
    openDesk(token, seeded(seed + 10), async () => first.port).keepWorking(() => stopped),
  ]

  // Under load, with orders in every stage and notices on their way.
  const told = () => customers.reduce((sum, { person }) => sum + noticesTo(person).length, 0)
  await until('customers are told', () => told() >= TOLD)
  await call(first.port, '/backups', token, {})
  await until('the backup is made', async () => {
    const { since } = await call<ShownBackups>(first.port, '/backups', token)
    return since === null
  })
  const { failure } = await call<ShownBackups>(first.port, '/backups', token)
  expect(failure).toBeNull()
  stopped = true
  await Promise.all(load)
  await first.end('SIGKILL')
  expect(first.complaints()).toEqual([])
  rmSync(data, { recursive: true })

  const name = existing(readdirSync(kept).find(readBackupName))
  const { about, close } = await openBackup(createReadStream(join(kept, name)), { sealed: true, key: KEY })
  close()
  const restored = await runScript('scripts/restore.ts', { folder, env, args: [name] })
  expect(restored).toMatchObject({ status: 0, stderr: '' })
  expect(readdirSync(join(data, 'media'))).toEqual(['mug.jpg'])
  const file = join(data, 'shop.db')
  const before = look(file)
  const counted = Object.keys(about.database.counts).map((table) => [
    table,
    all<{ n: number }>(before, `select count(*) as n from "${table}"`)[0]?.n,
  ])
  expect(Object.fromEntries(counted)).toEqual(about.database.counts)
  expect(about.database.counts.orders).toBeGreaterThan(0)
  const sent = all<{ order_id: number; kind: string; telegram_id: number }>(
    before,
    `select order_id, kind, telegram_id from notices join people on people.id = person_id
      where state = 'sent' and kind not like 'staff_%' and order_id is not null`,
  )
  expect(sent.length).toBeGreaterThan(0)
  const arrivals = arrivalsOf(before).filter(({ state }) => state === 'sent')
  const open = all<{ id: number }>(
    before,
    `select id from orders where fulfilment in ('placed', 'accepted', 'packing', 'dispatched')`,
  )
  before.close()
  expect(findFaults(file, stock)).toEqual([])

  const marks = new Map(customers.map(({ person }) => [person.id, noticesTo(person).length]))
  const second = await startShop(FAST, env)
  await deliverAll(second.port, token, seed)
  await telegram.idle()
  await until('everything is told', () => {
    const db = look(file)
    const left = all(db, `select id from notices where state in ('waiting', 'sending')`)
    db.close()
    return left.length === 0
  })
  await second.end('SIGTERM')

  for (const { person } of customers) {
    const after = noticesTo(person).slice(marks.get(person.id))
    const again = sent.filter(
      (notice) =>
        notice.telegram_id === person.id &&
        after.some((told) => told.orderId === notice.order_id && told.kind === notice.kind),
    )
    expect(again, 'what was sent before the backup is not sent again').toEqual([])
  }
  const end = look(file)
  // Staff, too: no notice that had been sent was sent once more.
  const timesNow = new Map(arrivalsOf(end).map(({ id, times }) => [id, times]))
  expect(arrivals.filter(({ id, times }) => timesNow.get(id) !== times)).toEqual([])
  const ended = all<{ id: number }>(
    end,
    `select id from orders where fulfilment in ('delivered', 'cancelled')`,
  )
  expect(new Set(ended.map(({ id }) => id)).isSupersetOf(new Set(open.map(({ id }) => id)))).toBe(true)
  end.close()
  expect(findFaults(file, stock)).toEqual([])
  expect(second.complaints()).toEqual([])
  await telegram.stop()
})

/** How often each notice was sent anew, to whomever it went. A card that a busy machine could not draw again at once is none. */
function arrivalsOf(db: ReturnType<typeof look>) {
  return all<{ id: number; state: string; times: number }>(
    db,
    `select notices.id, state, count(*) as times from notices join notice_attempts on notice_id = notices.id
      where outcome = 'sent' group by notices.id`,
  )
}

/** Staff take every open order to its end. */
async function deliverAll(port: number, token: string, seed: number): Promise<void> {
  let done = false
  const working = openDesk(token, seeded(seed + 20), async () => port).keepWorking(() => done)
  await until('every order is delivered', async () => {
    const { orders } = await call<OrderList>(port, '/orders?limit=100', token)
    return orders.every(({ fulfilment }) => ['delivered', 'cancelled'].includes(fulfilment))
  })
  done = true
  await working
}
