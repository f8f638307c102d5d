import type { LookedAt } from '../shop/payments/provider.ts'
import { convert, fromDecimal } from './decimals.ts'
import type { Invoice, Payment, PaymentMethods } from './shapes.ts'

const MINUTE_MS = 60_000
const SOON_MS = MINUTE_MS
/** Late money is common, a second payment to a paid invoice is not. */
const LATER_MS = { Expired: 10 * MINUTE_MS, Settled: 60 * MINUTE_MS, Invalid: 60 * MINUTE_MS }
/** Its clock and ours may differ. */
const CLOCK_MARGIN_MS = 120 * MINUTE_MS

/** Whether there is anything about payments to be asked beyond the invoice itself. */
export function hasPayments(invoice: Invoice): boolean {
  return invoice.status !== 'New' || invoice.additionalStatus !== 'None'
}

/**
 * What an invoice of BTCPay Server means for the shop. The one source of amounts are its payments that are settled, at the
 * rate the invoice was made with; its own `paidAmount` counts what may still vanish, and older servers do not have it.
 */
export function readInvoice(invoice: Invoice, methods: PaymentMethods, now: number): LookedAt {
  const payments = methods.flatMap((method) => method.payments)
  const isPending = payments.some(({ status }) => status === 'Processing')
  const amountMinor = cameIn(invoice, methods)
  const at = Math.max(invoice.createdTime, ...payments.map(({ receivedDate }) => receivedDate)) * 1000
  const partMinor = invoice.status === 'New' ? seenOf(invoice, methods) : 0
  const { littleShop: requestKey } = invoice.metadata
  return {
    ...stateOf(invoice, amountMinor),
    checkAt: nextLook(invoice, isPending, now),
    raw: JSON.stringify({ invoice, methods }),
    ...(requestKey && { requestKey }),
    ...(partMinor > 0 && { partMinor }),
    ...(amountMinor > 0 && { charge: { amountMinor, currency: invoice.currency, at } }),
  }
}

const STATES: Record<Invoice['status'], (invoice: Invoice) => Pick<LookedAt, 'state' | 'reason'>> = {
  New: () => ({ state: 'open' }),
  Processing: () => ({ state: 'seen' }),
  Settled: () => ({ state: 'paid' }),
  Expired: () => ({ state: 'over' }),
  Invalid: ({ additionalStatus }) => ({
    state: 'failed',
    reason:
      additionalStatus === 'Marked'
        ? 'The payment was marked as invalid in BTCPay Server.'
        : 'The payment was never confirmed.',
  }),
}

/** Where a part has arrived nothing failed: the invoice is over, and the shop has money to decide about. */
function stateOf(invoice: Invoice, amountMinor: number): Pick<LookedAt, 'state' | 'reason'> {
  return invoice.status === 'Invalid' && amountMinor > 0 ? { state: 'over' } : STATES[invoice.status](invoice)
}

/**
 * What has safely arrived. A settled invoice has all it asked for, because BTCPay Server says so: within the store's
 * tolerance, or by the hand of the person who marked it. One that expired, or of which a payment was never confirmed, has
 * what was paid; one that a person marked as invalid has nothing.
 */
function cameIn({ status, additionalStatus, amount, currency }: Invoice, methods: PaymentMethods): number {
  if (status === 'New' || status === 'Processing') return 0
  if (status === 'Invalid' && additionalStatus === 'Marked') return 0
  const paid = convert(methods.flatMap(settledOf), currency)
  return status === 'Settled' ? Math.max(fromDecimal(amount, currency), paid) : paid
}

/** What has been paid so far, confirmed or not. */
function seenOf({ currency }: Invoice, methods: PaymentMethods): number {
  return convert(
    methods.flatMap((method) => paymentsOf(method, ['Settled', 'Processing'])),
    currency,
  )
}

function settledOf(method: PaymentMethods[number]) {
  return paymentsOf(method, ['Settled'])
}

function paymentsOf({ rate, payments }: PaymentMethods[number], states: Payment['status'][]) {
  return payments
    .filter(({ status }) => states.includes(status))
    .map(({ value, fee }) => ({ rate, value, fee }))
}

/** Also a paid or expired invoice can still be paid, until BTCPay Server no longer watches for it. */
function nextLook(invoice: Invoice, isPending: boolean, now: number): number | null {
  if (invoice.status === 'New' || invoice.status === 'Processing' || isPending) return now + SOON_MS
  const isWatched = now < invoice.monitoringExpiration * 1000 + CLOCK_MARGIN_MS
  return isWatched ? now + LATER_MS[invoice.status] : null
}
