import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { saveStaffWish } from '../src/db/audience.ts'
import { saveDeliveryMethod, savePaymentMethod } from '../src/db/checkout.ts'
import { openDatabase } from '../src/db/database.ts'
import { findDeviceByEndpoint, saveDevice } from '../src/db/devices.ts'
import { migrate } from '../src/db/migrate.ts'
import type { OrderRow } from '../src/db/orders.ts'
import { addPerson, findPerson, type PersonRow, saveStaff } from '../src/db/people.ts'
import type { PaymentMethod, Role } from '../src/db/schema.ts'
import { sql } from '../src/db/statement.ts'
import { type SettableClock, settableClock } from '../src/lib/clock.ts'
import { loadTexts } from '../src/lib/texts.ts'
import { setCartQuantity } from '../src/shop/checkout/cart.ts'
import { answerCheckout, startCheckout } from '../src/shop/checkout/checkout.ts'
import type { StepName } from '../src/shop/orders/machine.ts'
import { placeOrder } from '../src/shop/orders/place-order.ts'
import { takeStep } from '../src/shop/orders/take-step.ts'
import { type PaymentProvider, providersByHand, providersOf } from '../src/shop/payments/provider.ts'
import { type Actor, openShop, type Shop, type ShopSettings } from '../src/shop/work.ts'

const texts = loadTexts()

export type TestShop = Shop & { clock: SettableClock; folder: string }

/** A folder of its own that is gone after the test. */
export function givenFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'littleshop-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

let emptyShop: Buffer | undefined

/** A file of the newest schema; the migrations run once for all tests of a file. */
function writeEmptyShop(path: string): void {
  if (emptyShop) writeFileSync(path, emptyShop)
  else migrate(path)
  emptyShop ??= readFileSync(path)
}

/** An open shop on a real, empty file, with both ways to pay and a delivery of 4.90. */
export function givenShop(
  settings: Partial<ShopSettings> = {},
  pays: { transferWindowMs?: number; online?: PaymentProvider[] } = {},
): TestShop {
  const folder = givenFolder()
  const path = join(folder, 'shop.db')
  writeEmptyShop(path)
  const db = openDatabase(path)
  onTestFinished(() => db.close())
  const clock = settableClock()
  const all = {
    currency: 'EUR',
    timezone: 'UTC',
    undoGraceMs: 5_000,
    channels: { push: true, mail: true },
    ...settings,
  }
  const { transferWindowMs = 48 * 3_600_000, online = [] } = pays
  const providers = providersOf(...providersByHand(transferWindowMs), ...online)
  const shop = openShop({ db, clock, texts, settings: all, providers })
  db.write((tx) => {
    saveDeliveryMethod(tx, {
      id: 2,
      name: 'Courier',
      priceMinor: 490,
      needsAddress: 1,
      position: 2,
      active: 1,
    })
    savePaymentMethod(tx, { kind: 'bank_transfer', instructions: 'IBAN XX00 1234', active: 1 })
  })
  return { ...shop, clock, folder }
}

let nextTelegramId = 10_000

export function givenPerson(shop: Shop, name = 'Ana'): PersonRow {
  nextTelegramId += 1
  const id = shop.db.write((tx) =>
    addPerson(tx, {
      telegramId: nextTelegramId,
      name,
      username: name.toLowerCase(),
      language: 'en',
      reach: 'ok',
      now: shop.clock.now(),
    }),
  )
  return existing(findPerson(shop.db, id))
}

export function givenStaff(shop: Shop, role: Role = 'owner', name = 'Olga'): Actor & { id: number } {
  const person = givenPerson(shop, name)
  shop.db.write((tx) => saveStaff(tx, { personId: person.id, role, now: shop.clock.now() }))
  return { kind: 'staff', id: person.id, name, source: 'panel', role }
}

/** A browser of this person that gets web push; returns the device's id. */
export function givenDevice(
  shop: Shop,
  personId: number,
  {
    endpoint = `https://fcm.googleapis.com/${Math.random()}`,
    p256dh = 'p',
    auth = 'a',
    vapidKey = 'v',
    sessionHash = '',
  } = {},
): number {
  const device = { personId, sessionHash, name: 'Pixel 9', endpoint, p256dh, auth, vapidKey }
  shop.db.write((tx) => saveDevice(tx, { ...device, now: shop.clock.now() }))
  return existing(findDeviceByEndpoint(shop.db, endpoint)).id
}

/** How a member of staff wants to be told; "22:00-07:00" are quiet hours. */
export function givenWishes(
  shop: Shop,
  personId: number,
  { quiet = '', timezone = 'UTC', urgentAnyway = false } = {},
): void {
  const [quietFrom = null, quietTo = null] = quiet
    .split('-')
    .filter(Boolean)
    .map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)))
  const urgent = urgentAnyway ? 1 : 0
  shop.db.write((tx) =>
    saveStaffWish(tx, { personId, timezone, quietFrom, quietTo, urgentAnyway: urgent, dailySummary: 0 }),
  )
}

/** A product with one variant; returns the variant's id. */
export function givenVariant(shop: Shop, stock = 10, priceMinor = 1250, title = 'Mug'): number {
  const now = shop.clock.now()
  return shop.db.write((tx) => {
    const handle = `${title}-${Math.random()}`
    const product = tx.run(
      sql
        .insertInto('products')
        .values({ handle, category_id: null, title, created_at: now, updated_at: now }),
    )
    const values = { product_id: product.id, sku: null, price_minor: priceMinor, available: stock }
    return tx.run(sql.insertInto('variants').values(values)).id
  })
}

export interface OrderWish {
  person?: PersonRow
  variantId?: number
  quantity?: number
  payment?: PaymentMethod
  delivery?: number
}

/** Fills a cart and answers the checkout; returns what confirming it takes. */
export function givenCheckout(shop: Shop, wish: OrderWish = {}) {
  const person = wish.person ?? givenPerson(shop)
  const variantId = wish.variantId ?? givenVariant(shop)
  return shop.write((work) => {
    setCartQuantity(work, { personId: person.id, variantId, quantity: wish.quantity ?? 2 })
    startCheckout(work, person.id)
    const checkout = answerCheckout(work, person.id, {
      deliveryMethodId: wish.delivery ?? 2,
      paymentMethod: wish.payment ?? 'cash_on_delivery',
      address: 'Rua Nova 1, Lisbon',
      phone: '+351 912 345 678',
      note: '',
    })
    return { personId: person.id, checkoutKey: checkout.key, totalMinor: checkout.totalMinor }
  })
}

export function givenOrder(shop: Shop, wish: OrderWish = {}): OrderRow {
  const command = givenCheckout(shop, wish)
  return shop.write((work) => placeOrder(work, command))
}

/** Takes steps one after another, as a person who always sees the newest version. */
export function step(shop: Shop, actor: Actor, order: OrderRow, ...names: StepName[]): OrderRow {
  return names.reduce(
    (now, name) =>
      shop.write((work) =>
        takeStep(work, { orderId: now.id, step: name, version: now.version, actor, noTracking: true }),
      ),
    order,
  )
}

/** The value, which a test knows to be there. */
export function existing<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('the test expected something here')
  return value
}
