import { Composer } from 'grammy'
import { listDeliveryMethods } from '../../db/checkout.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { readCart } from '../../shop/checkout/cart.ts'
import {
  answerCheckout,
  leaveCheckout,
  readCheckout,
  savedContact,
  startCheckout,
} from '../../shop/checkout/checkout.ts'
import type { CheckoutAnswer } from '../../shop/checkout/clean-answer.ts'
import type { Work } from '../../shop/work.ts'
import { attempt } from '../attempt.ts'
import { CHECKOUT_QUESTIONS, type CheckoutQuestion, callbackData } from '../callback-data.ts'
import { raiseKeyboard } from '../contact-keyboard.ts'
import type { ShopContext } from '../context.ts'
import { show } from '../screen.ts'
import { plain } from '../words.ts'
import { showCart } from './cart.ts'
import { isAsked, questionScreen } from './checkout-questions.ts'
import { showSummary } from './summary.ts'

export const checkout = new Composer<ShopContext>()

checkout.callbackQuery(callbackData.checkout, async (ctx) => {
  if (readCart(ctx.shop.db, ctx.person.id).problems.length > 0) {
    ctx.toast = { text: plain(ctx, 'cart-problems'), alert: true }
    return showCart(ctx)
  }
  attempt(ctx, (work) => begin(work, ctx.person.id))
  return showCheckout(ctx)
})

checkout.callbackQuery(new RegExp(`^q:(${CHECKOUT_QUESTIONS.join('|')})$`), (ctx) =>
  showCheckout(ctx, ctx.match[1] as CheckoutQuestion),
)

checkout.callbackQuery(/^qd:(\d{1,15})$/, (ctx) => choose(ctx, { deliveryMethodId: Number(ctx.match[1]) }))
checkout.callbackQuery(/^qm:(\w{1,20})$/, (ctx) =>
  choose(ctx, { paymentMethod: ctx.match[1] as PaymentMethod }),
)
checkout.callbackQuery(callbackData.lastAddress, (ctx) =>
  choose(ctx, { address: savedContact(ctx.shop.db, ctx.person.id).address }),
)
checkout.callbackQuery(callbackData.lastPhone, (ctx) =>
  choose(ctx, { phone: savedContact(ctx.shop.db, ctx.person.id).phone }),
)
checkout.callbackQuery(callbackData.noNote, (ctx) => choose(ctx, { note: '' }))
checkout.callbackQuery(callbackData.leaveCheckout, (ctx) => {
  attempt(ctx, (work) => leaveCheckout(work, ctx.person.id))
  return showCart(ctx)
})

/** Begins the checkout and answers what leaves no choice. */
function begin(work: Work, personId: number): void {
  const { cart, payments } = startCheckout(work, personId)
  const deliveries = listDeliveryMethods(work.tx)
  const [delivery] = deliveries
  const [payment] = payments
  if (!delivery && !cart.digitalOnly) {
    throw new ShopError('conflict', 'The shop takes no orders at the moment. Please try again later.')
  }
  if (!payment) throw new ShopError('conflict', 'What is in your cart cannot be paid for here at the moment.')
  answerCheckout(work, personId, {
    ...(delivery && deliveries.length === 1 && { deliveryMethodId: delivery.id }),
    ...(payments.length === 1 && { paymentMethod: payment.kind }),
  })
}

async function choose(ctx: ShopContext, answer: CheckoutAnswer): Promise<void> {
  attempt(ctx, (work) => answerCheckout(work, ctx.person.id, answer))
  await showCheckout(ctx)
}

/** Shows the question asked for, else the first open one, else the summary; the cart when the checkout is over. */
export async function showCheckout(
  ctx: ShopContext,
  asked?: CheckoutQuestion,
  trouble?: string,
): Promise<void> {
  const state = readCheckout(ctx.shop, ctx.person.id)
  if (!state || state.cart.itemCount === 0) {
    ctx.toast ??= { text: plain(ctx, 'checkout-over'), alert: false }
    return showCart(ctx)
  }
  const question = asked && isAsked(state, asked) ? asked : state.next
  if (question === 'summary') return showSummary(ctx, state, trouble)
  if (question === 'address' || question === 'phone' || question === 'note') ctx.asks = { kind: question }
  await show(ctx, questionScreen(ctx, state, question, trouble))
  if (question === 'phone') await raiseKeyboard(ctx)
}

/** Takes a message as the answer to a question of the checkout; what cannot be taken is said, and asked again. */
export async function answerInWords(ctx: ShopContext, question: 'address' | 'phone' | 'note'): Promise<void> {
  const words = wordsOf(ctx, question)
  if ('trouble' in words) return showCheckout(ctx, question, words.trouble)
  try {
    ctx.write((work) => answerCheckout(work, ctx.person.id, { [question]: words.text }))
  } catch (error) {
    if (!(error instanceof ShopError) || error.code === 'not_found') throw error
    return showCheckout(ctx, question, error.message)
  }
  return showCheckout(ctx)
}

function wordsOf(ctx: ShopContext, question: CheckoutQuestion): { text: string } | { trouble: string } {
  const { contact, text } = ctx.message ?? {}
  if (question === 'phone' && contact) {
    if (contact.user_id !== ctx.from?.id) return { trouble: plain(ctx, 'checkout-phone-other') }
    return { text: contact.phone_number.replace(/^(?=\d)/, '+') }
  }
  // An empty answer would mean "none" to the shop; here it is no answer.
  return text?.trim() ? { text: closeUp(text) } : { trouble: plain(ctx, 'checkout-words') }
}

/** Without the empty lines and stray spaces that phones and copying put in. */
function closeUp(text: string): string {
  return text.replace(/[^\S\n]+/g, ' ').replace(/ ?\n\s*/g, '\n')
}
