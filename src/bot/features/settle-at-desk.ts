import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import type { Actor, Work } from '../../shop/work.ts'
import type { ShopContext } from '../context.ts'
import { staffActor } from '../context.ts'
import { say } from '../words.ts'
import { showHome } from './home.ts'

/** Does what a member of staff has answered in their own chat, and says that it is done, or why not. */
export async function settleAtDesk(
  ctx: ShopContext,
  done: string,
  change: (work: Work, actor: Actor) => void,
): Promise<void> {
  const actor = staffActor(ctx)
  if (!actor) return showHome(ctx, say(ctx, 'desk-staff-only'))
  try {
    ctx.write((work) => change(work, actor))
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    return showHome(ctx, `⚠️ ${escapeHtml(error.message)}`)
  }
  await showHome(ctx, done)
}
