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
  const verdict = await ask(sandbox, 'checkout', (id) =>
    tellBot(sandbox, { pre_checkout_query: { id, from: asUser(person), ...purchase } }),
  )
  if (!verdict.ok) return refused(verdict)
  const payment = charge(sandbox, person, purchase)
  say(sandbox, person, chat, 'pay', { successful_payment: payment })
  return { status: 'paid', payment }
}

function charge(
  sandbox: Sandbox,
  person: Person,
  purchase: Omit<SuccessfulPayment, 'telegram_payment_charge_id' | 'provider_payment_charge_id'>,
): SuccessfulPayment {
  payments += 1
  const telegram_payment_charge_id = `sandbox_${person.id}_${payments}`
  sandbox.charges.set(telegram_payment_charge_id, { personId: person.id, refunded: false })
  return { ...purchase, telegram_payment_charge_id, provider_payment_charge_id: `provider_${payments}` }
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

type Verdict = CheckoutAnswer & { late?: boolean }

function ask(sandbox: Sandbox, kind: 'checkout' | 'shipping', send: (id: string) => void): Promise<Verdict> {
  const { promise, resolve } = Promise.withResolvers<Verdict>()
  const late = { ok: false, late: true, error: 'The shop did not answer in time' }
  const id = sandbox.queries.open<CheckoutAnswer>(kind, checkoutWindow, (answer) => resolve(answer ?? late))
  send(id)
  return promise
}

function refused({ late, error = '' }: Verdict): PaymentResult {
  return { status: late ? 'timeout' : 'refused', error }
}
