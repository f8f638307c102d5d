import { Composer } from 'grammy'
import { escapeHtml } from '../../lib/texts.ts'
import { answerCheckout } from '../../shop/checkout/checkout.ts'
import { tryDiscountCode } from '../../shop/checkout/enter-code.ts'
import { attempt } from '../attempt.ts'
import { callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back } from '../keyboard.ts'
import { show } from '../screen.ts'
import { paragraphs, plain, say } from '../words.ts'
import { showCheckout } from './checkout.ts'

export const discountCode = new Composer<ShopContext>()

discountCode.callbackQuery(callbackData.askCode, (ctx) => askCode(ctx))
discountCode.callbackQuery(callbackData.removeCode, async (ctx) => {
  attempt(ctx, (work) => answerCheckout(work, ctx.person.id, { discountCode: null }))
  await showCheckout(ctx)
})

async function askCode(ctx: ShopContext, trouble?: string): Promise<void> {
  ctx.asks = { kind: 'code' }
  const html = paragraphs(trouble && `⚠️ ${escapeHtml(trouble)}`, say(ctx, 'checkout-code'))
  await show(ctx, { html, keyboard: [back(ctx, callbackData.checkout)] })
}

/** Takes a message as a discount code; why it cannot be taken is said, and another one asked for. */
export async function answerCode(ctx: ShopContext): Promise<void> {
  const words = ctx.message?.text?.trim()
  if (!words) return askCode(ctx, plain(ctx, 'checkout-words'))
  const trouble = ctx.write((work) => tryDiscountCode(work, ctx.person.id, words))
  return trouble ? askCode(ctx, trouble) : showCheckout(ctx)
}
