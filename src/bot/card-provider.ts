import { currencyExponent } from '../lib/money.ts'
import type { PaymentProvider } from '../shop/payments/provider.ts'

/** Currencies that have no decimals in Telegram's list, core.telegram.org/bots/payments/currencies.json. */
const WITHOUT_DECIMALS = ['CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'UGX', 'VND']

/**
 * Cards and wallets inside Telegram, through the payment provider behind a token from @BotFather. Telegram has no call that gives
 * such money back: somebody does that at the provider's own page.
 */
export function cardProvider({
  windowMs,
  currency,
}: {
  windowMs: number
  currency: string
}): PaymentProvider {
  return {
    kind: 'telegram',
    ledger: 'telegram',
    windowMs,
    missing: () =>
      countsAlike(currency) ? undefined : `Telegram counts ${currency} otherwise than this shop does.`,
    refuses: (_db, goods) => (goods.digitalOnly ? 'Telegram takes only Stars for digital goods.' : undefined),
    online: {
      kind: 'telegram',
      quote: (_db, amountMinor, own) => ({ amountMinor, currency: own }),
    },
  }
}

/** Whether an amount in minor units means the same to Telegram; one decimal more would be ten times the price. */
function countsAlike(currency: string): boolean {
  const decimals = currencyExponent(currency)
  return decimals === 0 ? WITHOUT_DECIMALS.includes(currency) : !WITHOUT_DECIMALS.includes(currency)
}
