import type { ProviderEntry } from '../shop/payments/provider.ts'
import type { BtcpayClient } from './client.ts'
import { fromDecimal } from './decimals.ts'
import { hasPayments, readInvoice } from './read-invoice.ts'
import { REFUND_MARK } from './refund.ts'
import { type Invoice, invoices, type PullPayment, paymentMethods, payouts, pullPayments } from './shapes.ts'

const PAGE = 100
/** An invoice can be paid that long after it was made: its window, and the day BTCPay Server watches it. */
const LATE_MS = 2 * 24 * 3_600_000

/** Every charge since then, and every refund that is offered or was paid out, oldest first, as BTCPay Server has them. */
export async function listEntries(
  client: BtcpayClient,
  since: number,
  now: number,
): Promise<ProviderEntry[]> {
  const store = `/stores/${encodeURIComponent(client.storeId)}`
  const entries = [
    ...(await listCharges(client, store, since, now)),
    ...(await listRefunds(client, store, now)),
  ]
  return entries.filter(({ at }) => at >= since).sort((a, b) => a.at - b.at)
}

async function listCharges(
  client: BtcpayClient,
  store: string,
  since: number,
  now: number,
): Promise<ProviderEntry[]> {
  const entries: ProviderEntry[] = []
  const startDate = Math.floor((since - LATE_MS) / 1000)
  for (let skip = 0; ; skip += PAGE) {
    const page = await client.get(
      `${store}/invoices?startDate=${startDate}&skip=${skip}&take=${PAGE}`,
      invoices,
    )
    for (const one of page) entries.push(...(await chargeOf(client, store, one, now)))
    if (page.length < PAGE) return entries
  }
}

async function chargeOf(
  client: BtcpayClient,
  store: string,
  one: Invoice,
  now: number,
): Promise<ProviderEntry[]> {
  if (!hasPayments(one) || (one.status === 'Expired' && one.additionalStatus === 'None')) return []
  const path = `${store}/invoices/${encodeURIComponent(one.id)}/payment-methods`
  const { charge } = readInvoice(one, await client.get(path, paymentMethods), now)
  if (!charge) return []
  const orderId = one.metadata.littleShop ? Number(one.metadata.orderId) || null : null
  return [{ kind: 'charge', reference: one.id, orderId, ...charge }]
}

/** Offers that are open, and those that were paid out; one that was ended before has moved nothing. */
async function listRefunds(client: BtcpayClient, store: string, now: number): Promise<ProviderEntry[]> {
  const pulls = await client.get(`${store}/pull-payments?includeArchived=true`, pullPayments)
  const ours = pulls.filter(({ description }) => REFUND_MARK.test(description ?? ''))
  if (ours.length === 0) return []
  const claims = await client.get(`${store}/payouts?includeCancelled=false`, payouts)
  return ours.flatMap((pull): ProviderEntry[] => {
    const claimed = claims.filter(
      ({ pullPaymentId, state }) => pullPaymentId === pull.id && state !== 'Cancelled',
    )
    const paid = claimed.filter(({ state }) => state === 'Completed')
    const isOver = pull.archived && claimed.length === paid.length
    if (isOver && paid.length === 0) return []
    const { id: reference, currency, amount } = pull
    const entry = { kind: 'refund', reference, currency, orderId: null } as const
    // An offer has no date; it is as new as today until it is paid out.
    if (paid.length === 0)
      return [{ ...entry, amountMinor: fromDecimal(amount, currency), at: now, ...offerOf(pull) }]
    const at = Math.max(...paid.map(({ date }) => date)) * 1000
    // What an offer that was ended early did not pay out, it never will.
    const amountMinor = isOver ? sumOf(paid, currency) : fromDecimal(amount, currency)
    return [{ ...entry, amountMinor, at }]
  })
}

function offerOf({ description }: PullPayment): { offerOf: number } {
  return { offerOf: Number(REFUND_MARK.exec(description ?? '')?.[1]) }
}

function sumOf(paid: { originalAmount: string }[], currency: string): number {
  return paid.reduce((sum, { originalAmount }) => sum + fromDecimal(originalAmount, currency), 0)
}
