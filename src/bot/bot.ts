import { Bot, Composer, type MiddlewareFn } from 'grammy'
import { answerPress } from './answer-press.ts'
import { type BotDeps, equip, identify, identifyInGroup, type ShopContext } from './context.ts'
import { waitingForWords } from './conversations/await-words.ts'
import { explainErrors } from './explain-errors.ts'
import { answerCustomer, answerToCustomer } from './features/answer-customer.ts'
import { cart } from './features/cart.ts'
import { catalogue } from './features/catalogue.ts'
import { answerInWords, checkout } from './features/checkout.ts'
import { desk } from './features/desk.ts'
import { answerPaid, deskPayments } from './features/desk-payments.ts'
import { answerProofAmount, answerProofReason, deskProofs } from './features/desk-proofs.ts'
import { answerAtDesk, deskQuestions } from './features/desk-questions.ts'
import { answerCode, discountCode } from './features/discount-code.ts'
import { answerEmail, email } from './features/email.ts'
import { home } from './features/home.ts'
import { answerUnasked, lost } from './features/lost.ts'
import { moneyDesk } from './features/money-desk.ts'
import { order } from './features/order.ts'
import { orders } from './features/orders.ts'
import { pay } from './features/pay.ts'
import { product } from './features/product.ts'
import { answerReceipt, mustBeReceipt, proof } from './features/proof.ts'
import { reach } from './features/reach.ts'
import { answerReview, review } from './features/review.ts'
import { signIn } from './features/sign-in.ts'
import { staffGroups } from './features/staff-groups.ts'
import { staffJoin } from './features/staff-join.ts'
import { summary } from './features/summary.ts'
import { takePayment } from './features/take-payment.ts'
import { answerToShop, writeToShop } from './features/write-to-shop.ts'
import { clientOptions, limitTime } from './open-api.ts'

/**
 * Makes the bot: everything a person can do in the chat. `bot.handleUpdate` may be given the same update again; it
 * throws only when Telegram cannot be reached, which is worth another try later.
 */
export function createBot(deps: BotDeps): Bot<ShopContext> {
  const { token, apiRoot, botInfo } = deps
  const bot = new Bot<ShopContext>(token, {
    client: clientOptions(apiRoot),
    ...(botInfo && { botInfo }),
  })
  bot.api.config.use(limitTime)
  // What Telegram asks before a payment never comes here: the inbox has it answered at once.
  bot.use(equip(deps), takePayment, explainErrors, reach)
  const chat = bot.chatType('private')
  chat.use(identify)
  chat.use(buttonsAndCommands())
  const waiting = waitingForWords(deps.shop, answerMessage)
  chat.use(waiting)
  const group = bot.chatType(['group', 'supergroup'])
  group.use(staffGroups)
  group.on('callback_query').use(identifyInGroup, buttonsInGroups(waiting))
  // A button in a channel, where this bot has nothing to say.
  bot.on('callback_query', answerPress)
  return bot
}

/** All that is handled whatever the bot may be waiting for. It ends the waiting, which comes after it. */
function buttonsAndCommands(): MiddlewareFn<ShopContext> {
  const features = new Composer<ShopContext>()
  features.use(
    signIn,
    staffJoin,
    pay,
    home,
    catalogue,
    product,
    cart,
    checkout,
    discountCode,
    summary,
    orders,
    order,
    review,
    email,
    desk,
    deskQuestions,
    moneyDesk,
    deskPayments,
    deskProofs,
    proof,
    writeToShop,
    answerCustomer,
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

/** Staff press the buttons of notices in a group, too. What has to be said in words they are asked in their own chat. */
function buttonsInGroups(waiting: Composer<ShopContext>): Composer<ShopContext> {
  const buttons = new Composer<ShopContext>()
  const handle = new Composer<ShopContext>(desk, moneyDesk, deskProofs, answerCustomer).middleware()
  buttons.use(async (ctx, next) => {
    ctx.handled = true
    await handle(ctx, () => Promise.resolve())
    if (ctx.asks) await next()
  }, waiting)
  return buttons
}

/** A message that is no command: the answer to what was asked, or something nobody asked for. */
async function answerMessage(ctx: ShopContext): Promise<void> {
  const question = ctx.answers
  if (question && question.kind !== 'receipt' && mustBeReceipt(ctx)) {
    // What was asked is still to be answered.
    ctx.asks = question
    return answerUnasked(ctx)
  }
  switch (question?.kind) {
    case 'address':
    case 'phone':
    case 'note':
      return answerInWords(ctx, question.kind)
    case 'code':
      return answerCode(ctx)
    case 'review':
      return answerReview(ctx, question)
    case 'email':
      return answerEmail(ctx, question)
    case 'to_shop':
    case 'refund':
      return answerToShop(ctx, { ...question, kind: question.kind })
    case 'to_customer':
      return answerToCustomer(ctx, question)
    case 'receipt':
      return answerReceipt(ctx, question)
    case 'paid_amount':
      return answerPaid(ctx, question)
    case 'proof_amount':
      return answerProofAmount(ctx, question)
    case 'proof_reason':
      return answerProofReason(ctx, question)
    case 'tracking':
    case 'reason':
      return answerAtDesk(ctx, { ...question, kind: question.kind })
    default:
      return answerUnasked(ctx)
  }
}
