import type { Transformer } from 'grammy'

/**
 * Puts the payment provider's token into invoices on their way out, and nowhere else: errors of a call carry what it was asked
 * with, and so never hold it. Stars need none.
 */
export function addProviderToken(provider_token: string): Transformer {
  return (call, method, payload, signal) => {
    const { currency } = payload as { currency?: string }
    if (method !== 'sendInvoice' || currency === 'XTR') return call(method, payload, signal)
    return call(method, { ...payload, provider_token }, signal)
  }
}
