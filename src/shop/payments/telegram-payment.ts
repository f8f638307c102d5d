import { findEntryByReference } from '../../db/ledger.ts'
import { findRequestByPayload } from '../../db/payment-requests.ts'
import { findPersonByTelegramId } from '../../db/people.ts'
import type { Shop } from '../work.ts'
import { takeCharge } from './store-charge.ts'
import { worthOf } from './worth-of.ts'

/** A payment as Telegram tells of it, in a message of its own. */
export interface TelegramPayment {
  currency: string
  total_amount: number
  invoice_payload: string
  telegram_payment_charge_id: string
  provider_payment_charge_id: string
}

/**
 * Takes in money that a customer paid inside Telegram, once, however often Telegram tells of it. `at` is when it was paid. Returns
 * the order it is for; undefined when nobody knows.
 */
export function takeTelegramPayment(
  shop: Shop,
  paid: { payment: TelegramPayment; from: number; at: number },
): number | undefined {
  const { payment, from, at } = paid
  const request = findRequestByPayload(shop.db, payment.invoice_payload)
  const provider = payment.currency === 'XTR' ? 'stars' : 'telegram'
  const reference = payment.telegram_payment_charge_id
  const came = { amountMinor: payment.total_amount, currency: payment.currency }
  takeCharge(shop, {
    provider,
    reference,
    orderId: request?.order_id ?? null,
    personId: findPersonByTelegramId(shop.db, from)?.id ?? null,
    ...came,
    orderMinor: request ? worthOf(request, came) : 0,
    at,
    raw: JSON.stringify({ ...payment, paid_by: from }),
  })
  return findEntryByReference(shop.db, { kind: 'charge', provider, reference })?.order_id ?? undefined
}
