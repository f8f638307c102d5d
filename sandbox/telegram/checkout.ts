import type { Message, OrderInfo, SuccessfulPayment } from '@grammyjs/types'
import { CannotDo, say, tellBot } from './people.ts'
import { type CheckoutAnswer, checkoutWindow } from './queries.ts'
import type { InvoiceTerms, Sandbox } from './sandbox.ts'
import { asUser, type ChatState, type Person } from './state.ts'

export interface PaymentResult {
  status: 'paid' | 'refused' | 'timeout'
  /** What the payment sheet tells the person. */
  error?: string
  payment?: SuccessfulPayment
}

export interface PayOptions {
  /** For invoices that need one. */
  address?: OrderInfo['shipping_address']
  shippingOption?: string
  /** What happens after the bot has agreed and before the money moves. */
  beforeMoney?: () => unknown
}

/** What a client asks the bot about a payment, true or not. */
export interface Purchase {
  currency: string
  total_amount: number
  invoice_payload: string
}

const home = {
  country_code: 'DE',
  state: '',
  city: 'Berlin',
  street_line1: 'Hauptstr. 1',
  street_line2: '',
  post_code: '10115',
}
let payments = 0

/** Goes through the payment sheet of an invoice: shipping if asked for, pre-checkout, then the money. */
export async function payInvoice(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  invoice: Message,
  options: PayOptions = {},
): Promise<PaymentResult> {
  const terms = sandbox.invoices.get(`${invoice.chat.id}:${invoice.message_id}`)
  if (!terms) throw new CannotDo('That message is no invoice')
  if (terms.startParameter && invoice.chat.id !== chat.id) {
    throw new CannotDo(`The copy has no Pay button: it opens the bot with /start ${terms.startParameter}`)
  }
  const told = (result: PaymentResult | { status: 'checking' }): void => {
    const error = 'error' in result && result.error ? { error: result.error } : {}
    const where = { chatId: chat.id, messageId: invoice.message_id, personId: person.id }
    sandbox.events.emit({ type: 'payment', ...where, status: result.status, ...error })
  }
  told({ status: 'checking' })
  const result = await checkOut(sandbox, person, chat, terms, options)
  told(result)
  return result
}

async function checkOut(
  sandbox: Sandbox,
  person: Person,
  chat: ChatState,
  terms: InvoiceTerms,
  options: PayOptions,
): Promise<PaymentResult> {
  const address = options.address ?? home
  const order_info: OrderInfo | undefined = terms.needsAddress ? { shipping_address: address } : undefined
  const shipping = terms.flexible ? await askShipping(sandbox, person, terms, address) : undefined
  if (shipping && !shipping.ok) return refused(shipping)
  const option =
    shipping?.shippingOptions?.find((one) => one.id === options.shippingOption) ??
    shipping?.shippingOptions?.[0]
  const total_amount = terms.amount + (option?.prices.reduce((sum, price) => sum + price.amount, 0) ?? 0)
  const purchase = {
    currency: terms.currency,
    total_amount,
    invoice_payload: terms.payload,
    ...(option ? { shipping_option_id: option.id } : {}),
    ...(order_info ? { order_info } : {}),
  }
  const verdict = await askCheckout(sandbox, person, purchase)
  if (!verdict.ok) return refused(verdict)
  await options.beforeMoney?.()
  const payment = charge(sandbox, person, purchase)
  say(sandbox, person, chat, 'pay', { successful_payment: payment })
  return { status: 'paid', payment }
}

/** The question before the money, as the client of that person puts it; nothing is paid by it alone. */
export function askCheckout(sandbox: Sandbox, person: Person, purchase: Purchase): Promise<Verdict> {
  return ask(sandbox, 'checkout', (id) =>
    tellBot(sandbox, { pre_checkout_query: { id, from: asUser(person), ...purchase } }),
  )
}

function charge(
  sandbox: Sandbox,
  person: Person,
  purchase: Omit<SuccessfulPayment, 'telegram_payment_charge_id' | 'provider_payment_charge_id'>,
): SuccessfulPayment {
  payments += 1
  const id = `sandbox_${person.id}_${payments}`
  if (purchase.currency === 'XTR') earnStars(sandbox, person, id, purchase)
  return {
    ...purchase,
    telegram_payment_charge_id: id,
    provider_payment_charge_id: `provider_${payments}`,
  }
}

function earnStars(sandbox: Sandbox, person: Person, id: string, purchase: Purchase): void {
  const { total_amount: amount, invoice_payload: payload } = purchase
  sandbox.charges.set(id, { personId: person.id, payload, amount, refunded: false })
  const date = Math.floor(sandbox.clock.now() / 1000)
  sandbox.starTransactions.push({ id, amount, date, source: starPartner(person, payload) })
}

/** The other side of a transaction in Stars. */
export function starPartner(person: Person, invoice_payload: string) {
  return {
    type: 'user' as const,
    transaction_type: 'invoice_payment' as const,
    user: asUser(person),
    invoice_payload,
  }
}

function askShipping(
  sandbox: Sandbox,
  person: Person,
  terms: InvoiceTerms,
  shipping_address: NonNullable<OrderInfo['shipping_address']>,
): Promise<Verdict> {
  return ask(sandbox, 'shipping', (id) =>
    tellBot(sandbox, {
      shipping_query: { id, from: asUser(person), invoice_payload: terms.payload, shipping_address },
    }),
  )
}

export type Verdict = CheckoutAnswer & { late?: boolean }

function ask(sandbox: Sandbox, kind: 'checkout' | 'shipping', send: (id: string) => void): Promise<Verdict> {
  const { promise, resolve } = Promise.withResolvers<Verdict>()
  const late = { ok: false, late: true, error: 'The shop did not answer in time' }
  const id = sandbox.queries.open<CheckoutAnswer>(kind, checkoutWindow, (answer) => resolve(answer ?? late))
  send(id)
  return promise
}

export function refused({ late, error = '' }: Verdict): PaymentResult {
  return { status: late ? 'timeout' : 'refused', error }
}
