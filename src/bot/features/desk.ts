import { Composer } from 'grammy'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { isAllowed, isLegal, needsOf, type StepName } from '../../shop/orders/machine.ts'
import { conflict, type StepCommand, takeStep } from '../../shop/orders/take-step.ts'
import { undoStep } from '../../shop/orders/undo-step.ts'
import type { Actor } from '../../shop/work.ts'
import { answerPress } from '../answer-press.ts'
import { isStepName, numbersOf } from '../callback-data.ts'
import { type ShopContext, staffActor } from '../context.ts'
import { plain } from '../words.ts'
import { askAtDesk } from './desk-questions.ts'

/** What staff press on an order's card. The card itself is drawn again by the outbox, on every phone. */
export const desk = new Composer<ShopContext>()

desk.callbackQuery(/^s:(\d{1,15}):(\d{1,9}):(\w{1,20})$/, async (ctx) => {
  const target = targetOf(ctx.match)
  const step = ctx.match[3]
  if (!isStepName(step)) return refuse(ctx, plain(ctx, 'home-stale'))
  const actor = staffActor(ctx)
  if (!actor) return refuse(ctx, plain(ctx, 'desk-staff-only'))
  const order = findOrder(ctx.shop.db, target.orderId)
  if (!order) return refuse(ctx, plain(ctx, 'order-unknown'))
  const trouble = whyNot(ctx, actor, step, order, target.version)
  if (trouble) return refuse(ctx, trouble)
  const needs = needsOf(step, order)
  if (needs) return askAtDesk(ctx, needs, target)
  await act(ctx, { ...target, step, actor })
})

desk.callbackQuery(/^u:(\d{1,15}):(\d{1,9})$/, async (ctx) => {
  const { orderId, version } = targetOf(ctx.match)
  const actor = staffActor(ctx)
  if (!actor) return refuse(ctx, plain(ctx, 'desk-staff-only'))
  const requestKey = `tg:${ctx.update.update_id}`
  await settle(ctx, orderId, 'undo', () =>
    ctx.write((work) => undoStep(work, { orderId, version, actor, requestKey })),
  )
})

function targetOf(match: string | RegExpMatchArray): { orderId: number; version: number } {
  const [orderId = 0, version = 0] = numbersOf(match)
  return { orderId, version }
}

/** Why the step cannot be taken, before anybody types a tracking number in vain. */
function whyNot(
  ctx: ShopContext,
  actor: Actor,
  step: StepName,
  order: OrderRow,
  version: number,
): string | undefined {
  if (order.version !== version || !isLegal(step, order)) return conflict(order).message
  return isAllowed(step, order, actor) ? undefined : plain(ctx, 'desk-role')
}

async function act(ctx: ShopContext, command: Omit<StepCommand, 'requestKey'>): Promise<void> {
  const requestKey = `tg:${ctx.update.update_id}`
  await settle(ctx, command.orderId, command.step, () =>
    ctx.write((work) => takeStep(work, { ...command, requestKey })),
  )
}

/** Answers the press with what was done, or with why it was not. */
async function settle(ctx: ShopContext, orderId: number, done: string, change: () => unknown): Promise<void> {
  try {
    change()
    ctx.toast = { text: plain(ctx, `desk-${done}`, { number: String(orderId) }), alert: false }
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    ctx.toast = { text: error.message, alert: true }
  }
  await answerPress(ctx)
}

async function refuse(ctx: ShopContext, text: string): Promise<void> {
  ctx.toast = { text, alert: true }
  await answerPress(ctx)
}
