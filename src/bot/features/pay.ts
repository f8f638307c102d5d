import { Composer } from 'grammy'
import type { OrderRow } from '../../db/orders.ts'
import { askAgain } from '../../shop/payments/ask-again.ts'
import { switchPayment } from '../../shop/payments/switch-payment.ts'
import { attempt } from '../attempt.ts'
import { callbackData } from '../callback-data.ts'
import { customer, type ShopContext } from '../context.ts'
import { back, button } from '../keyboard.ts'
import { show } from '../screen.ts'
import { money, plain, say } from '../words.ts'
import { homeKeyboard, showHome } from './home.ts'
import { findOwnOrder, showOrder } from './order.ts'
import { dueNow, isPaymentKind, otherWays, wayName } from './pay-buttons.ts'

/** Paying an order online. It comes before home, which takes every other /start. */
export const pay = new Composer<ShopContext>()

pay.on('message:successful_payment', (ctx) => {
  const { paidOrderId } = ctx
  return paidOrderId === undefined ? showHome(ctx) : showOrder(ctx, paidOrderId)
})

// Where a forwarded copy of an invoice leads.
pay
  .command('start')
  .filter((ctx) => ctx.match.startsWith('pay_'))
  .use((ctx) => {
    const orderId = Number(/^pay_(\d{1,15})$/.exec(String(ctx.match))?.[1] ?? 0)
    if (findOwnOrder(ctx, orderId)) return showOrder(ctx, orderId)
    return show(ctx, { html: say(ctx, 'pay-of-somebody'), keyboard: homeKeyboard(ctx) })
  })

pay.callbackQuery(/^py:(\d{1,15})$/, async (ctx) => {
  const orderId = Number(ctx.match[1])
  let isLink = false
  const command = { orderId, actor: customer(ctx) }
  const asked = attempt(ctx, (work) => {
    isLink = askAgain(work, command).provider === 'btcpay'
  })
  if (asked) {
    const text = plain(ctx, isLink ? 'pay-link-on-its-way' : 'pay-on-its-way')
    ctx.toast = { text, alert: false }
  }
  await showOrder(ctx, orderId)
})

pay.callbackQuery(/^po:(\d{1,15})$/, async (ctx) => {
  const own = findOwnOrder(ctx, Number(ctx.match[1]))
  if (!own) return showOrder(ctx, Number(ctx.match[1]))
  await showWays(ctx, own)
})

pay.callbackQuery(/^pb:(\d{1,15}):(\w{1,20})$/, async (ctx) => {
  const [, id, kind = ''] = ctx.match
  const orderId = Number(id)
  if (isPaymentKind(kind)) {
    const command = { orderId, kind, actor: customer(ctx) }
    const own = findOwnOrder(ctx, orderId)
    if (attempt(ctx, (work) => switchPayment(work, command)) && own) {
      const args = { number: String(orderId), way: wayName(ctx, own, kind) }
      ctx.toast = { text: plain(ctx, 'pay-other-done', args), alert: false }
    }
  }
  await showOrder(ctx, orderId)
})

async function showWays(ctx: ShopContext, order: OrderRow): Promise<void> {
  const ways = otherWays(ctx, order)
  const amount = money(ctx, dueNow(order), order.currency)
  const html =
    ways.length > 0
      ? say(ctx, 'pay-other-question', { number: String(order.id), amount })
      : say(ctx, 'pay-other-none')
  const buttons = ways.map((kind) => [button(wayName(ctx, order, kind), callbackData.payBy(order.id, kind))])
  await show(ctx, { html, keyboard: [...buttons, back(ctx, callbackData.order(order.id))] })
}
