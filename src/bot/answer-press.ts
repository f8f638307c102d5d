import { shorten } from '../lib/shorten.ts'
import type { ShopContext } from './context.ts'
import { isRefusal } from './telegram-errors.ts'

const MAX_TOAST = 200

/** Answers a pressed button, once, with what `ctx.toast` says. That it is too late for an answer does no harm. */
export async function answerPress(ctx: ShopContext): Promise<void> {
  if (!ctx.callbackQuery || ctx.pressAnswered) return
  ctx.pressAnswered = true
  const { toast } = ctx
  try {
    await ctx.answerCallbackQuery(toast && { text: shorten(toast.text, MAX_TOAST), show_alert: toast.alert })
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
}
