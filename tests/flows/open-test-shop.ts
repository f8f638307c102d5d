import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { startTelegram, type Telegram } from '../../sandbox/telegram/driver.ts'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { tinyPng } from '../../sandbox/telegram/fixtures.ts'
import { type App, startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { saveDeliveryMethod, savePaymentMethod } from '../../src/db/checkout.ts'
import { findPersonByTelegramId, saveStaff } from '../../src/db/people.ts'
import type { Role } from '../../src/db/schema.ts'
import { sql } from '../../src/db/statement.ts'
import { type SettableClock, settableClock } from '../../src/lib/clock.ts'
import { createLog } from '../../src/lib/log.ts'
import { greetPerson } from '../../src/shop/customers/greet-person.ts'
import type { Shop } from '../../src/shop/work.ts'
import { existing, givenFolder } from '../given.ts'
import { keepLine } from '../suite-log.ts'

/** How a line of the log begins that tells of an error, or worse. */
const IS_ERROR = /^\{"level":[56]0/

export interface TestChat {
  telegram: Telegram
  clock: SettableClock
  /** DATA_DIR. */
  folder: string
  shop: Shop
  /** Where the shop listens; another one after a restart. */
  port: number
  goods: Goods
  /** What the shop logged as an error; a test that expects some empties it. */
  errors: string[]
  /** Says something and waits until it is handled. */
  say(person: PersonDriver, text: string): Promise<void>
  /** Presses a button and waits until everything that follows has happened. Resolves to the toast or alert. */
  tap(person: PersonDriver, label: string | RegExp, messageId?: number): Promise<string | undefined>
  /** Presses what need not be there, as a forged client can. */
  forge(person: PersonDriver, data: string, messageId?: number): Promise<string | undefined>
  /** Waits until every update is handled and every notice that is due has gone out. */
  settled(): Promise<void>
  /** Lets time go by. */
  pass(ms: number): Promise<void>
  /** Stops the process and starts a new one on the same file. */
  restart(): Promise<void>
  stop(): Promise<void>
  start(): Promise<void>
  staff(id: number, role: Role, name?: string): PersonDriver
}

/**
 * A shop with a few goods, run by the real program against the sandbox, on a clock that stands still: no job begins by
 * itself. With `said`, it logs into that as it does for real, in every detail, and may log errors.
 */
export async function openTestShop(
  env: Record<string, string> = {},
  flood = false,
  clock = settableClock(),
  said?: string[],
): Promise<TestChat> {
  const folder = givenFolder()
  mkdirSync(join(folder, 'media'))
  const telegram = await startTelegram({ clock, flood })
  const errors: string[] = []
  const log = createLog('trace', {
    write(line) {
      keepLine(line)
      if (said) said.push(line)
      else if (IS_ERROR.test(line)) errors.push(line)
    },
  })
  const config = readConfig({
    BACKUP_EVERY_HOURS: '0',
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    DATA_DIR: folder,
    PORT: '0',
    PUBLIC_URL: 'http://localhost:8080',
    ...env,
  })
  let app: App = await startApp(config, { clock, log, jobs: false })
  const goods = stockUp(app.shop, folder)
  onTestFinished(async () => {
    await app.stop()
    await telegram.stop()
    expect(errors).toEqual([])
  })

  async function settled(): Promise<void> {
    await telegram.idle()
    await app.settled()
    // What may wait a moment to be written together is written now.
    clock.advance(30)
  }

  async function start(): Promise<void> {
    app = await startApp(config, { clock, log, jobs: false })
  }

  return {
    telegram,
    clock,
    folder,
    goods,
    errors,
    settled,
    get shop() {
      return app.shop
    },
    get port() {
      return app.port
    },
    async say(person, text) {
      await person.send(text)
      await settled()
    },
    async tap(person, label, messageId) {
      const { text } = await person.press(label, messageId === undefined ? {} : { messageId })
      await settled()
      return text
    },
    async forge(person, data, messageId) {
      const { text, expired } = await person.pressData(data, messageId)
      expect(expired).toBeUndefined()
      await settled()
      return text
    },
    async pass(ms) {
      clock.advance(ms)
      await settled()
    },
    async restart() {
      await app.stop()
      await start()
    },
    stop: () => app.stop(),
    start,
    staff(id, role, name = 'Olga') {
      const person = telegram.person({ id, firstName: name, languageCode: 'en' })
      const user = { id, first_name: name, language_code: 'en' }
      app.shop.write((work) => {
        saveStaff(work.tx, { personId: greetPerson(work, user).id, role, now: work.now })
      })
      return person
    },
  }
}

export type Goods = ReturnType<typeof stockUp>

/** Soap (two variants, with a picture), tea (3 left), honey (sold out) and a mug that is in no category. */
function stockUp(shop: Shop, folder: string) {
  writeFileSync(join(folder, 'media', 'soap.png'), tinyPng(400, 300))
  return shop.db.write((tx) => {
    const category = (name: string, position: number) =>
      tx.run(sql.insertInto('categories').values({ slug: name.toLowerCase(), name, position })).id
    const now = shop.clock.now()
    const product = (title: string, category_id: number | null) =>
      tx.run(
        sql.insertInto('products').values({
          handle: title,
          title,
          category_id,
          description: `${title} is <good> & "fine".`,
          created_at: now,
          updated_at: now,
        }),
      ).id
    const variant = (product_id: number, title: string, price_minor: number, available: number) =>
      tx.run(sql.insertInto('variants').values({ product_id, title, sku: null, price_minor, available })).id
    const bath = category('Bath', 1)
    const kitchen = category('Kitchen', 2)
    const soap = product('Lavender Soap', bath)
    const small = variant(soap, '100 g', 500, 50)
    const large = variant(soap, '250 g', 1250, 12)
    tx.run(sql.insertInto('product_images').values({ product_id: soap, file: 'soap.png', url: null }))
    const tea = variant(product('Green Tea', kitchen), '', 990, 3)
    const honey = variant(product('Honey', kitchen), '', 790, 0)
    const mug = variant(product('Mug', null), '', 1500, 20)
    const courier = {
      id: 2,
      name: 'Courier',
      priceMinor: 490,
      needsAddress: 1,
      position: 2,
      active: 1,
    } as const
    saveDeliveryMethod(tx, courier)
    savePaymentMethod(tx, { kind: 'bank_transfer', instructions: 'IBAN XX00 1234', active: 1 })
    return { soap, small, large, tea, honey, mug, bath, kitchen }
  })
}

/** How many of a variant can be bought. */
export function availableOf(shop: Shop, id: number): number {
  return existing(shop.db.first(sql.selectFrom('variants').select('available').where('id', '=', id)))
    .available
}

export function ordersOf(shop: Shop, person: PersonDriver) {
  const row = findPersonByTelegramId(shop.db, person.id)
  return shop.db.all(
    sql
      .selectFrom('orders')
      .selectAll()
      .where('person_id', '=', row?.id ?? 0)
      .orderBy('id'),
  )
}

/** The one message the person walks through the shop with. */
export function screenOf(shop: Shop, person: PersonDriver) {
  const row = existing(findPersonByTelegramId(shop.db, person.id))
  const screen = existing(
    shop.db.first(sql.selectFrom('chat_screens').selectAll().where('person_id', '=', row.id)),
  )
  return existing(person.messages().find((message) => message.id === screen.message_id))
}

/** The words on the screen. */
export function wordsOn(shop: Shop, person: PersonDriver): string {
  const { text, caption } = screenOf(shop, person)
  return text ?? caption ?? ''
}
