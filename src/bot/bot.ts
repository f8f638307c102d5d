import { Bot, Composer, type MiddlewareFn, type Transformer } from 'grammy'
import { answerPress } from './answer-press.ts'
import { type BotDeps, equip, identify, type ShopContext } from './context.ts'
import { waitingForWords } from './conversations/await-words.ts'
import { explainErrors } from './explain-errors.ts'
import { cart } from './features/cart.ts'
import { catalogue } from './features/catalogue.ts'
import { answerInWords, checkout } from './features/checkout.ts'
import { desk } from './features/desk.ts'
import { answerAtDesk, deskQuestions } from './features/desk-questions.ts'
import { home } from './features/home.ts'
import { answerUnasked, lost } from './features/lost.ts'
import { order } from './features/order.ts'
import { orders } from './features/orders.ts'
import { product } from './features/product.ts'
import { reach } from './features/reach.ts'
import { answerReview, review } from './features/review.ts'
import { summary } from './features/summary.ts'
import { telegramFetch } from './telegram-fetch.ts'

// Longer than a long poll; every other call has its own, shorter limit.
const TIMEOUT_SECONDS = 40
const REPLY_TIMEOUT_MS = 10_000
const UPLOAD_TIMEOUT_MS = 30_000

/**
 * Makes the bot: everything a person can do in the chat. `bot.handleUpdate` may be given the same update again; it
 * throws only when Telegram cannot be reached, which is worth another try later.
 */
export function createBot(deps: BotDeps): Bot<ShopContext> {
  const { token, apiRoot, botInfo } = deps
  const bot = new Bot<ShopContext>(token, {
    client: { timeoutSeconds: TIMEOUT_SECONDS, fetch: telegramFetch as never, ...(apiRoot && { apiRoot }) },
    ...(botInfo && { botInfo }),
  })
  bot.api.config.use(limitTime)
  // The place for payments: pre_checkout_query has ten seconds, and must wait for nothing that follows.
  bot.use(equip(deps), explainErrors, reach)
  const chat = bot.chatType('private')
  chat.use(identify)
  chat.use(buttonsAndCommands())
  chat.use(waitingForWords(deps.shop, answerMessage))
  // A button in a group, where this bot has nothing to say.
  bot.on('callback_query', answerPress)
  return bot
}

/** All that is handled whatever the bot may be waiting for. It ends the waiting, which comes after it. */
function buttonsAndCommands(): MiddlewareFn<ShopContext> {
  const features = new Composer<ShopContext>()
  features.use(
    home,
    catalogue,
    product,
    cart,
    checkout,
    summary,
    orders,
    order,
    review,
    desk,
    deskQuestions,
    lost,
  )
  const handle = features.middleware()
  return async (ctx, next) => {
    ctx.handled = true
    await handle(ctx, () => {
      ctx.handled = false
      return Promise.resolve()
    })
    await next()
  }
}

/** A message that is no command: the answer to what was asked, or something nobody asked for. */
async function answerMessage(ctx: ShopContext): Promise<void> {
  const question = ctx.answers
  switch (question?.kind) {
    case 'address':
    case 'phone':
    case 'note':
      return answerInWords(ctx, question.kind)
    case 'review':
      return answerReview(ctx, question)
    case 'tracking':
    case 'reason':
      return answerAtDesk(ctx, { ...question, kind: question.kind })
    default:
      return answerUnasked(ctx)
  }
}

const limitTime: Transformer = (call, method, payload, signal) => {
  if (signal || method === 'getUpdates') return call(method, payload, signal)
  const ms = /Photo|Media/.test(method) ? UPLOAD_TIMEOUT_MS : REPLY_TIMEOUT_MS
  // grammY asks for its own AbortSignal type; at run time it is the same one.
  return call(method, payload, AbortSignal.timeout(ms) as never)
}
