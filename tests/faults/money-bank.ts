import type { LedgerRow } from '../../src/db/ledger.ts'
import type { OnlineProvider } from '../../src/db/schema.ts'
import type { LookedAt, PaymentProvider, RefundAnswer } from '../../src/shop/payments/provider.ts'
import type { Coin } from './money-model.ts'
import type { Random } from './random.ts'

const HOUR_MS = 3_600_000
/** Stars cost two cents each. */
const STAR_MINOR = 2

/** An invoice at the provider with a page of its own. */
export interface Invoice {
  order: number
  amount: number
  paid: number
  /** How much of that the shop has heard of. */
  told: number
  /** Money is on its way, or never will be. */
  mood: 'waits' | 'seen' | 'invalid'
}

/** What the payment providers really hold, whatever the shop believes: the truth of the test. */
export interface Bank {
  /** All that was ever paid, by provider and reference. */
  took: Map<string, Coin>
  /** What went back, by the shop's refund: one answer for each, however often it is asked for. */
  gave: Map<number, { charge: string; amount: number; claimed: boolean }>
  invoices: Map<string, Invoice>
  /** How often a call fails for the time being, and how often a refund is refused for good. */
  luck: { fails: number; refuses: number }
}

export function openBank(): Bank {
  return { took: new Map(), gave: new Map(), invoices: new Map(), luck: { fails: 0.2, refuses: 0.2 } }
}

/** Three ways to pay online: an invoice in the chat without and with refunds, and a provider with a page and claims. */
export function fakeProviders(bank: Bank, random: Random, windowMs: number): PaymentProvider[] {
  const online = (kind: OnlineProvider) => ({ kind, ledger: kind, windowMs })
  const quote = (_: unknown, amountMinor: number, currency: string) => ({ amountMinor, currency })
  const stars = (_: unknown, minor: number) => ({
    amountMinor: Math.ceil(minor / STAR_MINOR),
    currency: 'XTR',
  })
  const refund = (row: LedgerRow, charge: LedgerRow) => giveBack(bank, random, row, charge)
  return [
    { ...online('telegram'), online: { kind: 'telegram', quote } },
    { ...online('stars'), online: { kind: 'stars', quote: stars, refund, wholeOnly: true } },
    {
      ...online('btcpay'),
      online: {
        kind: 'btcpay',
        quote,
        async create({ id, order_id: order, amount_minor: amount, expires_at: expiresAt }) {
          mayFail(bank, random)
          const reference = `inv-${id}`
          // Asked again for the same request, it is the same invoice.
          if (!bank.invoices.has(reference))
            bank.invoices.set(reference, { order, amount, paid: 0, told: 0, mood: 'waits' })
          return { reference, link: `https://pay.example/${reference}`, expiresAt }
        },
        async look(reference) {
          mayFail(bank, random)
          return lookedAt(bank.invoices.get(reference))
        },
        refund,
        async checkRefund(row) {
          mayFail(bank, random)
          return bank.gave.get(row.id)?.claimed ? { kind: 'done', raw: '{}' } : offered(row)
        },
      },
    },
  ]
}

function lookedAt(invoice: Invoice | undefined): LookedAt {
  if (!invoice) throw new Error('there is no such invoice')
  const { paid, amount, mood } = invoice
  const unpaid = { waits: 'open', seen: 'seen', invalid: 'failed' } as const
  return {
    state: paid >= amount ? 'paid' : unpaid[mood],
    ...(paid > 0 && { charge: { amountMinor: paid, currency: 'EUR', at: 0 } }),
    checkAt: 0,
    raw: '{}',
  }
}

async function giveBack(
  bank: Bank,
  random: Random,
  row: LedgerRow,
  charge: LedgerRow,
): Promise<RefundAnswer> {
  mayFail(bank, random)
  if (!bank.gave.has(row.id)) {
    if (random.chance(bank.luck.refuses))
      return { kind: 'refused', reason: 'There is not enough left.', raw: '{}' }
    const claimed = row.provider === 'stars'
    const of = `${charge.provider} ${charge.reference}`
    bank.gave.set(row.id, { charge: of, amount: row.amount_minor, claimed })
    // It was done, but the answer is lost on its way.
    mayFail(bank, random)
  }
  return row.provider === 'stars' ? { kind: 'done', raw: '{}' } : offered(row)
}

function offered(row: LedgerRow): RefundAnswer {
  const link = `https://pay.example/claim/${row.id}`
  return { kind: 'offered', reference: `pull-${row.id}`, link, checkAt: row.updated_at + HOUR_MS, raw: '{}' }
}

function mayFail({ luck }: Bank, random: Random): void {
  if (random.chance(luck.fails)) throw new Error('the provider could not be reached')
}
