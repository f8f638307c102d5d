import { Composer } from 'grammy'
import type { OrderRow } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { askedLately, askRefund, mayAskRefund } from '../../shop/orders/ask-refund.ts'
import { mayWrite, writeMessage } from '../../shop/orders/write-message.ts'
import { callbackData } from '../callback-data.ts'
import { customer, type ShopContext } from '../context.ts'
import { back } from '../keyboard.ts'
import { show } from '../screen.ts'
import { paragraphs, plain, say } from '../words.ts'
import { findOwnOrder, showOrder } from './order.ts'

/** What a customer wants to say about an order: a message to the shop, or why they want their money back. */
export const writeToShop = new Composer<ShopContext>()

type Wish = 'to_shop' | 'refund'

// `m` and `f` are on the order's screen, `mr` under what the shop wrote, which stays.
writeToShop.callbackQuery(/^(m|mr|f):(\d{1,15})$/, async (ctx) => {
  const place = ctx.match[1] === 'mr' ? 'below' : 'here'
  await askCustomer(ctx, ctx.match[1] === 'f' ? 'refund' : 'to_shop', Number(ctx.match[2]), { place })
})

async function askCustomer(
  ctx: ShopContext,
  kind: Wish,
  orderId: number,
  { place = 'here', trouble }: { place?: 'here' | 'below'; trouble?: string } = {},
): Promise<void> {
  const own = findOwnOrder(ctx, orderId)
  const refusal = own && whyNot(ctx, kind, own)
  if (!own || refusal) {
    if (refusal) ctx.toast = { text: plain(ctx, refusal), alert: true }
    return showOrder(ctx, orderId, place)
  }
  ctx.asks = { kind, orderId }
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, kind === 'refund' ? 'refund-why' : 'write', { number: String(orderId) }),
  )
  await show(ctx, { html, keyboard: [back(ctx, callbackData.order(orderId))] }, place)
}

function whyNot(ctx: ShopContext, kind: Wish, order: OrderRow): string | undefined {
  const { db, clock } = ctx.shop
  if (kind === 'to_shop') return mayWrite(db, order, clock.now()) ? undefined : 'write-over'
  if (!mayAskRefund(db, order, clock.now())) return 'refund-over'
  return askedLately(db, order.id, clock.now()) ? 'refund-asked' : undefined
}

/** Takes a message as what the customer wants to tell the shop. */
export async function answerToShop(
  ctx: ShopContext,
  { kind, orderId }: { kind: Wish; orderId: number },
): Promise<void> {
  const words = ctx.message?.text
  if (!words) return askCustomer(ctx, kind, orderId, { trouble: plain(ctx, 'checkout-words') })
  const said = { orderId, words, actor: customer(ctx) }
  try {
    ctx.write((work) => (kind === 'refund' ? askRefund(work, said) : writeMessage(work, said)))
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    if (error.code === 'invalid') return askCustomer(ctx, kind, orderId, { trouble: error.message })
    return show(ctx, {
      html: `⚠️ ${escapeHtml(error.message)}`,
      keyboard: [back(ctx, callbackData.order(orderId))],
    })
  }
  const html = say(ctx, kind === 'refund' ? 'refund-sent' : 'write-sent', { number: String(orderId) })
  await show(ctx, { html, keyboard: [back(ctx, callbackData.order(orderId))] })
}
