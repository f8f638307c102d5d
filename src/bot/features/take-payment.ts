import type { MiddlewareFn } from 'grammy'
import { noteGivenBack } from '../../shop/payments/note-given-back.ts'
import { takeTelegramPayment } from '../../shop/payments/telegram-payment.ts'
import type { ShopContext } from '../context.ts'

/**
 * Money that came in or went back. It comes before everything else: no question that waits for words may swallow it, and when it
 * cannot be stored the inbox hands it over again until it is.
 */
export const takePayment: MiddlewareFn<ShopContext> = async (ctx, next) => {
  const { successful_payment: payment, refunded_payment: refund, date = 0, from } = ctx.message ?? {}
  // A note of Telegram's, which wants no answer: the customer is told by the shop itself.
  if (refund) return ctx.shop.write((work) => noteGivenBack(work, refund, date * 1000))
  if (payment && from)
    ctx.paidOrderId = takeTelegramPayment(ctx.shop, { payment, from: from.id, at: date * 1000 })
  await next()
}
