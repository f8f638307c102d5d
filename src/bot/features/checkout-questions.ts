import type { InlineKeyboardButton } from 'grammy/types'
import { listDeliveryMethods } from '../../db/checkout.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { type Checkout, savedContact } from '../../shop/checkout/checkout.ts'
import { CHECKOUT_QUESTIONS, type CheckoutQuestion, callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back, button, rows } from '../keyboard.ts'
import type { Screen } from '../screen.ts'
import { label, lines, money, paragraphs, plain, say, short } from '../words.ts'

const MAX_METHODS = 20

interface Parts {
  extra?: string | false | null
  buttons: InlineKeyboardButton[]
}

const QUESTIONS: Record<CheckoutQuestion, (ctx: ShopContext, state: Checkout) => Parts> = {
  delivery: (ctx) => ({
    buttons: listDeliveryMethods(ctx.shop.db)
      .slice(0, MAX_METHODS)
      .map((method) => {
        const price = method.price_minor === 0 ? plain(ctx, 'checkout-free') : money(ctx, method.price_minor)
        const text = label(ctx, 'checkout-delivery-choice', { name: method.name, price })
        return button(text, callbackData.chooseDelivery(method.id))
      }),
  }),
  address: (ctx, state) => {
    const { address } = savedContact(ctx.shop.db, ctx.person.id)
    return offer(ctx, { kind: 'address', last: address, now: state.address, data: callbackData.lastAddress })
  },
  phone: (ctx, state) => {
    const { phone } = savedContact(ctx.shop.db, ctx.person.id)
    return offer(ctx, { kind: 'phone', last: phone, now: state.phone, data: callbackData.lastPhone })
  },
  note: (ctx, state) => ({
    extra: state.note && say(ctx, 'checkout-note-now', { note: state.note }),
    buttons: [button(label(ctx, 'checkout-note-none'), callbackData.noNote)],
  }),
  payment: (ctx, state) => ({
    extra: state.payments.length === 0 && say(ctx, 'checkout-payment-none'),
    buttons: state.payments.map((method) =>
      button(paymentName(ctx, state, method.kind), callbackData.choosePayment(method.kind)),
    ),
  }),
}

/** What a way to pay is called; who fetches an order pays in cash there, not on delivery. */
export function paymentName(ctx: ShopContext, { delivery }: Checkout, kind: PaymentMethod): string {
  const pickup = kind === 'cash_on_delivery' && delivery?.needs_address === 0
  return label(ctx, pickup ? `pay-${kind}-pickup` : `pay-${kind}`)
}

/** One question of the checkout, below what was wrong with the last answer to it. */
export function questionScreen(
  ctx: ShopContext,
  state: Checkout,
  question: CheckoutQuestion,
  trouble?: string,
): Screen {
  const { extra, buttons } = QUESTIONS[question](ctx, state)
  const html = paragraphs(
    say(ctx, 'checkout', { total: money(ctx, state.totalMinor) }),
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    lines(say(ctx, `checkout-${question}`), extra),
  )
  return { html, keyboard: [...rows(buttons, 1), back(ctx, before(state, question))] }
}

/** Whether a question has to be answered at all; what is digital goes nowhere. */
export function isAsked({ cart, delivery }: Checkout, question: CheckoutQuestion): boolean {
  if (question === 'address') return delivery?.needs_address === 1
  return !cart.digitalOnly || question === 'note' || question === 'payment'
}

interface Offer {
  kind: 'address' | 'phone'
  last: string | null
  now: string | null
  data: string
}

function offer(ctx: ShopContext, { kind, last, now, data }: Offer): Parts {
  return {
    extra: lines(
      now && say(ctx, `checkout-${kind}-now`, { [kind]: now }),
      last && last !== now && say(ctx, `checkout-${kind}-last`, { [kind]: last }),
    ),
    buttons: last ? [button(short(last), data)] : [],
  }
}

/** Where Back leads: to the summary when everything is answered, else to the question before. */
function before(state: Checkout, question: CheckoutQuestion): string {
  if (state.next === 'summary') return callbackData.checkout
  const asked = CHECKOUT_QUESTIONS.filter((one) => isAsked(state, one))
  const previous = asked[asked.indexOf(question) - 1]
  return previous ? callbackData.ask(previous) : callbackData.cart
}
