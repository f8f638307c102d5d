import { type Api, GrammyError } from 'grammy'
import { ShopError } from '../lib/shop-error.ts'
import type { PaymentProvider, ProviderEntry, RefundAnswer } from '../shop/payments/provider.ts'
import { readStarsRate, starsFor } from '../shop/payments/stars-rate.ts'
import { orderOfPayload, payerOf } from '../shop/payments/telegram-payload.ts'

const PAGE = 100

type StarTransaction = Awaited<ReturnType<Api['getStarTransactions']>>['transactions'][number]

/** Telegram Stars, for goods that are digital only: Telegram wants no others paid with them. They need no token, only a rate. */
export function starsProvider({ api, windowMs }: { api: Api; windowMs: number }): PaymentProvider {
  return {
    kind: 'stars',
    ledger: 'stars',
    windowMs,
    missing: (db) =>
      readStarsRate(db) === null ? 'Say what 100 Stars count for, and Stars can be taken.' : undefined,
    refuses(db, goods) {
      if (!goods.digitalOnly) return 'Stars pay for digital goods only.'
      return readStarsRate(db) === null ? 'This shop does not take Stars at the moment.' : undefined
    },
    online: {
      kind: 'stars',
      wholeOnly: true,
      quote(db, orderMinor) {
        const rate = readStarsRate(db)
        if (rate === null) throw new ShopError('conflict', 'This shop does not take Stars at the moment.')
        return { amountMinor: starsFor(orderMinor, rate), currency: 'XTR' }
      },
      refund: (_refund, charge) => giveBack(api, payerOf(charge.raw), charge.reference),
      list: (since) => listSince(api, since),
      listsRefunds: true,
    },
  }
}

/** What Telegram refuses is final; what may pass is thrown. Asked again after a crash, it says that it was done. */
async function giveBack(api: Api, userId: number, reference: string): Promise<RefundAnswer> {
  try {
    await api.refundStarPayment(userId, reference)
    return { kind: 'done', reference, raw: '{"ok":true}' }
  } catch (error) {
    if (!(error instanceof GrammyError)) throw new Error('Telegram did not answer')
    const { error_code, description } = error
    const raw = JSON.stringify({ error_code, description })
    if (description.includes('CHARGE_ALREADY_REFUNDED')) return { kind: 'done', reference, raw }
    if (error_code === 400) return { kind: 'refused', reason: description, raw }
    throw new Error(`Telegram: ${error_code} ${description}`)
  }
}

/** Telegram hands out all transactions there ever were, oldest first, a page at a time. */
async function listSince(api: Api, since: number): Promise<ProviderEntry[]> {
  const entries: ProviderEntry[] = []
  for (let offset = 0; ; offset += PAGE) {
    const { transactions } = await api.getStarTransactions({ offset, limit: PAGE })
    entries.push(...transactions.filter((one) => one.date * 1000 >= since).flatMap(toEntry))
    if (transactions.length < PAGE) return entries
  }
}

/** What came from a customer, or went back to one; the shop's own withdrawals are no matter of its orders. */
function toEntry({ id, amount, date, source, receiver }: StarTransaction): ProviderEntry[] {
  const partner = source ?? receiver
  if (partner?.type !== 'user') return []
  return [
    {
      kind: source ? 'charge' : 'refund',
      reference: id,
      amountMinor: amount,
      currency: 'XTR',
      at: date * 1000,
      orderId: orderOfPayload(partner.invoice_payload ?? ''),
      // Presents and the like name no invoice, and pay for no order.
      ...(source &&
        partner.invoice_payload && { paid: { payload: partner.invoice_payload, by: partner.user.id } }),
    },
  ]
}
