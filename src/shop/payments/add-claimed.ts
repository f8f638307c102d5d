import { addEntry, findEntry, type LedgerRow } from '../../db/ledger.ts'
import type { Work } from '../work.ts'

/** Puts the part of an offered refund that was claimed before the offer ended into the ledger, and returns it. */
export function addClaimed(
  work: Work,
  offer: LedgerRow,
  { amountMinor, reference }: { amountMinor: number; reference: string },
): LedgerRow {
  const share = (BigInt(offer.order_minor) * BigInt(amountMinor)) / BigInt(offer.amount_minor)
  const id = addEntry(work.tx, {
    kind: 'refund',
    provider: offer.provider,
    reference,
    chargeId: offer.charge_id,
    orderId: offer.order_id,
    personId: offer.person_id,
    amountMinor,
    currency: offer.currency,
    orderMinor: Number(share),
    state: 'offered',
    reason: offer.reason,
    raw: '{}',
    at: offer.at,
    now: work.now,
    checkAt: null,
  })
  const claimed = id === undefined ? undefined : findEntry(work.tx, id)
  if (!claimed) throw new Error(`what was claimed of refund ${offer.id} stands in the ledger already`)
  return claimed
}
