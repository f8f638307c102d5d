import type { LedgerRow } from '../db/ledger.ts'
import { formatMoney, toDecimal } from '../lib/money.ts'
import type { RefundAnswer } from '../shop/payments/provider.ts'
import { type BtcpayClient, BtcpayError } from './client.ts'
import { fromDecimal } from './decimals.ts'
import { type PullPayment, paymentMethods, payouts, pullPayment, pullPayments } from './shapes.ts'

const LOOK_AGAIN_MS = 5 * 60_000

/** What a pull payment says of the refund it was made for, so that a second try finds the first. */
export const REFUND_MARK = /^LittleShop refund (\d+)-\d+$/

function markOf(entry: LedgerRow): string {
  return `LittleShop refund ${entry.id}-${entry.stored_at}`
}

/** Offers the customer the money: a pull payment, which they claim on a page of BTCPay Server. */
export async function refund(
  client: BtcpayClient,
  entry: LedgerRow,
  charge: LedgerRow,
  now: number,
): Promise<RefundAnswer> {
  const store = `/stores/${encodeURIComponent(client.storeId)}`
  try {
    const earlier = await client.get(`${store}/pull-payments?includeArchived=true`, pullPayments)
    const ours = earlier.filter(({ description }) => description === markOf(entry))
    const open = ours.find(({ archived }) => !archived)
    if (open) return offered(open, now)
    for (const { id: reference } of ours) {
      const ended = await checkRefund(client, { ...entry, reference }, now)
      if (ended.kind !== 'refused' || ended.claimed) return ended
    }
    // Further parts of an invoice's money stand in the ledger as <invoice>:<all so far>.
    const [invoiceId = ''] = charge.reference.split(':')
    const path = `${store}/invoices/${encodeURIComponent(invoiceId)}`
    const methods = await client.get(`${path}/payment-methods`, paymentMethods)
    const paidBy = methods.find(({ payments }) => payments.length > 0) ?? methods[0]
    const body = {
      name: `Refund of order #${entry.order_id}`,
      description: markOf(entry),
      refundVariant: 'Custom',
      customAmount: toDecimal(entry.amount_minor, entry.currency),
      customCurrency: entry.currency,
      ...(paidBy && { payoutMethodId: payoutMethodOf(paidBy.paymentMethodId) }),
    }
    return offered(await client.post(`${path}/refund`, body, pullPayment), now)
  } catch (error) {
    if (error instanceof BtcpayError && error.isFinal)
      return { kind: 'refused', reason: error.message, raw: '{}' }
    throw error
  }
}

/** BTCPay Server takes money by LNURL, and pays it out over Lightning alone. */
function payoutMethodOf(paymentMethodId: string): string {
  return paymentMethodId.replace(/-LNURL$/, '-LN')
}

/** Done once all of it was claimed and paid out; refused when somebody ended the offer before. */
export async function checkRefund(
  client: BtcpayClient,
  entry: LedgerRow,
  now: number,
): Promise<RefundAnswer> {
  const path = `/pull-payments/${encodeURIComponent(entry.reference)}`
  const pull = await client.get(path, pullPayment)
  const claims = await client.get(`${path}/payouts?includeCancelled=false`, payouts)
  const raw = JSON.stringify({ pull, claims })
  const paidOut = claims
    .filter(({ state }) => state === 'Completed')
    .reduce((sum, { originalAmount }) => sum + fromDecimal(originalAmount, pull.currency), 0)
  if (paidOut >= entry.amount_minor) return { kind: 'done', reference: pull.id, raw }
  const isUnderWay = claims.some(({ state }) => state !== 'Completed' && state !== 'Cancelled')
  if (pull.archived && !isUnderWay) return ended(entry, { amountMinor: paidOut, reference: pull.id }, raw)
  return { ...offered(pull, now), raw }
}

function ended(
  entry: LedgerRow,
  claimed: { amountMinor: number; reference: string },
  raw: string,
): RefundAnswer {
  const before = 'The offer was ended in BTCPay Server before'
  if (claimed.amountMinor === 0) return { kind: 'refused', reason: `${before} the money was claimed.`, raw }
  const [part, all] = [claimed.amountMinor, entry.amount_minor].map((minor) =>
    formatMoney(minor, entry.currency),
  )
  const reason = `${before} all was claimed: ${part} of ${all} have left. Call this one off, and give the rest back anew.`
  return { kind: 'refused', reason, raw, claimed }
}

function offered(pull: PullPayment, now: number): RefundAnswer {
  const { id: reference, viewLink: link } = pull
  return { kind: 'offered', reference, link, checkAt: now + LOOK_AGAIN_MS, raw: JSON.stringify(pull) }
}
