import type { MiddlewareFn } from 'grammy'
import { newKey } from '../lib/ids.ts'
import { ShopError } from '../lib/shop-error.ts'
import { escapeHtml } from '../lib/texts.ts'
import { changeReach } from '../shop/customers/change-reach.ts'
import { answerPress } from './answer-press.ts'
import { countError, type ShopContext } from './context.ts'
import { showHome } from './features/home.ts'
import { isUnreachable, isWorthRetrying } from './telegram-errors.ts'
import { plain } from './words.ts'

/**
 * Tells the person what went wrong, and answers every pressed button. Only when Telegram cannot be reached the error
 * goes on to the inbox, which handles the update again later.
 */
export const explainErrors: MiddlewareFn<ShopContext> = async (ctx, next) => {
  try {
    await next()
  } catch (error) {
    if (isWorthRetrying(error)) throw error
    if (isUnreachable(error)) return noteUnreachable(ctx)
    countError(ctx, error)
    await tell(ctx, error instanceof ShopError ? error.message : unexpected(ctx, error))
  }
  await answerPress(ctx)
}

function noteUnreachable(ctx: ShopContext): void {
  if (ctx.person) ctx.shop.write((work) => changeReach(work, ctx.person, 'blocked'))
}

/** Logs the error once, under an id the person can name. */
function unexpected(ctx: ShopContext, err: unknown): string {
  const id = newKey().slice(0, 6)
  ctx.deps.log?.error({ err, id }, 'an update failed')
  return ctx.person ? plain(ctx, 'error-unexpected', { id }) : ''
}

async function tell(ctx: ShopContext, sentence: string): Promise<void> {
  if (!ctx.person) return
  if (ctx.callbackQuery && !ctx.pressAnswered) {
    ctx.toast = { text: sentence, alert: true }
    return answerPress(ctx)
  }
  await showHome(ctx, `⚠️ ${escapeHtml(sentence)}`)
}
