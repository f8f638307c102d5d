import type { PaymentRequestRow } from '../db/payment-requests.ts'
import type { Clock } from '../lib/clock.ts'
import { toDecimal } from '../lib/money.ts'
import { ShopError } from '../lib/shop-error.ts'
import {
  type CreatedRequest,
  type LookedAt,
  type PaymentProvider,
  requestKeyOf,
} from '../shop/payments/provider.ts'
import { type BtcpayClient, BtcpayError, type BtcpaySettings, createBtcpayClient } from './client.ts'
import { listEntries } from './list-entries.ts'
import { hasPayments, readInvoice } from './read-invoice.ts'
import { checkRefund, refund } from './refund.ts'
import { type Invoice, invoice, invoices, paymentMethods } from './shapes.ts'

const MINUTE_MS = 60_000
const MONITORING_MINUTES = 24 * 60

export interface BtcpayParts {
  settings: BtcpaySettings
  clock: Clock
  windowMs: number
  /** Where the customer goes back to after paying. */
  chatLink(): string
}

/** Bitcoin, by way of the shop's own store in a BTCPay Server. */
export function createBtcpayProvider({ settings, clock, windowMs, chatLink }: BtcpayParts): PaymentProvider {
  const client = createBtcpayClient(settings, clock)
  return {
    kind: 'btcpay',
    ledger: 'btcpay',
    windowMs,
    online: {
      kind: 'btcpay',
      quote: (_db, amountMinor, currency) => ({ amountMinor, currency }),
      create: (request) => create(client, request, { now: clock.now(), redirectURL: chatLink() }),
      look: (reference) => look(client, reference, clock.now()),
      refund: (entry, charge) => refund(client, entry, charge, clock.now()),
      checkRefund: (entry) => checkRefund(client, entry, clock.now()),
      listsRefunds: true,
      list: (since) => listEntries(client, since, clock.now()),
    },
  }
}

/** Makes an invoice, unless there is one for this request: then the answer to an earlier try was lost. */
async function create(
  client: BtcpayClient,
  request: PaymentRequestRow,
  { now, redirectURL }: { now: number; redirectURL: string },
): Promise<CreatedRequest> {
  const path = invoicesPath(client)
  const key = requestKeyOf(request)
  const minutes = Math.floor((request.expires_at - now) / MINUTE_MS)
  try {
    const made = await client.get(`${path}?orderId=${request.order_id}`, invoices)
    const found = made.find(({ metadata }) => metadata.littleShop === key)
    if (found) return created(client, found, request)
    if (minutes < 1) throw new ShopError('conflict', 'The time to pay is over.')
    const body = {
      amount: toDecimal(request.amount_minor, request.currency),
      currency: request.currency,
      metadata: {
        orderId: String(request.order_id),
        itemDesc: `Order #${request.order_id}`,
        littleShop: key,
      },
      checkout: {
        expirationMinutes: minutes,
        monitoringMinutes: MONITORING_MINUTES,
        redirectAutomatically: false,
        redirectURL,
      },
    }
    return created(client, await client.post(path, body, invoice), request)
  } catch (error) {
    if (error instanceof BtcpayError && error.isFinal) throw new ShopError('conflict', error.message)
    throw error
  }
}

function created(client: BtcpayClient, made: Invoice, request: PaymentRequestRow): CreatedRequest {
  checkStore(client, made)
  // The window counts by our clock; its own may differ.
  return { reference: made.id, link: made.checkoutLink, expiresAt: request.expires_at }
}

async function look(client: BtcpayClient, reference: string, now: number): Promise<LookedAt> {
  const path = `${invoicesPath(client)}/${encodeURIComponent(reference)}`
  const found = await client.get(path, invoice)
  checkStore(client, found)
  if (found.id !== reference) throw new BtcpayError(0, 'BTCPay Server answered with another invoice.')
  const methods = hasPayments(found) ? await client.get(`${path}/payment-methods`, paymentMethods) : []
  return readInvoice(found, methods, now)
}

function checkStore({ storeId }: BtcpayClient, { storeId: found }: Invoice): void {
  if (found !== storeId) throw new BtcpayError(0, 'BTCPay Server answered with an invoice of another store.')
}

function invoicesPath({ storeId }: BtcpayClient): string {
  return `/stores/${encodeURIComponent(storeId)}/invoices`
}
