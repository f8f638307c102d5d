import { Refusal } from './refusal.ts'

const DECIMAL = /^\d+(\.\d{1,8})?$/

type Check = (value: unknown) => string | undefined

/** What one may say when making an invoice. */
const INVOICE: Record<string, Check> = {
  amount: decimal,
  currency: (value) =>
    typeof value === 'string' && /^[A-Z]{3,5}$/.test(value) ? undefined : 'Currency is invalid',
  metadata: object,
  checkout: object,
  receipt: object,
  additionalSearchTerms: (value) => (Array.isArray(value) ? undefined : 'Expected an array'),
}

const CHECKOUT: Record<string, Check> = {
  speedPolicy: text,
  paymentMethods: (value) => (Array.isArray(value) ? undefined : 'Expected an array'),
  defaultPaymentMethod: text,
  lazyPaymentMethods: flag,
  expirationMinutes: minutes,
  monitoringMinutes: minutes,
  paymentTolerance: (value) =>
    typeof value === 'number' && value >= 0 && value <= 100
      ? undefined
      : 'PaymentTolerance can only be between 0 and 100 percent',
  redirectURL: (value) => (typeof value === 'string' && URL.canParse(value) ? undefined : 'Invalid URL'),
  redirectAutomatically: flag,
  defaultLanguage: text,
}

const REFUND: Record<string, Check> = {
  name: text,
  description: text,
  payoutMethodId: text,
  refundVariant: (value) =>
    ['RateThen', 'CurrentRate', 'OverpaidAmount', 'Fiat', 'Custom'].includes(String(value))
      ? undefined
      : '`refundVariant` is invalid',
  subtractPercentage: decimal,
  customAmount: decimal,
  customCurrency: text,
}

export function checkInvoice(body: Record<string, unknown>): void {
  check(body, INVOICE, '')
  check((body.checkout ?? {}) as Record<string, unknown>, CHECKOUT, 'checkout.')
  const { orderId } = (body.metadata ?? {}) as Record<string, unknown>
  if (orderId !== undefined && typeof orderId !== 'string') {
    throw new Refusal(422, [{ path: 'metadata.orderId', message: 'Expected a string' }])
  }
}

export function checkRefundBody(body: Record<string, unknown>): void {
  check(body, REFUND, '')
  const needed = [
    'refundVariant',
    ...(body.refundVariant === 'Custom' ? ['customAmount', 'customCurrency'] : []),
  ]
  const missing = needed.filter((name) => body[name] === undefined)
  const faults = missing.map((path) => ({ path, message: `\`${path}\` is required` }))
  if (faults.length > 0) throw new Refusal(422, faults)
}

function check(body: Record<string, unknown>, shape: Record<string, Check>, at: string): void {
  const faults = Object.entries(body).flatMap(([name, value]) => {
    const fault = shape[name] ? value !== null && shape[name](value) : 'Unknown property'
    return fault ? [{ path: `${at}${name}`, message: fault }] : []
  })
  if (faults.length > 0) throw new Refusal(422, faults)
}

function decimal(value: unknown): string | undefined {
  return typeof value === 'string' && DECIMAL.test(value) ? undefined : 'Expected a decimal in a string'
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? undefined : 'Expected a string'
}

function flag(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'Expected a boolean'
}

function object(value: unknown): string | undefined {
  return typeof value === 'object' && !Array.isArray(value) ? undefined : 'Expected an object'
}

function minutes(value: unknown): string | undefined {
  return Number.isInteger(value) && Number(value) >= 1
    ? undefined
    : 'Expected a whole number of minutes from 1'
}
