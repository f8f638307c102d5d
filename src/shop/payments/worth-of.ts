/** What was asked for: an amount in its own currency, and what of the order it pays for. */
export interface Asked {
  amount_minor: number
  currency: string
  order_minor: number
}

/**
 * What came, in the order's currency: all that was asked for, or its share of that; 0 in another currency. Exact, because with
 * large amounts a rounded product would be a unit short of what was paid in full.
 */
export function worthOf(asked: Asked, came: { amountMinor: number; currency: string }): number {
  if (came.currency !== asked.currency) return 0
  return Number((BigInt(came.amountMinor) * BigInt(asked.order_minor)) / BigInt(asked.amount_minor))
}
