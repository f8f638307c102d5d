import type { FoundDifference } from '../../../db/books.ts'
import type { LedgerRow } from '../../../db/ledger.ts'
import type { OrderRow } from '../../../db/orders.ts'
import { formatMoney } from '../../../lib/money.ts'

/** The source of what the shop finds in its own books; the others are the providers. */
export const INSIDE = 'inside'

/** What does not fit about an order. `mark` tells this finding from another one about the same order. */
export function aboutOrder(
  order: OrderRow,
  found: { kind: string; words: string; mark?: string },
): FoundDifference {
  const { kind, words, mark } = found
  const key = [INSIDE, kind, order.id, ...(mark === undefined ? [] : [mark])].join(':')
  return { key, kind, words, orderId: order.id, ledgerId: null, provider: null }
}

/** What does not fit about an entry of the ledger. */
export function aboutEntry(entry: LedgerRow, found: { kind: string; words: string }): FoundDifference {
  const { kind, words } = found
  const key = `${INSIDE}:${kind}:entry-${entry.id}`
  return { key, kind, words, orderId: entry.order_id, ledgerId: entry.id, provider: entry.provider }
}

/** An entry's own amount, as people write it. */
export function amountOf(entry: { amount_minor: number; currency: string }): string {
  return formatMoney(entry.amount_minor, entry.currency)
}
