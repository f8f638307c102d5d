import type { Reader } from '../../db/database.ts'
import type { LedgerRow } from '../../db/ledger.ts'
import type { PaymentRequestRow } from '../../db/payment-requests.ts'
import type { LedgerProvider, OnlineProvider, PaymentMethod } from '../../db/schema.ts'

/** What is bought, as far as it decides how it can be paid. */
export interface Goods {
  digitalOnly: boolean
  totalMinor: number
  currency: string
}

/** An amount as a provider asks for it, in minor units of its own currency (Stars have none below one). */
export interface Quote {
  amountMinor: number
  currency: string
}

/** A way to pay. Everything below the interface's first lines is there only where money moves without anybody's hands. */
export interface PaymentProvider {
  kind: PaymentMethod
  /** What its entries are called in the ledger. */
  ledger: LedgerProvider
  /** How long an order waits for the money, in ms; null for what is paid when the goods are handed over. */
  windowMs: number | null
  /** What the owner must do before it can be switched on, as a sentence; undefined when nothing. */
  missing?(db: Reader): string | undefined
  /** Why these goods cannot be paid this way, as a sentence for the customer; undefined when they can. */
  refuses?(db: Reader, goods: Goods): string | undefined
  online?: OnlineProviderParts
}

/**
 * What a provider does that has to be waited for. Each call throws a ShopError where the provider has refused for good, and
 * anything else when it could not be asked: then the same call is made again. No error and no `raw` holds a secret.
 */
export interface OnlineProviderParts {
  kind: OnlineProvider
  /** What to ask for so much of the order's currency. */
  quote(db: Reader, orderMinor: number, currency: string): Quote
  /**
   * Makes what is to be paid, or finds what was made for this very request before. Absent where the chat itself carries the
   * invoice, which is then sent as a notice.
   */
  create?(request: PaymentRequestRow): Promise<CreatedRequest>
  /** What has become of it, as the provider itself sees it now. */
  look?(reference: string): Promise<LookedAt>
  /**
   * Gives money back, or finds what was begun for this very refund (its id) before: repeating it is harmless. Absent: somebody
   * of the shop does it at the provider's own page. `wholeOnly` charges cannot be given back in part.
   */
  refund?(refund: LedgerRow, charge: LedgerRow): Promise<RefundAnswer>
  wholeOnly?: boolean
  /** Whether the customer has claimed a refund that was `offered` (its `reference` is the provider's). */
  checkRefund?(refund: LedgerRow, charge: LedgerRow): Promise<RefundAnswer>
  /** Every charge and refund the provider knows of since then, oldest first, for the daily check of the books. */
  list?(since: number): Promise<ProviderEntry[]>
  /** Whether that list holds refunds, too; without, only charges are compared. */
  listsRefunds?: boolean
}

/** What a provider keeps of the request it made something for; the shop's file may have been set back meanwhile. */
export function requestKeyOf({ id, created_at: createdAt }: PaymentRequestRow): string {
  return `${id}-${createdAt}`
}

export interface CreatedRequest {
  reference: string
  /** Where the customer pays. */
  link: string
  expiresAt: number
}

/**
 * A request as its provider sees it. `charge` is money that has really arrived, all of it so far; what came since the last
 * look becomes a ledger row of its own, `<reference>` the first and `<reference>:<all so far>` each further one.
 */
export interface LookedAt {
  state: 'open' | 'seen' | 'paid' | 'over' | 'failed'
  charge?: { amountMinor: number; currency: string; at: number }
  /** A part of what was asked for that has been seen while the rest can still be paid, in the request's minor units. */
  partMinor?: number
  /** The key of the request it was made for, where it names one. */
  requestKey?: string
  /** Why it failed, in words for the shop. */
  reason?: string
  /** When it is worth looking again, ms since 1970; null when nothing more can come of it. */
  checkAt: number | null
  raw: string
}

/**
 * What a provider said to a refund. A refusal is final, but for what was `claimed` before; what may pass is thrown instead. The same refund is asked for
 * again after a crash, with the same row: a provider must find out whether it gave the money back already.
 */
export type RefundAnswer =
  | { kind: 'done'; reference?: string; raw: string }
  | { kind: 'offered'; reference: string; link: string; checkAt: number; raw: string }
  | { kind: 'refused'; reason: string; raw: string; claimed?: { amountMinor: number; reference: string } }

export interface ProviderEntry {
  kind: 'charge' | 'refund'
  /** As in the ledger. A charge that came in parts is one entry here: the sum of the rows `<reference>` and `<reference>:…`. */
  reference: string
  amountMinor: number
  currency: string
  at: number
  /** The order it names itself, where it does. */
  orderId: number | null
  /** Of an offer that nobody has claimed: the refund it was made for. It has no date, `at` is now. */
  offerOf?: number
  /** Of a payment inside Telegram: what its news would say besides, so that it can be taken in when that was lost. */
  paid?: { payload: string; by: number }
}

export type Providers = ReadonlyMap<PaymentMethod, PaymentProvider>

const CASH: PaymentProvider = {
  kind: 'cash_on_delivery',
  ledger: 'cash',
  windowMs: null,
  refuses: (_db, { digitalOnly }) =>
    digitalOnly ? 'There is nothing to hand over, and so no moment to pay in cash.' : undefined,
}

/** The ways to pay that need nobody else: cash or card on delivery, and a bank transfer within `transferWindowMs`. */
export function providersByHand(transferWindowMs: number): PaymentProvider[] {
  return [CASH, { kind: 'bank_transfer', ledger: 'transfer', windowMs: transferWindowMs }]
}

/**
 * How long an order that is to be paid this way waits for its money, in ms. While the way is not set up any more, as long as
 * for a transfer: there must be time to choose another.
 */
export function windowOf(providers: Providers, method: PaymentMethod): number {
  return (providers.get(method) ?? providers.get('bank_transfer'))?.windowMs ?? 0
}

/** The providers by their kind. */
export function providersOf(...all: PaymentProvider[]): Providers {
  return new Map(all.map((provider) => [provider.kind, provider]))
}
