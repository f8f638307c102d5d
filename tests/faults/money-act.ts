import { findOrder, listLineItems } from '../../src/db/orders.ts'
import { sql } from '../../src/db/statement.ts'
import { ShopError } from '../../src/lib/shop-error.ts'
import { existing } from '../given.ts'
import { type Charge, type Order, store } from './money-model.ts'
import { judge, type MoneyWorld } from './money-world.ts'

/** Any order, mostly one of the last. */
export function anOrder({ model, random }: MoneyWorld): Order {
  const orders = [...model.orders.values()]
  return random.pick(random.chance(0.8) ? orders.slice(-8) : orders)
}

/** Mostly one that fits, if there is any, so that a life is about something. */
export function fitting<T>(
  { random }: MoneyWorld,
  from: readonly T[],
  fits: (one: T) => boolean,
): T | undefined {
  const some = random.chance(0.8) ? from.filter(fits) : []
  const all = some.length > 0 ? some : from
  return all.length > 0 ? random.pick(all) : undefined
}

export const versionOf = ({ shop }: MoneyWorld, order: Order) =>
  existing(findOrder(shop.db, order.id)).version

/** Does it, and finds fault when the shop allows what it must not, or refuses what it must do. Returns whether it was done. */
export function expecting(
  world: MoneyWorld,
  what: string,
  may: boolean | undefined,
  act: () => void,
): boolean {
  try {
    act()
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    world.moves.push(`  refused: ${error.message}`)
    if (may === true) world.faults.push(`${what} was refused: ${error.message}`)
    world.done.add('refused')
    return false
  }
  if (may === false) world.faults.push(`${what} was let through`)
  return true
}

/** The newest charge somebody entered by hand, under the name the shop gave it. */
export function byHand(world: MoneyWorld, order: Order, amount: number): Charge {
  const newest = sql.selectFrom('ledger').selectAll().where('kind', '=', 'charge').orderBy('id', 'desc')
  const { reference } = existing(world.shop.db.first(newest))
  const provider = order.onDelivery ? 'cash' : 'transfer'
  const coin = { provider, reference, names: order.id, amount, currency: 'EUR', worth: amount }
  const charge = store(world.model, coin)
  judge(world, charge)
  return charge
}

export const linesOf = ({ shop }: MoneyWorld, order: Order) => listLineItems(shop.db, order.id)
