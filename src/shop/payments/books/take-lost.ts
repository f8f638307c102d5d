import { changePaymentRequest, findRequestByReference } from '../../../db/payment-requests.ts'
import type { OnlineProvider } from '../../../db/schema.ts'
import type { Shop } from '../../work.ts'
import type { ProviderEntry } from '../provider.ts'
import { takeTelegramPayment } from '../telegram-payment.ts'

/** A payment that only its provider knows: news of it was lost. */
export interface LostPayment {
  provider: OnlineProvider
  entry: ProviderEntry
}

/**
 * Takes in a lost payment the way its news would have come: from Telegram as a payment, elsewhere by asking again what has
 * become of the request. It may fit the order or wait for a decision; the news itself, come late, changes nothing more.
 */
export function takeLost(shop: Shop, { provider, entry }: LostPayment): void {
  const { reference, currency, amountMinor, at, paid } = entry
  if (paid) {
    const payment = {
      currency,
      total_amount: amountMinor,
      invoice_payload: paid.payload,
      telegram_payment_charge_id: reference,
      provider_payment_charge_id: '',
    }
    takeTelegramPayment(shop, { payment, from: paid.by, at })
    return
  }
  shop.write(({ tx, now }) => {
    const request = findRequestByReference(tx, provider, reference)
    if (request) changePaymentRequest(tx, request, { checkAt: now, attempts: 0, now })
  })
}
