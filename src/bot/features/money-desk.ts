import { Composer } from 'grammy'
import { ShopError } from '../../lib/shop-error.ts'
import type { MatterDecision } from '../../shop/notifications/message.ts'
import { confirmRefund } from '../../shop/payments/confirm-refund.ts'
import { refundByHand, retryRefund } from '../../shop/payments/retry-refund.ts'
import { settleMatter } from '../../shop/payments/settle-matter.ts'
import { settleOrderMoney } from '../../shop/payments/settle-order-money.ts'
import type { Actor, Work } from '../../shop/work.ts'
import { answerPress } from '../answer-press.ts'
import { numbersOf } from '../callback-data.ts'
import { type ShopContext, staffActor } from '../context.ts'
import { plain } from '../words.ts'

/** What owners and managers decide about money, under the notices that ask them to. */
export const moneyDesk = new Composer<ShopContext>()

moneyDesk.callbackQuery(/^mm:(\d{1,15}):(apply|refund|keep)$/, async (ctx) => {
  const [entryId = 0] = numbersOf(ctx.match)
  const decision = ctx.match[2] as MatterDecision
  const decide = (work: Work, who: Who) => settleMatter(work, { entryId, decision, ...who })
  await settle(ctx, `money-desk-${decision}`, decide)
})

moneyDesk.callbackQuery(/^mo:(\d{1,15}):(refund|keep)$/, async (ctx) => {
  const [orderId = 0] = numbersOf(ctx.match)
  const decision = ctx.match[2] as 'refund' | 'keep'
  const decide = (work: Work, who: Who) => settleOrderMoney(work, { orderId, decision, ...who })
  await settle(ctx, `money-desk-${decision}`, decide)
})

const REFUND_ACTIONS = {
  confirm_refund: confirmRefund,
  retry_refund: retryRefund,
  refund_by_hand: refundByHand,
}

moneyDesk.callbackQuery(/^rd:(\d{1,15}):(confirm_refund|retry_refund|refund_by_hand)$/, async (ctx) => {
  const [entryId = 0] = numbersOf(ctx.match)
  const action = ctx.match[2] as keyof typeof REFUND_ACTIONS
  await settle(ctx, `money-desk-${action}`, (work, who) => REFUND_ACTIONS[action](work, { entryId, ...who }))
})

interface Who {
  actor: Actor
  requestKey: string
}

/** Does what was pressed, and answers with what was done, or with why it was not. The notice itself is drawn again by the outbox. */
async function settle(
  ctx: ShopContext,
  done: string,
  change: (work: Work, who: Who) => unknown,
): Promise<void> {
  const actor = staffActor(ctx)
  ctx.toast = { text: plain(ctx, actor ? done : 'desk-staff-only'), alert: !actor }
  try {
    const requestKey = `tg:${ctx.update.update_id}`
    if (actor) ctx.write((work) => change(work, { actor, requestKey }))
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    ctx.toast = { text: error.message, alert: true }
  }
  await answerPress(ctx)
}
