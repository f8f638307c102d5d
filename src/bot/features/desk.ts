import { Composer } from 'grammy'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { snoozeOrder } from '../../shop/escalation/snooze-order.ts'
import { conflict } from '../../shop/orders/after-change.ts'
import { isAllowed, needsOf, type StepName } from '../../shop/orders/machine.ts'
import { whyNotNow } from '../../shop/orders/steps-of.ts'
import { type StepCommand, takeStep } from '../../shop/orders/take-step.ts'
import { undoStep } from '../../shop/orders/undo-step.ts'
import { moneyOf } from '../../shop/payments/order-money.ts'
import { dueOf } from '../../shop/payments/payment-state.ts'
import type { Actor } from '../../shop/work.ts'
import { answerPress } from '../answer-press.ts'
import { isStepName, numbersOf } from '../callback-data.ts'
import { type ShopContext, staffActor } from '../context.ts'
import { money, plain } from '../words.ts'
import { askPaid } from './desk-payments.ts'
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
  if (step === 'mark_paid') return askPaid(ctx, order)
  const needs = needsOf(step, order)
  if (needs) return askAtDesk(ctx, needs, target)
  await act(ctx, order, { ...target, step, actor })
})

desk.callbackQuery(/^u:(\d{1,15}):(\d{1,9})$/, async (ctx) => {
  const { orderId, version } = targetOf(ctx.match)
  const actor = staffActor(ctx)
  if (!actor) return refuse(ctx, plain(ctx, 'desk-staff-only'))
  const requestKey = `tg:${ctx.update.update_id}`
  await settle(ctx, plain(ctx, 'desk-undo', { number: String(orderId) }), () =>
    ctx.write((work) => undoStep(work, { orderId, version, actor, requestKey })),
  )
})

desk.callbackQuery(/^zz:(\d{1,15}):(\d{1,4})$/, async (ctx) => {
  const [orderId = 0, minutes = 0] = numbersOf(ctx.match)
  const actor = staffActor(ctx)
  if (!actor) return refuse(ctx, plain(ctx, 'desk-staff-only'))
  const said = plain(ctx, 'desk-snooze', { number: String(orderId), minutes })
  await settle(ctx, said, () => ctx.write((work) => snoozeOrder(work, { orderId, minutes, actor })))
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
  if (order.version !== version) return conflict(order).message
  const refusal = whyNotNow(ctx.shop.db, order, step)
  if (refusal) return refusal.message
  return isAllowed(step, order, actor) ? undefined : plain(ctx, 'desk-role')
}

async function act(
  ctx: ShopContext,
  order: OrderRow,
  command: Omit<StepCommand, 'requestKey'>,
): Promise<void> {
  const requestKey = `tg:${ctx.update.update_id}`
  const due = dueOf(moneyOf(order))
  const isOwed = command.step === 'deliver' && order.payment === 'due_on_delivery' && due > 0
  const said = plain(ctx, isOwed ? 'desk-deliver-owed' : `desk-${command.step}`, {
    number: String(order.id),
    due: money(ctx, due, order.currency),
  })
  await settle(ctx, said, () => ctx.write((work) => takeStep(work, { ...command, requestKey })))
}

/** Answers the press with what was done, or with why it was not. */
async function settle(ctx: ShopContext, done: string, change: () => unknown): Promise<void> {
  try {
    change()
    ctx.toast = { text: done, alert: false }
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
