import { randomBytes } from 'node:crypto'
import type { Clock } from '../../src/lib/clock.ts'
import { addDecimals, divideDecimal, isAtLeast, multiplyDecimal } from './arithmetic.ts'

/** What a bitcoin costs, in whatever currency an invoice has: amounts with up to three decimals come out exact. */
export const RATE = '100000'
export const PAYMENT_METHOD = 'BTC-CHAIN'

export interface SandboxPayment {
  id: string
  /** Seconds, as everything here. */
  receivedDate: number
  value: string
  fee: string
  status: 'Processing' | 'Settled' | 'Invalid'
  destination: string
}

export interface SandboxInvoice {
  id: string
  amount: string
  currency: string
  metadata: Record<string, unknown>
  checkout: Record<string, unknown>
  createdTime: number
  expirationTime: number
  monitoringExpiration: number
  status: 'New' | 'Processing' | 'Expired' | 'Invalid' | 'Settled'
  additionalStatus: 'None' | 'PaidLate' | 'PaidPartial' | 'Marked' | 'Invalid' | 'PaidOver'
  payments: SandboxPayment[]
}

export interface NewInvoice {
  amount: string
  currency: string
  metadata: Record<string, unknown>
  checkout: Record<string, unknown>
  expirationMinutes: number
  monitoringMinutes: number
}

export type Announce = (invoice: SandboxInvoice, type: string, more?: object) => void

export type Invoices = ReturnType<typeof createInvoices>

/** The invoices of the store, and how payments move them. `announce` hears what a webhook would be told. */
export function createInvoices(clock: Clock, announce: Announce) {
  const all = new Map<string, SandboxInvoice>()
  const now = () => Math.floor(clock.now() / 1000)

  function get(id: string): SandboxInvoice {
    const invoice = all.get(id)
    if (!invoice) throw new Error(`There is no invoice ${id}.`)
    return invoice
  }

  function create({ expirationMinutes, monitoringMinutes, ...asked }: NewInvoice): SandboxInvoice {
    const createdTime = now()
    const expirationTime = createdTime + expirationMinutes * 60
    const invoice: SandboxInvoice = {
      id: randomBytes(16).toString('base64url').replace(/[-_]/g, 'x'),
      ...asked,
      createdTime,
      expirationTime,
      monitoringExpiration: expirationTime + monitoringMinutes * 60,
      status: 'New',
      additionalStatus: 'None',
      payments: [],
    }
    all.set(invoice.id, invoice)
    announce(invoice, 'InvoiceCreated')
    clock.after(expirationMinutes * 60_000, () => expire(invoice.id))
    return invoice
  }

  /** A payment turns up in the mempool: of all that is due, or of an `amount` in the invoice's currency. */
  function receive(id: string, amount?: string): void {
    const invoice = get(id)
    const isLate = invoice.status === 'Expired'
    const value = divideDecimal(amount ?? dueOf(invoice), RATE)
    const payment: SandboxPayment = {
      id: `${randomBytes(32).toString('hex')}-0`,
      receivedDate: now(),
      value,
      fee: '0.0',
      status: 'Processing',
      destination: 'bc1qsandbox',
    }
    invoice.payments.push(payment)
    announce(invoice, 'InvoiceReceivedPayment', {
      afterExpiration: isLate,
      paymentMethodId: PAYMENT_METHOD,
      payment,
    })
    const isWhole = isAtLeast(paidOf(invoice), invoice.amount)
    const isOver = isWhole && !isAtLeast(invoice.amount, paidOf(invoice))
    if (!isWhole) invoice.additionalStatus = 'PaidPartial'
    else if (isLate) invoice.additionalStatus = 'PaidLate'
    else invoice.additionalStatus = isOver ? 'PaidOver' : 'None'
    if (isWhole && invoice.status === 'New') {
      invoice.status = 'Processing'
      announce(invoice, 'InvoiceProcessing', { overPaid: isOver })
    }
  }

  /** The blocks come: what was received is settled, and so is an invoice that is paid whole. */
  function confirm(id: string): void {
    const invoice = get(id)
    for (const payment of invoice.payments.filter(({ status }) => status === 'Processing')) {
      payment.status = 'Settled'
      const more = { afterExpiration: invoice.status === 'Expired', paymentMethodId: PAYMENT_METHOD, payment }
      announce(invoice, 'InvoicePaymentSettled', more)
    }
    const isLate = invoice.status === 'Expired' && invoice.additionalStatus === 'PaidLate'
    if (invoice.status !== 'Processing' && !isLate) return
    invoice.status = 'Settled'
    announce(invoice, 'InvoiceSettled', {
      manuallyMarked: false,
      overPaid: invoice.additionalStatus === 'PaidOver',
    })
  }

  /** Time is up. */
  function expire(id: string): void {
    const invoice = get(id)
    if (invoice.status !== 'New') return
    invoice.status = 'Expired'
    announce(invoice, 'InvoiceExpired', { partiallyPaid: invoice.payments.length > 0 })
  }

  /** The payment was spent another way, and is never confirmed. */
  function invalidate(id: string): void {
    const invoice = get(id)
    for (const payment of invoice.payments) if (payment.status === 'Processing') payment.status = 'Invalid'
    Object.assign(invoice, { status: 'Invalid', additionalStatus: 'Invalid' })
    announce(invoice, 'InvoiceInvalid', { manuallyMarked: false })
  }

  /** Somebody says by hand how it stands. */
  function mark(id: string, status: 'Settled' | 'Invalid'): void {
    const invoice = get(id)
    Object.assign(invoice, { status, additionalStatus: 'Marked' })
    announce(invoice, `Invoice${status}`, {
      manuallyMarked: true,
      ...(status === 'Settled' && { overPaid: false }),
    })
  }

  return {
    all: () => [...all.values()],
    find: (id: string) => all.get(id),
    create,
    receive,
    confirm,
    expire,
    invalidate,
    mark,
  }
}

/** What was paid, settled or not, in the invoice's currency. */
export function paidOf({ payments }: SandboxInvoice): string {
  const counted = payments.filter(({ status }) => status !== 'Invalid')
  return multiplyDecimal(addDecimals(counted.map(({ value }) => value)), RATE)
}

export function dueOf(invoice: SandboxInvoice): string {
  return addDecimals([invoice.amount, `-${paidOf(invoice)}`])
}
