import {
  addEntry,
  findEntry,
  findEntryByReference,
  type LedgerRow,
  listRefundsOfCharge,
} from '../../db/ledger.ts'
import { SYSTEM, type Work } from '../work.ts'
import { announceGivenBack } from './announce-money-matter.ts'
import { finishRefund } from './finish-refund.ts'

/** A note in the chat that a payment went back to its customer. */
export interface GivenBack {
  currency: string
  total_amount: number
  telegram_payment_charge_id: string
}

/**
 * Brings the ledger in line with what Telegram says it gave back: the refund we asked for is done; one that nobody here asked for
 * is written down, and the owner told. Told again, it changes nothing.
 */
export function noteGivenBack(work: Work, given: GivenBack, at: number): void {
  const provider = given.currency === 'XTR' ? 'stars' : 'telegram'
  const reference = given.telegram_payment_charge_id
  const charge = findEntryByReference(work.tx, { kind: 'charge', provider, reference })
  // Money that never came in here is a matter of the daily check.
  if (!charge) return
  const asked = listRefundsOfCharge(work.tx, charge.id).filter((refund) => refund.state !== 'void')
  if (asked.some((refund) => refund.state === 'done')) return
  const ours = asked.at(-1)
  const refund = ours ?? addGivenBack(work, charge, given, at)
  finishRefund(work, refund, { raw: JSON.stringify(given), reference, actor: SYSTEM })
  if (!ours) announceGivenBack(work, refund)
}

function addGivenBack(work: Work, charge: LedgerRow, given: GivenBack, at: number): LedgerRow {
  const id = addEntry(work.tx, {
    kind: 'refund',
    provider: charge.provider,
    reference: charge.reference,
    chargeId: charge.id,
    orderId: charge.order_id,
    personId: charge.person_id,
    amountMinor: given.total_amount,
    currency: given.currency,
    orderMinor: charge.order_minor,
    state: 'wanted',
    reason: null,
    raw: JSON.stringify(given),
    at,
    now: work.now,
    checkAt: null,
  })
  const refund = id === undefined ? undefined : findEntry(work.tx, id)
  if (!refund) throw new Error(`a refund of charge ${charge.id} vanished inside its own transaction`)
  return refund
}
