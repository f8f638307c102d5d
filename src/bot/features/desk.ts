import { Composer } from 'grammy'
import { findOrder } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { isAllowed, isLegal, type StepName } from '../../shop/orders/machine.ts'
import { conflict, type StepCommand, takeStep } from '../../shop/orders/take-step.ts'
import { undoStep } from '../../shop/orders/undo-step.ts'
import type { Actor } from '../../shop/work.ts'
import { answerPress } from '../answer-press.ts'
import { callbackData, isStepName, numbersOf } from '../callback-data.ts'
import { type ShopContext, staffActor } from '../context.ts'
import { button } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, paragraphs, plain, say } from '../words.ts'
import { showHome } from './home.ts'

/** What staff press on an order's card. The card itself is drawn again by the outbox, on every phone. */
export const desk = new Composer<ShopContext>()

interface Target {
  orderId: number
  version: number
}

desk.callbackQuery(/^s:(\d{1,15}):(\d{1,9}):(\w{1,20})$/, async (ctx) => {
  const target = targetOf(ctx.match)
  const step = ctx.match[3]
  if (!isStepName(step)) return refuse(ctx, plain(ctx, 'home-stale'))
  const actor = staffActor(ctx)
  if (!actor) return refuse(ctx, plain(ctx, 'desk-staff-only'))
  const trouble = whyNot(ctx, actor, step, target)
  if (trouble) return refuse(ctx, trouble)
  if (step === 'dispatch') return askInWords(ctx, 'tracking', target)
  if (step === 'cancel') return askInWords(ctx, 'reason', target)
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

// These two sit on the question's own screen, which then makes way for what was done.
desk.callbackQuery(/^t:(\d{1,15}):(\d{1,9})$/, (ctx) =>
  finish(ctx, { ...targetOf(ctx.match), step: 'dispatch', noTracking: true }),
)
desk.callbackQuery(/^z:(\d{1,15}):(\d{1,9})$/, (ctx) =>
  finish(ctx, { ...targetOf(ctx.match), step: 'cancel' }),
)

function targetOf(match: string | RegExpMatchArray): Target {
  const [orderId = 0, version = 0] = numbersOf(match)
  return { orderId, version }
}

/** Why the step cannot be taken, before anybody types a tracking number in vain. */
function whyNot(ctx: ShopContext, actor: Actor, step: StepName, target: Target): string | undefined {
  const order = findOrder(ctx.shop.db, target.orderId)
  if (!order) return plain(ctx, 'order-unknown')
  if (order.version !== target.version || !isLegal(step, order)) return conflict(order).message
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

async function askInWords(
  ctx: ShopContext,
  kind: 'tracking' | 'reason',
  target: Target,
  trouble?: string,
): Promise<void> {
  const { orderId, version } = target
  ctx.asks = { kind, orderId, version }
  const without = kind === 'tracking' ? callbackData.noTracking : callbackData.noReason
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, `desk-${kind}`, { number: String(orderId) }),
  )
  const keyboard = [
    [button(label(ctx, `desk-${kind}-none`), without(orderId, version))],
    [button(label(ctx, 'desk-not-now'), callbackData.home)],
  ]
  await show(ctx, { html, keyboard }, 'below')
}

/** Takes a message as the tracking number, or as the reason for a cancellation. */
export async function answerAtDesk(
  ctx: ShopContext,
  question: Target & { kind: 'tracking' | 'reason' },
): Promise<void> {
  const { kind, orderId, version } = question
  const words = ctx.message?.text?.replace(/[^\P{C}\n\u200d]/gu, '').trim()
  if (!words) return askInWords(ctx, kind, question, plain(ctx, 'checkout-words'))
  const step = kind === 'tracking' ? 'dispatch' : 'cancel'
  const said = kind === 'tracking' ? { trackingNumber: words } : { reason: words }
  await finish(ctx, { orderId, version, step, ...said }, question)
}

/** Takes the step that was asked about, and shows what came of it; what was said wrongly is asked again. */
async function finish(
  ctx: ShopContext,
  command: Omit<StepCommand, 'actor' | 'requestKey'>,
  question?: Target & { kind: 'tracking' | 'reason' },
): Promise<void> {
  const actor = staffActor(ctx)
  if (!actor) return showHome(ctx, say(ctx, 'desk-staff-only'))
  const requestKey = `tg:${ctx.update.update_id}`
  try {
    ctx.write((work) => takeStep(work, { ...command, actor, requestKey }))
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    if (question && error.code === 'invalid') return askInWords(ctx, question.kind, question, error.message)
    return showHome(ctx, `⚠️ ${escapeHtml(error.message)}`)
  }
  await showHome(ctx, say(ctx, `desk-${command.step}`, { number: String(command.orderId) }))
}
