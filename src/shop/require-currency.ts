import type { Reader } from '../db/database.ts'
import { newestCurrency } from '../db/orders.ts'
import { ShopError } from '../lib/shop-error.ts'

/**
 * Prices, deliveries, discounts and what Stars count for are bare numbers in the shop's one currency: another would give them a
 * new meaning, and 12.50 euros cost 1,250 yen. Throws a ShopError invalid when the shop's orders are in another.
 */
export function requireCurrency(db: Reader, currency: string): void {
  const fault = currencyFault(newestCurrency(db), currency)
  if (fault) throw new ShopError('invalid', `${fault.found}. ${fault.todo}`)
}

/** What is wrong when the newest order is in `own` and the setting says `currency`, and what to do. */
export function currencyFault(own: string | undefined, currency: string) {
  if (own === undefined || own === currency) return undefined
  return {
    found: `CURRENCY is ${currency}, but this shop's orders are in ${own}, and so are its prices`,
    todo: `Set CURRENCY=${own}; a shop in another currency is a new one, with a DATA_DIR of its own.`,
  }
}
