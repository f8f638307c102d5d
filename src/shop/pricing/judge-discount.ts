import type { DiscountCodeRow } from '../../db/discounts.ts'
import { formatMoney } from '../../lib/money.ts'
import { priceCart } from './price-cart.ts'

/** What decides whether a discount code counts for an order, beside the code itself. */
export interface DiscountFacts {
  now: number
  currency: string
  timezone: string
  itemsMinor: number
  deliveryMinor: number
  /** How many other orders of the same customer hold the code. */
  usesOfPerson: number
}

/** Why the code takes nothing off now, as a sentence for the customer; undefined when it does. */
export function refusalOf(code: DiscountCodeRow, facts: DiscountFacts): string | undefined {
  const { now, itemsMinor } = facts
  const name = `The code ${code.code}`
  if (code.starts_at !== null && now < code.starts_at) {
    return `${name} works from ${dayOf(code.starts_at, facts.timezone)} on.`
  }
  if (code.active === 0 || (code.ends_at !== null && now >= code.ends_at)) return `${name} is over.`
  if (code.total_uses !== null && code.used >= code.total_uses) return `${name} has been used up.`
  if (code.per_customer !== null && facts.usesOfPerson >= code.per_customer) {
    return `You have used the code ${code.code} already.`
  }
  if (itemsMinor < code.minimum_minor) return tooLittle(code, facts)
  if (worthOf(code, facts) > 0) return undefined
  return code.kind === 'free_delivery'
    ? `${name} makes delivery free, and here it costs nothing already.`
    : `${name} takes nothing off an order this small.`
}

function worthOf({ kind, value }: DiscountCodeRow, { itemsMinor, deliveryMinor }: DiscountFacts): number {
  const lines = [{ unitPriceMinor: itemsMinor, quantity: 1, taxRate: null }]
  return priceCart({ lines, deliveryMinor, deliveryTaxRate: null, discount: { kind, value } }).discountMinor
}

function tooLittle(code: DiscountCodeRow, { itemsMinor, currency }: DiscountFacts): string {
  const minimum = formatMoney(code.minimum_minor, currency)
  const missing = formatMoney(code.minimum_minor - itemsMinor, currency)
  return `The code ${code.code} works from ${minimum} on: ${missing} more in your cart, and it counts.`
}

function dayOf(at: number, timezone: string): string {
  return new Intl.DateTimeFormat('en', {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: timezone,
  }).format(at)
}
