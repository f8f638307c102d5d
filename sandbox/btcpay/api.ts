import type { IncomingMessage } from 'node:http'
import { checkInvoice, checkRefundBody } from './check-body.ts'
import { type Invoices, PAYMENT_METHOD, paidOf, RATE, type SandboxInvoice } from './invoices.ts'
import type { PullPayments, SandboxPullPayment } from './pull-payments.ts'
import { notFound, Refusal } from './refusal.ts'

export interface Store {
  url: string
  storeId: string
  apiKey: string
  invoices: Invoices
  pullPayments: PullPayments
}

export interface Call {
  method: string
  /** Behind /api/v1, cut at the slashes. */
  parts: string[]
  query: URLSearchParams
  body: Record<string, unknown>
}

/** What the API answers to a call with 200; refuses with a Refusal. */
export function answerCall(store: Store, call: Call, headers: IncomingMessage['headers']): unknown {
  const [area, id, ...rest] = call.parts
  // Whoever knows the id of a pull payment may see it.
  if (area === 'pull-payments' && call.method === 'GET') return publicPullPayment(store, id ?? '', rest[0])
  if (headers.authorization !== `token ${store.apiKey}`) {
    const message = 'Authentication is required for accessing this endpoint'
    throw new Refusal(401, { code: 'unauthenticated', message })
  }
  if (area !== 'stores' || id !== store.storeId) throw notFound('store')
  const [what, item, action] = rest
  if (what === 'invoices') return answerInvoices(store, call, item, action)
  if (call.method === 'GET' && what === 'pull-payments' && !item) return listPullPayments(store, call.query)
  if (call.method === 'GET' && what === 'payouts' && !item) return store.pullPayments.payouts()
  throw nothingThere()
}

function answerInvoices(store: Store, { method, query, body }: Call, id?: string, action?: string): unknown {
  const { invoices } = store
  if (!id) return method === 'POST' ? createInvoice(store, body) : listInvoices(store, query)
  const invoice = invoices.find(id)
  if (!invoice) throw notFound('invoice')
  switch (`${method} ${action ?? ''}`) {
    case 'GET ':
      return viewOf(store, invoice)
    case 'GET payment-methods':
      return methodsOf(invoice)
    case 'POST status':
      if (body.status !== 'Settled' && body.status !== 'Invalid') {
        throw new Refusal(422, [{ path: 'status', message: 'Status is invalid' }])
      }
      invoices.mark(id, body.status)
      return viewOf(store, invoice)
    case 'POST refund':
      return refund(store, invoice, body)
    default:
      throw nothingThere()
  }
}

function createInvoice(store: Store, body: Record<string, unknown>): object {
  checkInvoice(body)
  if (typeof body.amount !== 'string' || /^0*(\.0*)?$/.test(body.amount)) {
    throw new Refusal(422, [
      { path: 'amount', message: 'The amount should be more than 0: a top-up takes any payment' },
    ])
  }
  const checkout = (body.checkout ?? {}) as Record<string, number>
  const made = store.invoices.create({
    amount: body.amount,
    currency: String(body.currency ?? 'EUR'),
    metadata: (body.metadata ?? {}) as Record<string, unknown>,
    checkout,
    expirationMinutes: checkout.expirationMinutes ?? 15,
    monitoringMinutes: checkout.monitoringMinutes ?? 1440,
  })
  return viewOf(store, made)
}

function listInvoices(store: Store, query: URLSearchParams): object[] {
  const orderIds = query.getAll('orderId')
  const from = Number(query.get('startDate') ?? 0)
  const skip = Number(query.get('skip') ?? 0)
  const found = store.invoices
    .all()
    .filter(({ metadata }) => orderIds.length === 0 || orderIds.includes(String(metadata.orderId)))
    .filter(({ createdTime }) => createdTime >= from)
    .sort((a, b) => b.createdTime - a.createdTime)
  return found.slice(skip, skip + Number(query.get('take') ?? 50)).map((one) => viewOf(store, one))
}

function viewOf({ url, storeId }: Store, invoice: SandboxInvoice): object {
  const { payments: _, ...shown } = invoice
  const paidAmount = paidOf(invoice)
  const type = 'Standard'
  return { ...shown, storeId, type, paidAmount, checkoutLink: `${url}/i/${invoice.id}`, archived: false }
}

function methodsOf({ payments, amount }: SandboxInvoice): object[] {
  const shown = payments.filter(({ status }) => status !== 'Invalid')
  return [
    {
      paymentMethodId: PAYMENT_METHOD,
      currency: 'BTC',
      rate: RATE,
      amount,
      payments: shown,
      activated: true,
    },
  ]
}

function refund(store: Store, invoice: SandboxInvoice, body: Record<string, unknown>): object {
  checkRefundBody(body)
  if (body.payoutMethodId !== PAYMENT_METHOD) {
    throw new Refusal(422, [{ path: 'payoutMethodId', message: 'Please select one of the payment methods' }])
  }
  if (!invoice.payments.some(({ status }) => status === 'Settled') && invoice.status !== 'Settled') {
    throw new Refusal(400, { code: 'non-refundable', message: 'Cannot refund this invoice' })
  }
  if (body.refundVariant !== 'Custom') throw new Error('The sandbox knows the variant Custom alone.')
  const made = store.pullPayments.offer({
    name: String(body.name ?? `Refund ${invoice.id}`),
    description: String(body.description ?? ''),
    amount: String(body.customAmount),
    currency: String(body.customCurrency),
  })
  return pullView(store, made)
}

function listPullPayments(store: Store, query: URLSearchParams): object[] {
  const all = query.get('includeArchived') === 'true'
  return store.pullPayments
    .all()
    .filter(({ archived }) => all || !archived)
    .map((one) => pullView(store, one))
}

function publicPullPayment(store: Store, id: string, what: string | undefined): unknown {
  const found = store.pullPayments.find(id)
  if (!found) throw notFound('pullpayment')
  if (what === undefined) return pullView(store, found)
  if (what === 'payouts') return store.pullPayments.payoutsOf(id)
  throw nothingThere()
}

function pullView({ url }: Store, pull: SandboxPullPayment): object {
  return { ...pull, autoApproveClaims: false, viewLink: `${url}/pull-payments/${pull.id}` }
}

function nothingThere(): Refusal {
  return new Refusal(404, { code: 'not-found', message: 'There is no such endpoint' })
}
