import { Api } from 'grammy'
import type { PaymentProvider } from '../shop/payments/provider.ts'
import { cardProvider } from './card-provider.ts'
import { starsProvider } from './stars-provider.ts'
import { telegramFetch } from './telegram-fetch.ts'

const TIMEOUT_SECONDS = 20

/** The ways to pay inside Telegram: Stars always, cards with a provider's token. The token itself stays with the sender of invoices. */
export function telegramProviders(parts: {
  botToken: string
  telegramApiRoot: string
  currency: string
  onlineWindowMs: number
  paymentProviderToken: string | undefined
}): PaymentProvider[] {
  const { botToken, telegramApiRoot: apiRoot, currency, onlineWindowMs: windowMs } = parts
  const api = new Api(botToken, { apiRoot, timeoutSeconds: TIMEOUT_SECONDS, fetch: telegramFetch as never })
  const stars = starsProvider({ api, windowMs })
  return parts.paymentProviderToken ? [stars, cardProvider({ windowMs, currency })] : [stars]
}
