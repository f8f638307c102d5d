import { Composer } from 'grammy'
import { findReview } from '../../db/reviews.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { reviewOrder } from '../../shop/orders/review-order.ts'
import { attempt } from '../attempt.ts'
import { callbackData, numbersOf } from '../callback-data.ts'
import { customer, type ShopContext } from '../context.ts'
import { back, button } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, paragraphs, plain, say } from '../words.ts'
import { findOwnOrder, showOrder } from './order.ts'
import { stars } from './order-screen.ts'

export const review = new Composer<ShopContext>()

// `r` is on the notice of the delivery, which stays; `rs` is on the order's screen.
review.callbackQuery(/^r(s?):(\d{1,15}):(\d{1,2})$/, async (ctx) => {
  const place = ctx.match[1] === 's' ? 'here' : 'below'
  const [orderId = 0, rating = 0] = [Number(ctx.match[2]), Number(ctx.match[3])]
  attempt(ctx, (work) => reviewOrder(work, { actor: customer(ctx), orderId, rating }))
  const kept = findOwnOrder(ctx, orderId) && findReview(ctx.shop.db, orderId)
  if (!kept) return showOrder(ctx, orderId, place)
  const words = button(
    label(ctx, kept.words ? 'order-words-more' : 'order-words'),
    callbackData.review(orderId),
  )
  const html = say(ctx, 'rate-thanks', { stars: stars(kept.rating) })
  await show(ctx, { html, keyboard: [[words], back(ctx, callbackData.order(orderId))] }, place)
})

review.callbackQuery(/^w:(\d{1,15})$/, async (ctx) => {
  const [orderId = 0] = numbersOf(ctx.match)
  await askReview(ctx, orderId)
})

async function askReview(ctx: ShopContext, orderId: number, trouble?: string): Promise<void> {
  // Words come along with stars: without a rating there is nothing to add them to.
  if (!findOwnOrder(ctx, orderId) || !findReview(ctx.shop.db, orderId)) return showOrder(ctx, orderId)
  ctx.asks = { kind: 'review', orderId }
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, 'rate-words', { number: String(orderId) }),
  )
  await show(ctx, { html, keyboard: [back(ctx, callbackData.order(orderId))] })
}

/** Takes a message as the customer's words on an order they have rated. */
export async function answerReview(ctx: ShopContext, { orderId }: { orderId: number }): Promise<void> {
  const words = cleanText(ctx.message?.text ?? '')
  const rating = findReview(ctx.shop.db, orderId)?.rating
  if (!words) return askReview(ctx, orderId, plain(ctx, 'checkout-words'))
  if (rating === undefined) return showOrder(ctx, orderId)
  try {
    ctx.write((work) => reviewOrder(work, { actor: customer(ctx), orderId, rating, words }))
  } catch (error) {
    if (!(error instanceof ShopError) || error.code === 'not_found') throw error
    return askReview(ctx, orderId, error.message)
  }
  await show(ctx, { html: say(ctx, 'rate-words-thanks'), keyboard: [back(ctx)] })
}
