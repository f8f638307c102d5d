import type { LabeledPrice, Message, RefundedPayment, StarTransactions } from '@grammyjs/types'
import { currencyExponent } from '../../../src/lib/money.ts'
import { chatOf, checkWritable, post, privateChat } from '../chats.ts'
import { starPartner } from '../checkout.ts'
import { readInlineMarkup } from '../markup.ts'
import type { Params } from '../params.ts'
import { say } from '../people.ts'
import { badRequest } from '../refusal.ts'
import type { InvoiceTerms, Sandbox } from '../sandbox.ts'
import type { Person } from '../state.ts'
import { envelope } from './envelope.ts'
import type { Methods } from './method.ts'

export const invoiceMethods: Methods = { sendInvoice, refundStarPayment, getStarTransactions }

/** Telegram takes about one to ten thousand US dollars; here it is so many units of any currency. */
const LEAST_UNITS = 1
const MOST_UNITS = 10_000
const MOST_TRANSACTIONS = 100

function sendInvoice(sandbox: Sandbox, params: Params): Message {
  const terms = readTerms(params)
  const title = limited(params, 'title', 32)
  const description = limited(params, 'description', 255)
  const chat = chatOf(sandbox, params)
  const inline = readInlineMarkup(params, chat, { invoice: true })
  checkWritable(chat)
  const invoice = {
    title,
    description,
    start_parameter: terms.startParameter,
    currency: terms.currency,
    total_amount: terms.amount,
  }
  const payButton = { text: `Pay ${terms.amount} ${terms.currency}`, pay: true }
  const attached = { inline: inline ?? { inline_keyboard: [[payButton]] } }
  const wrapped = envelope(params, chat, attached)
  sandbox.flood.spend(chat)
  const message = post(sandbox, chat, 'bot', 'sendInvoice', { ...wrapped, invoice })
  sandbox.invoices.set(`${chat.id}:${message.message_id}`, terms)
  return message
}

function readTerms(params: Params): InvoiceTerms {
  const payload = params.text('payload') ?? ''
  const currency = (params.text('currency') ?? '').toUpperCase()
  const stars = currency === 'XTR'
  const prices = readPrices(params)
  const amount = prices.reduce((sum, price) => sum + price.amount, 0)
  if (payload === '' || Buffer.byteLength(payload) > 128) throw badRequest('INVOICE_PAYLOAD_INVALID')
  if (!/^[A-Z]{3}$/.test(currency)) throw badRequest('CURRENCY_INVALID')
  if (stars) checkStars(params, prices)
  else if (!params.text('provider_token')) throw badRequest('PAYMENT_PROVIDER_INVALID')
  if (amount <= 0 || (!stars && !isWithinLimits(amount, currency))) {
    throw badRequest('CURRENCY_TOTAL_AMOUNT_INVALID')
  }
  const needsAddress = params.flag('need_shipping_address')
  const flexible = needsAddress && params.flag('is_flexible')
  return { payload, currency, amount, needsAddress, flexible, startParameter: readStartParameter(params) }
}

function isWithinLimits(amount: number, currency: string): boolean {
  const units = amount / 10 ** currencyExponent(currency)
  return units >= LEAST_UNITS && units <= MOST_UNITS
}

function readStartParameter(params: Params): string {
  const given = params.text('start_parameter') ?? ''
  if (!/^[\w-]{0,64}$/.test(given)) throw badRequest('START_PARAM_INVALID')
  return given
}

function readPrices(params: Params): LabeledPrice[] {
  const prices = params.json('prices')
  if (!Array.isArray(prices) || prices.length === 0) throw badRequest('prices must be non-empty')
  for (const price of prices as Partial<LabeledPrice>[]) {
    if (!price?.label) throw badRequest("can't parse labeled price: label must be non-empty")
    if (!Number.isSafeInteger(price.amount)) {
      throw badRequest('can\'t parse labeled price: Field "amount" must be of type Number')
    }
  }
  return prices as LabeledPrice[]
}

/** Digital goods are paid in Stars: no provider, one price, and nothing about names, addresses or tips. */
function checkStars(params: Params, prices: LabeledPrice[]): void {
  const unfit = ['need_name', 'need_phone_number', 'need_email', 'need_shipping_address', 'is_flexible']
  const asks = unfit.some((name) => params.flag(name)) || Number(params.text('max_tip_amount') ?? 0) > 0
  if (params.text('provider_token')) throw badRequest('PAYMENT_PROVIDER_INVALID')
  if (prices.length !== 1 || asks) throw badRequest('STARS_INVOICE_INVALID')
}

function limited(params: Params, name: string, limit: number): string {
  const value = params.text(name) ?? ''
  if (value === '') throw badRequest(`${name} is empty`)
  if (value.length > limit) throw badRequest(`${name} is too long`)
  return value
}

/** The money goes back, and a note of it stands in the chat. */
function refundStarPayment(sandbox: Sandbox, params: Params): true {
  const id = params.text('telegram_payment_charge_id') ?? ''
  const charge = sandbox.charges.get(id)
  const person = sandbox.people.get(params.integer('user_id') ?? 0)
  if (!person || charge?.personId !== person.id) throw badRequest('CHARGE_NOT_FOUND')
  if (charge.refunded) throw badRequest('CHARGE_ALREADY_REFUNDED')
  charge.refunded = true
  const { amount, payload } = charge
  const date = Math.floor(sandbox.clock.now() / 1000)
  sandbox.starTransactions.push({ id, amount, date, receiver: starPartner(person, payload) })
  tellRefund(sandbox, person, {
    currency: 'XTR',
    total_amount: amount,
    invoice_payload: payload,
    telegram_payment_charge_id: id,
  })
  return true
}

function tellRefund(sandbox: Sandbox, person: Person, refunded_payment: RefundedPayment): void {
  const chat = privateChat(sandbox, person)
  if (chat.access === 'open') say(sandbox, person, chat, 'refund', { refunded_payment })
}

/** Oldest first; a refund has the id of its payment. */
function getStarTransactions(sandbox: Sandbox, params: Params): StarTransactions {
  const offset = params.integer('offset') ?? 0
  const limit = params.integer('limit') ?? MOST_TRANSACTIONS
  if (limit < 1 || limit > MOST_TRANSACTIONS) throw badRequest('LIMIT_INVALID')
  return { transactions: sandbox.starTransactions.slice(offset, offset + limit) }
}
