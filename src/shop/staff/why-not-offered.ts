import type { Reader } from '../../db/database.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import type { Providers } from '../payments/provider.ts'

const SET_UP: Partial<Record<PaymentMethod, string>> = {
  telegram: 'Set PAYMENT_PROVIDER_TOKEN to the payment token from @BotFather, and start the shop again.',
  btcpay: 'Set the BTCPAY_… settings of your BTCPay Server, and start the shop again.',
}

/** What has to be done before customers can pay this way, as a sentence for the owner; undefined when nothing. */
export function whyNotOffered(db: Reader, providers: Providers, kind: PaymentMethod): string | undefined {
  const provider = providers.get(kind)
  return provider ? provider.missing?.(db) : (SET_UP[kind] ?? 'This shop is not set up for it.')
}
