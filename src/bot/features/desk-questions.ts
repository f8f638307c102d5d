import { Composer } from 'grammy'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { type StepCommand, takeStep } from '../../shop/orders/take-step.ts'
import { callbackData, numbersOf } from '../callback-data.ts'
import { type ShopContext, staffActor } from '../context.ts'
import { button } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, paragraphs, plain, say } from '../words.ts'
import { showHome } from './home.ts'

/** The buttons of the questions staff are asked. The question's screen then makes way for what was done. */
export const deskQuestions = new Composer<ShopContext>()

interface Target {
  orderId: number
  version: number
}

deskQuestions.callbackQuery(/^([tz]):(\d{1,15}):(\d{1,9})$/, async (ctx) => {
  const [, orderId = 0, version = 0] = numbersOf(ctx.match)
  const without =
    ctx.match[1] === 't' ? ({ step: 'dispatch', noTracking: true } as const) : ({ step: 'cancel' } as const)
  await finish(ctx, { orderId, version, ...without })
})

/** Asks for the tracking number or the reason that goes along with a step. */
export async function askAtDesk(
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
  const words = cleanText(ctx.message?.text ?? '')
  if (!words) return askAtDesk(ctx, kind, question, plain(ctx, 'checkout-words'))
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
    if (question && error.code === 'invalid') return askAtDesk(ctx, question.kind, question, error.message)
    return showHome(ctx, `⚠️ ${escapeHtml(error.message)}`)
  }
  await showHome(ctx, say(ctx, `desk-${command.step}`, { number: String(command.orderId) }))
}
