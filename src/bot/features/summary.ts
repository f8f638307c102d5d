import { Composer } from 'grammy'
import { listDeliveryMethods } from '../../db/checkout.ts'
import { hasDiscountCodes } from '../../db/discounts.ts'
import { findOrderByCheckoutKey, type OrderRow } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { type Checkout, type Delivery, readCheckout } from '../../shop/checkout/checkout.ts'
import { placeOrder } from '../../shop/orders/place-order.ts'
import { CHECKOUT_QUESTIONS, type CheckoutQuestion, callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back, button, type Keyboard, rows } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, lines, money, paragraphs, plain, say } from '../words.ts'
import { linesOf, showCart, titleOf } from './cart.ts'
import { isAsked, paymentName } from './checkout-questions.ts'

export const summary = new Composer<ShopContext>()

summary.callbackQuery(/^ok:([\w-]{1,32}):(\d{1,15})$/, async (ctx) => {
  const [, checkoutKey = '', total] = ctx.match
  const command = { personId: ctx.person.id, checkoutKey, totalMinor: Number(total) }
  try {
    const order = ctx.write((work) => placeOrder(work, command)) ?? placedBefore(ctx, checkoutKey)
    return order ? showPlaced(ctx, order) : showCart(ctx)
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    return showRefused(ctx, error)
  }
})

function placedBefore(ctx: ShopContext, checkoutKey: string): OrderRow | undefined {
  const order = findOrderByCheckoutKey(ctx.shop.db, checkoutKey)
  return order?.person_id === ctx.person.id ? order : undefined
}

/** The order could not be placed: the sentence, and the screen on which it can be put right. */
async function showRefused(ctx: ShopContext, error: ShopError): Promise<void> {
  ctx.toast = { text: error.message, alert: true }
  const state = readCheckout(ctx.shop, ctx.person.id)
  const fine = state?.next === 'summary' && state.cart.problems.length === 0 && state.cart.itemCount > 0
  return state && fine ? showSummary(ctx, state) : showCart(ctx)
}

/** Shows all that was chosen, to be checked once more before it becomes an order, below what stood in the way. */
export async function showSummary(ctx: ShopContext, state: Checkout, trouble?: string): Promise<void> {
  const { cart, delivery, payment, address, phone, note, price, code } = state
  const { above, below } = linesOf(ctx, price, code?.code)
  const items = cart.lines.map((line) =>
    say(ctx, 'summary-line', {
      quantity: line.quantity,
      title: titleOf(line),
      price: money(ctx, line.totalMinor),
    }),
  )
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, 'summary'),
    code?.refusal && say(ctx, 'summary-code-refused', { refusal: code.refusal }),
    lines(...items, deliveryLine(ctx, state), ...above),
    lines(say(ctx, 'summary-total', { total: money(ctx, price.totalMinor) }), ...below),
    lines(
      delivery?.needs_address === 1 && address && say(ctx, 'summary-address', { address }),
      phone && say(ctx, 'summary-phone', { phone }),
      note && say(ctx, 'summary-note', { note }),
      // What costs nothing is paid, whatever way was chosen.
      payment &&
        price.totalMinor > 0 &&
        say(ctx, 'summary-payment', { payment: paymentName(ctx, state, payment.kind) }),
    ),
    say(ctx, 'summary-change'),
  )
  await show(ctx, { html, keyboard: summaryKeyboard(ctx, state) })
}

function deliveryLine(ctx: ShopContext, { cart, delivery }: Checkout): string | undefined {
  if (cart.digitalOnly) return say(ctx, 'summary-digital')
  return delivery && say(ctx, 'summary-delivery', deliveryArgs(ctx, delivery))
}

function deliveryArgs(ctx: ShopContext, delivery: Delivery) {
  const price = delivery.price_minor === 0 ? plain(ctx, 'checkout-free') : money(ctx, delivery.price_minor)
  return { name: delivery.name, price }
}

function summaryKeyboard(ctx: ShopContext, state: Checkout): Keyboard {
  const changes = CHECKOUT_QUESTIONS.filter((question) => hasChoice(ctx, state, question)).map((question) =>
    button(label(ctx, `summary-change-${question}`), callbackData.ask(question)),
  )
  const total = money(ctx, state.totalMinor)
  const place = button(
    label(ctx, 'summary-place', { total }),
    callbackData.placeOrder(state.key, state.totalMinor),
  )
  return [[place], ...codeRow(ctx, state), ...rows(changes), back(ctx, callbackData.cart)]
}

/** Nobody is asked for a code where there is none to be had. */
function codeRow(ctx: ShopContext, { code }: Checkout): Keyboard {
  if (code) return [[button(label(ctx, 'summary-code-remove', { code: code.code }), callbackData.removeCode)]]
  return hasDiscountCodes(ctx.shop.db) ? [[button(label(ctx, 'summary-code'), callbackData.askCode)]] : []
}

function hasChoice(ctx: ShopContext, state: Checkout, question: CheckoutQuestion): boolean {
  if (!isAsked(state, question)) return false
  if (question === 'delivery') return listDeliveryMethods(ctx.shop.db).length > 1
  if (question === 'payment') return state.payments.length > 1 && state.totalMinor > 0
  return true
}

/** The order's own card follows as a notice, with how to pay it, so that this says little. */
async function showPlaced(ctx: ShopContext, order: OrderRow): Promise<void> {
  const number = String(order.id)
  const open = button(label(ctx, 'button-open-order', { number }), callbackData.order(order.id))
  const html = say(ctx, order.payment === 'pending' ? 'placed-unpaid' : 'placed', { number })
  await show(ctx, { html, keyboard: [[open], back(ctx)] })
}
