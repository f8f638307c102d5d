import { Composer } from 'grammy'
import { findOrder } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { type StepCommand, takeStep } from '../../shop/orders/take-step.ts'
import type { EndOfMoney } from '../../shop/payments/end-money.ts'
import { refundableOf } from '../../shop/payments/refundable.ts'
import { askElsewhere, showElsewhere } from '../ask-elsewhere.ts'
import { callbackData, numbersOf } from '../callback-data.ts'
import { type ShopContext, staffActor } from '../context.ts'
import { button } from '../keyboard.ts'
import { label, money, paragraphs, plain, say } from '../words.ts'
import { showHome } from './home.ts'

/** The buttons of the questions staff are asked. The question's screen then makes way for what was done. */
export const deskQuestions = new Composer<ShopContext>()

interface Target {
  orderId: number
  version: number
  /** What becomes of the money of an order that is to be cancelled. */
  money?: EndOfMoney
}

deskQuestions.callbackQuery(/^t:(\d{1,15}):(\d{1,9})$/, async (ctx) => {
  const [orderId = 0, version = 0] = numbersOf(ctx.match)
  await finish(ctx, { orderId, version, step: 'dispatch', noTracking: true })
})

deskQuestions.callbackQuery(/^z:(\d{1,15}):(\d{1,9})(?::(refund|keep|later))?$/, async (ctx) => {
  const [orderId = 0, version = 0] = numbersOf(ctx.match)
  await finish(ctx, { orderId, version, step: 'cancel', money: ctx.match[3] as EndOfMoney | undefined })
})

deskQuestions.callbackQuery(/^zm:(\d{1,15}):(\d{1,9}):(refund|keep|later)$/, async (ctx) => {
  const [orderId = 0, version = 0] = numbersOf(ctx.match)
  await askAtDesk(ctx, 'reason', { orderId, version, money: ctx.match[3] as EndOfMoney })
})

/** Asks for the tracking number or the reason that goes along with a step. */
export async function askAtDesk(
  ctx: ShopContext,
  kind: 'tracking' | 'reason',
  target: Target,
  trouble?: string,
): Promise<void> {
  const { orderId, version, money } = target
  if (kind === 'reason' && !money && amountOn(ctx, orderId) > 0) return askAboutMoney(ctx, target)
  const without = kind === 'tracking' ? callbackData.noTracking : callbackData.noReason
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, `desk-${kind}`, { number: String(orderId) }),
  )
  const keyboard = [
    [button(label(ctx, `desk-${kind}-none`), without(orderId, version, money))],
    [button(label(ctx, 'desk-not-now'), callbackData.home)],
  ]
  const question =
    kind === 'tracking' ? { kind, orderId, version } : { kind, orderId, version, ...(money && { money }) }
  await askElsewhere(ctx, question, { html, keyboard })
}

/** Asks what becomes of the money of an order, before it is cancelled. */
async function askAboutMoney(ctx: ShopContext, { orderId, version }: Target): Promise<void> {
  const order = findOrder(ctx.shop.db, orderId)
  const amount = money(ctx, amountOn(ctx, orderId), order?.currency)
  const choice = (what: EndOfMoney) => [
    button(label(ctx, `desk-money-${what}`, { amount }), callbackData.endMoney(orderId, version, what)),
  ]
  const keyboard = [
    choice('refund'),
    choice('keep'),
    choice('later'),
    [button(label(ctx, 'desk-not-now'), callbackData.home)],
  ]
  const html = say(ctx, 'desk-money', { number: String(orderId), amount })
  await showElsewhere(ctx, { html, keyboard })
}

function amountOn(ctx: ShopContext, orderId: number): number {
  const order = findOrder(ctx.shop.db, orderId)
  return order ? refundableOf(ctx.shop.db, order) : 0
}

/** Takes a message as the tracking number, or as the reason for a cancellation. */
export async function answerAtDesk(
  ctx: ShopContext,
  question: Target & { kind: 'tracking' | 'reason' },
): Promise<void> {
  const { kind, orderId, version, money } = question
  const words = cleanText(ctx.message?.text ?? '')
  if (!words) return askAtDesk(ctx, kind, question, plain(ctx, 'checkout-words'))
  const step = kind === 'tracking' ? 'dispatch' : 'cancel'
  const said = kind === 'tracking' ? { trackingNumber: words } : { reason: words, money }
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
    if (question && error.code === 'invalid') return askAtDesk(ctx, question.kind, question, error.message)
    return showHome(ctx, `⚠️ ${escapeHtml(error.message)}`)
  }
  await showHome(ctx, say(ctx, `desk-${command.step}`, { number: String(command.orderId) }))
}
