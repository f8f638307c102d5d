import type { NewEvent } from '../../src/db/events.ts'
import type { NewLineItem } from '../../src/db/orders.ts'
import type { PaymentMethod } from '../../src/db/schema.ts'
import type { WholeOrder } from '../../src/db/seed.ts'
import type { Chance } from './chance.ts'
import { live, recordPlaced } from './live-order.ts'
import type { SeedVariant } from './seed-catalogue.ts'
import type { SeedCustomer, SeedPerson } from './seed-people.ts'

export interface World {
  variants: SeedVariant[]
  customers: SeedCustomer[]
  staff: SeedPerson[]
  currency: string
  now: number
}

/** An order that never happened, complete: to be stored once its number is known. */
export interface MadeUpOrder {
  order: WholeOrder
  lines: Omit<NewLineItem, 'orderId'>[]
  events: Omit<NewEvent, 'orderId'>[]
  /** Stars from one to five, of some of the delivered ones. */
  rating: number | null
  customer: SeedCustomer
}

const PAYMENT_WINDOW_MS = 48 * 3_600_000

const DELIVERIES = [
  { name: 'Courier', priceMinor: 490, needsAddress: true },
  { name: 'Pickup at the shop', priceMinor: 0, needsAddress: false },
  { name: 'Express, same day', priceMinor: 990, needsAddress: true },
] as const

/** Makes up an order placed at `placedAt` and everything that has happened to it until now. */
export function makeUpOrder(chance: Chance, world: World, placedAt: number, key: string): MadeUpOrder {
  const customer = chance.pickSkewed(world.customers, 1.5)
  const delivery = chance.pickSkewed(DELIVERIES)
  const method: PaymentMethod = chance.happens(0.55) ? 'bank_transfer' : 'cash_on_delivery'
  const lines = makeUpLines(chance, world.variants)
  const itemsMinor = lines.reduce((sum, line) => sum + line.totalMinor, 0)
  const isBank = method === 'bank_transfer'
  const order: WholeOrder = {
    person_id: customer.id,
    checkout_key: key,
    fulfilment: 'placed',
    payment: isBank ? 'pending' : 'due_on_delivery',
    version: 1,
    needs_review: null,
    currency: world.currency,
    items_minor: itemsMinor,
    delivery_minor: delivery.priceMinor,
    total_minor: itemsMinor + delivery.priceMinor,
    discount_minor: 0,
    discount_code: null,
    tax_minor: 0,
    tax_added_minor: 0,
    charged_minor: 0,
    refunded_minor: 0,
    waived_minor: 0,
    item_count: lines.reduce((sum, line) => sum + line.quantity, 0),
    customer_name: customer.name,
    phone: customer.phone,
    address: delivery.needsAddress ? customer.address : null,
    note: chance.happens(0.1) ? 'Please ring twice.' : null,
    delivery_method: delivery.name,
    payment_method: method,
    tracking_number: null,
    cancel_reason: null,
    placed_at: placedAt,
    updated_at: placedAt,
    expires_at: isBank ? placedAt + PAYMENT_WINDOW_MS : null,
    undo_until: null,
    assigned_to: null,
    unanswered_since: null,
  }
  const made: MadeUpOrder = { order, lines, events: [], rating: null, customer }
  recordPlaced(made)
  live(made, chance, world)
  if (order.fulfilment === 'delivered' && chance.happens(0.2))
    made.rating = chance.pickSkewed([5, 4, 3, 2, 1])
  return made
}

function makeUpLines(chance: Chance, variants: SeedVariant[]): MadeUpOrder['lines'] {
  const chosen = new Set(
    Array.from({ length: chance.pickSkewed([1, 2, 3, 4]) }, () => chance.pickSkewed(variants)),
  )
  return [...chosen].map(({ id, title, variantTitle, sku, priceMinor }) => {
    const quantity = chance.pickSkewed([1, 1, 2, 3, 4])
    return {
      variantId: id,
      title,
      variantTitle,
      sku,
      unitPriceMinor: priceMinor,
      quantity,
      totalMinor: priceMinor * quantity,
      discountMinor: 0,
    }
  })
}
