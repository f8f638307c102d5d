import type { ShopContext } from './context.ts'
import type { Question } from './conversations/question.ts'
import { type Screen, show } from './screen.ts'
import { isUnreachable } from './telegram-errors.ts'
import { plain } from './words.ts'

/**
 * Asks the person who pressed a button in their own chat with the bot, also when they pressed it in a group: what they
 * type is not for everybody there.
 */
export async function askElsewhere(ctx: ShopContext, question: Question, screen: Screen): Promise<void> {
  if (await showElsewhere(ctx, screen)) ctx.asks = question
}

/** Shows the person who pressed a button something in their own chat with the bot. Returns whether it could. */
export async function showElsewhere(ctx: ShopContext, screen: Screen): Promise<boolean> {
  if (ctx.chat?.type === 'private') {
    await show(ctx, screen, 'below')
    return true
  }
  try {
    await show(ctx, screen, 'below')
    ctx.toast = { text: plain(ctx, 'group-asked'), alert: false }
    return true
  } catch (error) {
    if (!isUnreachable(error)) throw error
    ctx.toast = { text: plain(ctx, 'group-start-first'), alert: true }
    return false
  }
}
