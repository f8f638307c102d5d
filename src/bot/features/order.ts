import { Composer } from 'grammy'
import { findOrder, listLineItems, type OrderRow } from '../../db/orders.ts'
import { readCart } from '../../shop/checkout/cart.ts'
import { orderAgain } from '../../shop/orders/order-again.ts'
import { stateWord } from '../../shop/orders/progress.ts'
import { takeStep } from '../../shop/orders/take-step.ts'
import { refundableOf } from '../../shop/payments/refundable.ts'
import { attempt } from '../attempt.ts'
import { callbackData, numbersOf } from '../callback-data.ts'
import { customer, type ShopContext } from '../context.ts'
import { back, button } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, languageOf, money, paragraphs, plain, say } from '../words.ts'
import { showCart } from './cart.ts'
import { mayCancel, orderScreen } from './order-screen.ts'
import { showOrders } from './orders.ts'

export const order = new Composer<ShopContext>()

order.callbackQuery(/^d:(\d{1,15})$/, (ctx) => showOrder(ctx, Number(ctx.match[1])))
order.callbackQuery(/^o:(\d{1,15})$/, (ctx) => showOrder(ctx, Number(ctx.match[1]), 'below'))

order.callbackQuery(/^x:(\d{1,15}):(\d{1,9})$/, async (ctx) => {
  const [orderId = 0, version = 0] = numbersOf(ctx.match)
  const own = findOwnOrder(ctx, orderId)
  if (!own || !mayCancel(own) || own.version !== version) return showMoved(ctx, orderId)
  const args = {
    number: String(orderId),
    total: money(ctx, own.total_minor, own.currency),
    state: { html: stateWord(ctx.shop.texts, languageOf(ctx), own) },
  }
  const yes = button(
    label(ctx, 'order-cancel-yes', { number: args.number }),
    callbackData.cancel(orderId, version),
  )
  const keep = button(label(ctx, 'order-cancel-keep'), callbackData.order(orderId))
  // A second tap on the same spot hits "keep".
  const keyboard = [[yes], [keep], back(ctx, callbackData.order(orderId))]
  const paid = refundableOf(ctx.shop.db, own)
  const amount = money(ctx, paid, own.currency)
  const html = paragraphs(
    say(ctx, 'order-cancel-sure', args),
    paid > 0 && say(ctx, 'order-cancel-sure-paid', { amount }),
  )
  await show(ctx, { html, keyboard })
})

order.callbackQuery(/^xx:(\d{1,15}):(\d{1,9})$/, async (ctx) => {
  const [orderId = 0, version = 0] = numbersOf(ctx.match)
  // The second of two presses finds the order cancelled, which is what was wanted.
  if (findOwnOrder(ctx, orderId)?.fulfilment !== 'cancelled') {
    const requestKey = `tg:${ctx.update.update_id}`
    const command = { orderId, step: 'cancel', version, actor: customer(ctx), requestKey } as const
    if (attempt(ctx, (work) => takeStep(work, command))) {
      ctx.toast = { text: plain(ctx, 'order-cancelled', { number: String(orderId) }), alert: false }
    }
  }
  await showOrder(ctx, orderId)
})

order.callbackQuery(/^g:(\d{1,15})$/, async (ctx) => {
  const orderId = Number(ctx.match[1])
  let leftOut: string[] = []
  const done = attempt(ctx, (work) => {
    leftOut = orderAgain(work, customer(ctx), orderId)
  })
  await showCart(ctx, done ? newsOf(ctx, orderId, leftOut) : undefined)
})

/** What of an order came back into the cart, and what did not. */
function newsOf(ctx: ShopContext, orderId: number, leftOut: string[]): string {
  const titles = leftOut.slice(0, 10).join(', ')
  const wanted = new Set(listLineItems(ctx.shop.db, orderId).map((item) => item.variant_id))
  const some = readCart(ctx.shop.db, ctx.person.id).lines.some((line) => wanted.has(line.variantId))
  if (!some) return say(ctx, 'cart-again-none', { titles })
  return paragraphs(say(ctx, 'cart-again'), leftOut.length > 0 && say(ctx, 'cart-left-out', { titles }))
}

/** Shows one of the person's own orders. */
export async function showOrder(
  ctx: ShopContext,
  orderId: number,
  place: 'here' | 'below' = 'here',
): Promise<void> {
  const own = findOwnOrder(ctx, orderId)
  if (!own) {
    ctx.toast ??= { text: plain(ctx, 'order-unknown'), alert: true }
    return showOrders(ctx)
  }
  await show(ctx, orderScreen(ctx, own), place)
}

/** Another customer's order does not exist for this one. */
export function findOwnOrder(ctx: ShopContext, orderId: number): OrderRow | undefined {
  const found = findOrder(ctx.shop.db, orderId)
  return found?.person_id === ctx.person.id ? found : undefined
}

function showMoved(ctx: ShopContext, orderId: number): Promise<void> {
  ctx.toast = { text: plain(ctx, 'order-moved'), alert: false }
  return showOrder(ctx, orderId)
}
