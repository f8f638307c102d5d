import { ShopError } from '../../lib/shop-error.ts'

const MOST = 1_000_000_000_000

/** Throws a ShopError invalid unless somebody can have seen so much money, in minor units. */
export function checkAmount(amountMinor: number): void {
  if (Number.isSafeInteger(amountMinor) && amountMinor > 0 && amountMinor <= MOST) return
  throw new ShopError('invalid', 'That is no amount of money.', { field: 'amountMinor' })
}
