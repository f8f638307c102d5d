import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { savePaymentMethod } from '../../src/db/checkout.ts'
import { openDatabase } from '../../src/db/database.ts'
import { saveDiscountCode } from '../../src/db/discounts.ts'
import type { PersonRow } from '../../src/db/people.ts'
import { applyStoredCharges } from '../../src/shop/payments/apply-stored-charges.ts'
import { type IncomingCharge, takeCharge } from '../../src/shop/payments/store-charge.ts'
import { type Actor, openShop } from '../../src/shop/work.ts'
import { givenPerson, givenShop, givenStaff, givenVariant, type TestShop } from '../given.ts'
import { type Bank, fakeProviders, openBank } from './money-bank.ts'
import { apply, type Coin, emptyModel, keyOf, type Model, store, USES } from './money-model.ts'
import { adopt } from './money-watch.ts'
import type { Random } from './random.ts'

export const ONLINE_MS = 3_600_000
export const TRANSFER_MS = 48 * 3_600_000
const PIECES = 60
const TEN = {
  id: null,
  code: 'TEN',
  kind: 'percent',
  value: 1000,
  startsAt: null,
  endsAt: null,
  minimumMinor: 0,
  perCustomer: null,
  totalUses: USES,
  active: 1,
  now: 0,
} as const

/** A shop, what its payment providers really hold, and what the test knows of both. */
export interface MoneyWorld {
  shop: TestShop
  file: string
  bank: Bank
  model: Model
  random: Random
  customers: PersonRow[]
  owner: Actor & { id: number }
  packer: Actor & { id: number }
  /** Coins the shop has not heard of yet. */
  untold: Set<string>
  /** How each request to pay stood when it was looked at last. */
  asked: Map<number, string>
  /** What an undo brings back, by order, as long as nothing else happened to it. */
  undoable: Map<number, () => void>
  /** After so many commits the process is gone. */
  fuse: number
  alive: boolean
  /** Processes do not die any more. */
  calm: boolean
  /** What was done, for whoever looks for a fault. */
  moves: string[]
  faults: string[]
  done: Set<string>
}

export function givenMoneyWorld(random: Random): MoneyWorld {
  const bank = openBank()
  const online = fakeProviders(bank, random, ONLINE_MS)
  const shop = givenShop({}, { transferWindowMs: TRANSFER_MS, online })
  for (const { kind } of online)
    shop.db.write((tx) => savePaymentMethod(tx, { kind, instructions: '', active: 1 }))
  shop.db.write((tx) => saveDiscountCode(tx, TEN))
  const stock = new Map(
    [1250, 333, 7001].map((price) => [givenVariant(shop, PIECES, price), PIECES] as const),
  )
  const world: MoneyWorld = {
    shop,
    file: join(shop.folder, 'shop.db'),
    bank,
    model: emptyModel(stock),
    random,
    customers: ['Ana', 'Bo', 'Cy'].map((name) => givenPerson(shop, name)),
    owner: givenStaff(shop, 'owner'),
    packer: givenStaff(shop, 'packer', 'Paco'),
    untold: new Set(),
    asked: new Map(),
    undoable: new Map(),
    fuse: Number.POSITIVE_INFINITY,
    alive: true,
    calm: false,
    moves: [],
    faults: [],
    done: new Set(),
  }
  world.shop = withFuse(world, shop)
  return world
}

/** A shop whose process is gone as soon as the fuse has burnt down, one commit at a time. */
function withFuse(world: MoneyWorld, shop: TestShop): TestShop {
  return {
    ...shop,
    write(fn) {
      if (world.fuse <= 0) {
        world.alive = false
        shop.db.close()
      }
      world.fuse -= 1
      return shop.write(fn)
    },
  }
}

/** Does something in a process that dies after so many commits; then another opens the file. */
export async function dying(world: MoneyWorld, commits: number, act: () => unknown): Promise<void> {
  world.fuse = commits
  try {
    await act()
  } catch (error) {
    if (world.alive) throw error
    world.done.add('died')
  }
  // Whatever else the process had in hand ends with it.
  await new Promise(setImmediate)
  world.fuse = Number.POSITIVE_INFINITY
  if (!world.alive) reopen(world)
}

/** The process is gone: what was committed is in the file, and a new one opens it. */
export function crash(world: MoneyWorld): void {
  world.shop.db.close()
  reopen(world)
}

function reopen(world: MoneyWorld): void {
  const { clock, texts, settings, providers, folder } = world.shop
  const db = openDatabase(world.file)
  onTestFinished(() => db.close())
  world.shop = withFuse(world, { ...openShop({ db, clock, texts, settings, providers }), clock, folder })
  world.alive = true
  adopt(world)
  applyStored(world)
}

/** What the shop does when it opens, and from time to time. */
export function applyStored(world: MoneyWorld): void {
  applyStoredCharges(world.shop)
  for (const charge of world.model.charges.values()) judge(world, charge)
}

/** Somebody pays: from now on the provider has the money, whether or not the shop hears of it. */
export function pay(world: MoneyWorld, coin: Coin): void {
  world.bank.took.set(keyOf(coin), coin)
  world.untold.add(keyOf(coin))
}

/** The shop is told of a coin, as an update would. */
export function tell(world: MoneyWorld, coin: Coin): void {
  takeCharge(world.shop, incoming(world, coin))
  world.untold.delete(keyOf(coin))
  judge(world, store(world.model, coin))
}

/** The process dies between storing and applying what it is told. */
export async function tellAndDie(world: MoneyWorld, coin: Coin): Promise<void> {
  store(world.model, coin)
  world.untold.delete(keyOf(coin))
  await dying(world, 1, () => takeCharge(world.shop, incoming(world, coin)))
}

/** What is stored is looked at; an order whose money changes cannot be undone any more. */
export function judge({ model, undoable }: MoneyWorld, charge: ReturnType<typeof store>): void {
  if (charge.state !== 'received') return
  apply(model, charge)
  if (charge.order !== null && chargeCounts(charge)) undoable.delete(charge.order)
}

const chargeCounts = ({ state }: ReturnType<typeof store>) => state === 'applied'

function incoming(world: MoneyWorld, coin: Coin): IncomingCharge {
  return {
    provider: coin.provider as IncomingCharge['provider'],
    reference: coin.reference,
    orderId: coin.names,
    personId: null,
    amountMinor: coin.amount,
    currency: coin.currency,
    orderMinor: coin.worth,
    at: world.shop.clock.now(),
    raw: JSON.stringify(coin),
  }
}
