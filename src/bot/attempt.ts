import { ShopError } from '../lib/shop-error.ts'
import type { Work } from '../shop/work.ts'
import type { ShopContext } from './context.ts'

/**
 * Changes the shop on behalf of a pressed button. When the shop refuses, the press is answered with its sentence and
 * the caller goes on to draw things as they are. Returns whether the change was made now.
 */
export function attempt(ctx: ShopContext, change: (work: Work) => unknown): boolean {
  try {
    return (
      ctx.write((work) => {
        change(work)
        return true
      }) ?? false
    )
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    ctx.toast = { text: error.message, alert: true }
    return false
  }
}
