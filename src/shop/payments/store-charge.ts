import { addEntry, findEntryByReference } from '../../db/ledger.ts'
import { findOrder } from '../../db/orders.ts'
import type { LedgerProvider } from '../../db/schema.ts'
import type { Shop, Work } from '../work.ts'
import { applyCharge } from './apply-charge.ts'

/** Money that came in, as a provider told it. */
export interface IncomingCharge {
  provider: LedgerProvider
  /** What the provider calls it; the same charge told twice is one charge. */
  reference: string
  /** The order it names, whether or not there is one. */
  orderId: number | null
  personId: number | null
  amountMinor: number
  currency: string
  /** What it is worth in the order's currency; 0 when that cannot be told. */
  orderMinor: number
  /** When it was paid, by the provider's clock. */
  at: number
  /** What the provider said, as it said it. */
  raw: string
}

/**
 * Takes money in: stores the charge in a transaction of its own, then applies it in a second one, so that no fault in what
 * follows can lose it. What a crash leaves between the two is applied by the job "apply stored charges". Returns the
 * charge's id in the ledger; the same charge again changes nothing.
 */
export function takeCharge(shop: Shop, charge: IncomingCharge): number {
  const id = shop.write((work) => storeCharge(work, charge))
  shop.write((work) => applyCharge(work, id))
  return id
}

/** Stores a charge as received. Returns its id in the ledger, also when it was stored before. */
export function storeCharge(work: Work, charge: IncomingCharge): number {
  const { provider, reference } = charge
  const known = findEntryByReference(work.tx, { kind: 'charge', provider, reference })
  if (known) return known.id
  const order = charge.orderId === null ? undefined : findOrder(work.tx, charge.orderId)
  const id = addEntry(work.tx, {
    ...charge,
    kind: 'charge',
    chargeId: null,
    orderId: order?.id ?? null,
    state: 'received',
    reason: null,
    now: work.now,
    checkAt: null,
  })
  if (id === undefined) throw new Error(`charge ${provider} ${reference} vanished inside its own transaction`)
  return id
}
