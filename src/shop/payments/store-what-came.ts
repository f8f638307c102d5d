import { sumChargesUnder } from '../../db/ledger.ts'
import { findOrder } from '../../db/orders.ts'
import type { PaymentRequestRow } from '../../db/payment-requests.ts'
import type { OnlineProvider } from '../../db/schema.ts'
import type { Work } from '../work.ts'
import type { LookedAt } from './provider.ts'
import { storeCharge } from './store-charge.ts'
import { worthOf } from './worth-of.ts'

interface Asked {
  provider: OnlineProvider
  reference: string
  /** Undefined for what the shop never asked for. */
  request: PaymentRequestRow | undefined
}

/**
 * Stores what has come since the last look as a charge of its own, because money in the ledger never changes. Returns its id,
 * or undefined when nothing has come.
 */
export function storeWhatCame(work: Work, asked: Asked, { charge, raw }: LookedAt): number | undefined {
  if (!charge) return undefined
  const { provider, reference, request } = asked
  const before = sumChargesUnder(work.tx, provider, reference)
  const amountMinor = charge.amountMinor - before
  if (amountMinor <= 0) return undefined
  const { currency, at } = charge
  return storeCharge(work, {
    provider,
    reference: before === 0 ? reference : `${reference}:${charge.amountMinor}`,
    orderId: request?.order_id ?? null,
    personId: request ? (findOrder(work.tx, request.order_id)?.person_id ?? null) : null,
    amountMinor,
    currency,
    orderMinor: request ? worthOf(request, { amountMinor, currency }) : 0,
    at,
    raw,
  })
}
