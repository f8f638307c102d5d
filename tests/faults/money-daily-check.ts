import { listDifferences } from '../../src/db/books.ts'
import { askForCheck, checkBooks } from '../../src/shop/payments/books/check-books.ts'
import type { PaymentProvider, ProviderEntry } from '../../src/shop/payments/provider.ts'
import type { Bank } from './money-bank.ts'
import type { MoneyWorld } from './money-world.ts'

/** What only waits for somebody is no fault of the books. */
const WAITS = [
  'money_without_order',
  'money_undecided',
  'refund_waits',
  'refund_unclaimed',
  'cash_not_collected',
]

/** What the shop's own check of its books finds, the providers' lists included, in words. */
export async function findBookDifferences({ shop, bank, model }: MoneyWorld): Promise<string[]> {
  // Past the hour for which a provider's clock may be wrong.
  shop.clock.advance(2 * 3_600_000)
  const providers = new Map([...shop.providers].map(([kind, one]) => [kind, listing(one, bank)]))
  shop.write((work) => askForCheck(work))
  await checkBooks({ ...shop, providers })
  return (
    listDifferences(shop.db, 100)
      .filter(({ kind }) => !WAITS.includes(kind))
      // Whose payment the owner took back after the goods had left: rightly on the page.
      .filter((row) => row.kind !== 'order_without_money' || !model.orders.get(row.order_id ?? 0)?.word)
      .map(({ kind, words }) => `the books: ${kind}: ${words}`)
  )
}

/** The provider with a list of all it took; what was paid in parts for one thing is one entry there. */
function listing(provider: PaymentProvider, bank: Bank): PaymentProvider {
  const { online } = provider
  if (!online) return provider
  const list = async () => {
    const taken = [...bank.took.values()].filter((coin) => coin.provider === online.kind)
    const byThing = Map.groupBy(taken, ({ reference }) => reference.split(':')[0] ?? reference)
    return [...byThing].map(([reference, coins]) => entryOf(reference, coins))
  }
  return { ...provider, online: { ...online, list } }
}

function entryOf(reference: string, coins: { amount: number; currency: string }[]): ProviderEntry {
  const amountMinor = coins.reduce((sum, { amount }) => sum + amount, 0)
  const currency = coins[0]?.currency ?? ''
  return { kind: 'charge', reference, amountMinor, currency, at: 0, orderId: null }
}
