import { onTestFinished } from 'vitest'
import { type MailServer, startMailServer } from '../../sandbox/mail/server.ts'
import { type PushService, startPushService } from '../../sandbox/push/push-service.ts'
import { startTelegram, type Telegram } from '../../sandbox/telegram/driver.ts'
import { type App, startApp } from '../../src/app.ts'
import { findPersonByTelegramId, type PersonRow, saveStaff } from '../../src/db/people.ts'
import type { Channel, Role } from '../../src/db/schema.ts'
import { addSession } from '../../src/db/sessions.ts'
import { sql } from '../../src/db/statement.ts'
import { type SettableClock, settableClock } from '../../src/lib/clock.ts'
import { newKey } from '../../src/lib/ids.ts'
import { newVapidKeys } from '../../src/lib/vapid.ts'
import { greetPerson } from '../../src/shop/customers/greet-person.ts'
import { setEmail } from '../../src/shop/customers/set-email.ts'
import type { Actor, Shop } from '../../src/shop/work.ts'
import { existing, givenDevice, givenFolder } from '../given.ts'
import { configFor } from '../given-app.ts'
import { suiteLog } from '../suite-log.ts'

const DAY_MS = 86_400_000
/**
 * Longer than a local call takes to be sent or refused: ms of real time, and turns of this process, in which all that is
 * called runs, too. A machine that keeps it from its core for a while lets time go by, but no turns.
 */
const STILL = { ms: 40, turns: 400 }

/** The real shop with Telegram, a push service and a mail server, all on one clock that stands still. Its jobs do not run. */
export interface ThreeChannels {
  shop: Shop
  clock: SettableClock
  telegram: Telegram
  push: PushService
  mail: MailServer
  /** How long each write took, in ms of real time. */
  writes: number[]
  /** Channels of which an answer may never come. */
  hanging: Set<Channel>
  /** As shop.write, measured. */
  write: Shop['write']
  customer(id: number, mail?: string): PersonRow
  staff(id: number, role: Role): Actor & { id: number }
  /** A browser of this person; returns its endpoint and the device's id. */
  device(personId: number, service?: PushService): { endpoint: string; id: number }
  /** Lets time go by in steps; after each, everything has happened that can, but for calls that hang. */
  pass(ms: number, stepMs?: number): Promise<void>
  /** With `whileAway`, Telegram answers nothing until that has happened. */
  restart(env?: Record<string, string>, whileAway?: () => Promise<void>): Promise<void>
}

interface Wish {
  env?: Record<string, string>
  flood?: boolean
  /** Another push service, whose host the shop knows. */
  otherPush?: PushService
  clock?: SettableClock
}

export async function openThreeChannels(wish: Wish = {}): Promise<ThreeChannels> {
  const clock = wish.clock ?? settableClock()
  const telegram = await startTelegram({ clock, flood: wish.flood ?? false })
  const push = await startPushService({ clock })
  const mail = await startMailServer({ clock })
  const keys = newVapidKeys()
  const env = {
    DATA_DIR: givenFolder(),
    OWNER_IDS: '',
    UNDO_SECONDS: '0',
    PUBLIC_URL: 'http://localhost:8080',
    VAPID_PUBLIC_KEY: keys.publicKey,
    VAPID_PRIVATE_KEY: keys.privateKey,
    VAPID_SUBJECT: 'mailto:olga@littleshop.org',
    PUSH_HOSTS: [push.origin, ...(wish.otherPush ? [wish.otherPush.origin] : [])].join(','),
    SMTP_URL: mail.url,
    MAIL_FROM: 'orders@littleshop.org',
    ...wish.env,
  }
  const options = { clock, log: suiteLog(), runsJobs: false }
  const start = (more = {}) => startApp(configFor(telegram, { ...env, ...more }), options)
  let app: App = await start()
  onTestFinished(async () => {
    telegram.faults.clear()
    const stopped = app.stop()
    // Calls that hang end by the clock.
    clock.advance(60_000)
    await stopped
    await Promise.all([telegram.stop(), push.stop(), mail.stop()])
  })
  const writes: number[] = []
  const hanging = new Set<Channel>()

  function greet(id: number): PersonRow {
    telegram.person({ id, firstName: `P${id}`, languageCode: 'en' })
    const chat = telegram.sandbox.chats.get(id)
    if (chat) chat.access = 'open'
    const user = { id, first_name: `P${id}`, language_code: 'en' }
    return app.shop.write((work) => greetPerson(work, user))
  }

  return {
    clock,
    telegram,
    push,
    mail,
    writes,
    hanging,
    get shop() {
      return app.shop
    },
    write(fn) {
      const before = performance.now()
      const result = app.shop.write(fn)
      writes.push(performance.now() - before)
      return result
    },
    customer(id, address) {
      const person = greet(id)
      if (address) app.shop.write((work) => setEmail(work, { personId: person.id, email: address }))
      return existing(findPersonByTelegramId(app.shop.db, id))
    },
    staff(id, role) {
      const person = greet(id)
      app.shop.write((work) => saveStaff(work.tx, { personId: person.id, role, now: work.now }))
      return { kind: 'staff', id: person.id, name: person.name, source: 'panel', role }
    },
    device(personId, service = push) {
      const { endpoint, keys: browser } = service.subscribe(keys.publicKey)
      // Without a sign-in it would end at the next start.
      const sessionHash = newKey()
      const now = clock.now()
      app.shop.write(({ tx }) =>
        addSession(tx, {
          tokenHash: sessionHash,
          personId,
          now,
          expiresAt: now + 30 * DAY_MS,
          userAgent: '',
          kind: 'browser',
        }),
      )
      const vapidKey = keys.publicKey
      const id = givenDevice(app.shop, personId, { endpoint, ...browser, vapidKey, sessionHash })
      return { endpoint, id }
    },
    async pass(ms, stepMs = 1_000) {
      for (let passed = 0; passed < ms; passed += stepMs) {
        await quiet(app, hanging)
        clock.advance(stepMs)
      }
      await quiet(app, hanging)
    },
    async restart(more, whileAway) {
      const stopped = app.stop()
      telegram.faults.clear()
      clock.advance(60_000)
      await stopped
      hanging.clear()
      if (whileAway) telegram.faults.answerNext({ with: 'cut', count: 100_000 })
      const starting = start(more)
      await whileAway?.()
      telegram.faults.clear()
      app = await asTimeGoesBy(clock, starting)
    },
  }
}

/** What waits for a moment that comes by itself. */
async function asTimeGoesBy<T>(clock: SettableClock, waiting: Promise<T>): Promise<T> {
  let isOver = false
  const over = () => {
    isOver = true
  }
  void waiting.then(over, over)
  for (; !isOver; clock.advance(10)) await new Promise(setImmediate)
  return waiting
}

/** Resolves when nothing is under way but on channels that hang, and there nothing has happened for a while. */
async function quiet(app: App, hanging: ReadonlySet<Channel>): Promise<void> {
  let isIdle = false
  // Twice: what one channel answers may be news for another.
  void app
    .settled()
    .then(() => app.settled())
    .then(() => {
      isIdle = true
    })
  let still = { since: performance.now(), turns: 0 }
  const stop = app.shop.listen(() => {
    still = { since: performance.now(), turns: 0 }
  })
  const sending = sql.selectFrom('notices').select('channel').where('state', '=', 'sending')
  const isStill = () =>
    hanging.size > 0 &&
    still.turns > STILL.turns &&
    performance.now() - still.since > STILL.ms &&
    app.shop.db.all(sending).every(({ channel }) => hanging.has(channel))
  for (; !isIdle && !isStill(); still.turns++) await new Promise(setImmediate)
  stop()
}
