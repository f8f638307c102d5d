import { SHELVES } from '../../sandbox/demo-shop/goods.ts'
import { type Chance, chanceFrom } from '../../sandbox/seed/chance.ts'
import type { LoadOptions } from './options.ts'

export type Way = 'cash' | 'transfer' | 'card' | 'stars'

/** What a customer wants; the same for the same seed. */
export interface OrderWish {
  way: Way
  goods: { shelf: string; title: string; quantity: 1 | 2 }[]
  pickup: boolean
  /** Types a new address and phone number instead of taking those of last time. */
  typesAnew: boolean
  /** Writes to the shop about the order. */
  writes: boolean
  /** Whether it is worked in the chat or in the panel. */
  desk: 'chat' | 'panel'
}

/** Somebody comes, at so many ms after the beginning; without a wish only to look around. */
export interface Arrival {
  at: number
  /** Which of the customers. */
  customer: number
  wish: OrderWish | undefined
}

const PHYSICAL = SHELVES.flatMap(({ name, goods }) =>
  goods.filter((one) => !one.digital).map(({ title }) => ({ shelf: name, title })),
)
const DIGITAL = SHELVES.flatMap(({ name, goods }) =>
  goods.filter((one) => one.digital).map(({ title }) => ({ shelf: name, title })),
)

/**
 * When who comes and what they want. People come independently of each other and of how the shop copes. Half as many as
 * order come to look around. Nobody comes twice.
 */
export function planArrivals(options: LoadOptions, customers: number): Arrival[] {
  const { minutes, orders, seed } = options
  const chance = chanceFrom(seed)
  const buyers = Math.round(orders * minutes)
  const visitors = Math.round(buyers / 2)
  if (buyers + visitors > customers)
    throw new Error(`${customers} customers are too few for ${buyers} orders`)
  const order = shuffled(customers, chance)
  return Array.from({ length: buyers + visitors }, (_, i) => ({
    at: Math.floor(chance.next() * minutes * 60_000),
    customer: order[i] ?? 0,
    wish: i < buyers ? wishOf(chance) : undefined,
  })).sort((a, b) => a.at - b.at)
}

function wishOf(chance: Chance): OrderWish {
  const way = chance.pick([
    'cash',
    'cash',
    'cash',
    'transfer',
    'transfer',
    'card',
    'card',
    'card',
    'stars',
  ] as const)
  const shelf = way === 'stars' ? DIGITAL : PHYSICAL
  const pieces = way !== 'stars' && chance.happens(0.25) ? 2 : 1
  return {
    way,
    goods: Array.from({ length: pieces }, () => ({
      ...chance.pick(shelf),
      quantity: chance.happens(0.2) ? 2 : 1,
    })),
    pickup: chance.happens(0.2),
    typesAnew: chance.happens(0.3),
    writes: chance.happens(0.15),
    desk: chance.happens(0.08) ? 'chat' : 'panel',
  }
}

function shuffled(count: number, chance: Chance): number[] {
  const all = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = chance.between(0, i)
    const [here = 0, there = 0] = [all[i], all[j]]
    all[i] = there
    all[j] = here
  }
  return all
}
