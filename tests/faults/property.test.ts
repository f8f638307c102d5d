import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listOrders } from '../../src/db/order-lists.ts'
import type { OrderRow } from '../../src/db/orders.ts'
import type { PersonRow } from '../../src/db/people.ts'
import { ShopError } from '../../src/lib/shop-error.ts'
import { expireOrders } from '../../src/shop/orders/expire-orders.ts'
import { STEP_NAMES } from '../../src/shop/orders/machine.ts'
import { placeOrder } from '../../src/shop/orders/place-order.ts'
import { takeStep } from '../../src/shop/orders/take-step.ts'
import { undoStep } from '../../src/shop/orders/undo-step.ts'
import type { Actor } from '../../src/shop/work.ts'
import { givenCheckout, givenPerson, givenShop, givenStaff, givenVariant, type TestShop } from '../given.ts'
import { findFaults } from './check-file.ts'
import { chooseSeed, type Random, seeded } from './random.ts'

const HOUR_MS = 3_600_000
const RUNS = 6
const MOVES = 250

interface World {
  shop: TestShop
  random: Random
  stock: Map<number, number>
  customers: PersonRow[]
  staff: Actor[]
  /** What happened at least once. */
  done: Set<string>
  /** The order that moved last, which may still be undone. */
  last?: OrderRow
}

function givenWorld(random: Random): World {
  const shop = givenShop()
  const stock = new Map(Array.from({ length: 4 }, () => [givenVariant(shop, 12), 12] as const))
  const customers = ['Ana', 'Bo', 'Cy', 'Di'].map((name) => givenPerson(shop, name))
  const staff = (['owner', 'manager', 'packer'] as const).map((role) => givenStaff(shop, role))
  return { shop, random, stock, customers, staff, done: new Set() }
}

const MOVE: Record<string, (world: World) => unknown> = {
  place: ({ shop, random, stock, customers }) => {
    const command = givenCheckout(shop, {
      person: random.pick(customers),
      variantId: random.pick([...stock.keys()]),
      quantity: random.between(1, 4),
      payment: random.pick(['cash_on_delivery', 'bank_transfer']),
      delivery: random.pick([1, 2]),
    })
    return shop.write((work) => placeOrder(work, command))
  },
  step: (world) => {
    const { shop, random, staff, customers } = world
    const asCustomer = (person: PersonRow): Actor => {
      return { kind: 'customer', id: person.id, name: person.name, source: 'chat' }
    }
    const actor = random.chance(0.8) ? random.pick(staff) : asCustomer(random.pick(customers))
    const step = random.pick(STEP_NAMES)
    const said = {
      ...(random.chance(0.8) && { noTracking: true }),
      ...(random.chance(0.8) && { money: random.pick(['refund', 'keep', 'later'] as const) }),
    }
    world.last = shop.write((work) => takeStep(work, { ...anOrder(world), step, actor, ...said }))
  },
  undo: (world) => {
    const { shop, random, staff, last } = world
    const order = last && random.chance(0.8) ? { orderId: last.id, version: last.version } : anOrder(world)
    shop.write((work) => undoStep(work, { ...order, actor: random.pick(staff) }))
  },
  wait: ({ shop, random }) => shop.clock.advance(random.pick([10, 1_000, 6_000])),
  expire: ({ shop, random }) => {
    if (random.chance(0.3)) shop.clock.advance(49 * HOUR_MS)
    return expireOrders(shop)
  },
}

/** Any order, sometimes with a version that is not the newest. */
function anOrder({ shop, random }: World): { orderId: number; version: number } {
  const orders = listOrders(shop.db, { limit: 30 }) as Pick<OrderRow, 'id' | 'version'>[]
  if (orders.length === 0) return { orderId: 1, version: 1 }
  const { id, version } = random.pick(orders)
  return { orderId: id, version: random.chance(0.1) ? version - 1 : version }
}

function move(world: World): void {
  const name = world.random.pick(['place', 'step', 'step', 'step', 'step', 'undo', 'wait', 'expire'])
  try {
    MOVE[name]?.(world)
    world.done.add(name)
  } catch (error) {
    // A refusal is an answer; anything else is a fault.
    if (!(error instanceof ShopError)) throw error
    world.done.add('refused')
  }
}

test('whatever people do in whatever order, counters, stock, events and notices agree', () => {
  const first = chooseSeed()
  console.info(`property: SEED=${first}`)
  const done = new Set<string>()
  for (let seed = first; seed < first + RUNS; seed++) {
    const world = givenWorld(seeded(seed))
    for (let i = 0; i < MOVES; i++) move(world)
    expect(findFaults(join(world.shop.folder, 'shop.db'), world.stock), `SEED=${seed}`).toEqual([])
    for (const name of world.done) done.add(name)
  }
  expect([...done].sort()).toEqual(['expire', 'place', 'refused', 'step', 'undo', 'wait'])
})
