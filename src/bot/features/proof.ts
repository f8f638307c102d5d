import { Composer } from 'grammy'
import { isApplied } from '../../db/inbox.ts'
import type { OrderRow } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { awaitsTransfer, listOrdersForReceipt, takesReceipt } from '../../shop/payments/awaits-receipt.ts'
import { moneyOf } from '../../shop/payments/order-money.ts'
import { dueOf } from '../../shop/payments/payment-state.ts'
import { dropProofFile } from '../../shop/payments/proof-files.ts'
import { sendProof } from '../../shop/payments/send-proof.ts'
import { answerPress } from '../answer-press.ts'
import { callbackData } from '../callback-data.ts'
import { customer, type ShopContext } from '../context.ts'
import { back, button, rows } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, money, paragraphs, plain, say } from '../words.ts'
import { homeKeyboard, showHome } from './home.ts'
import { findOwnOrder, showOrder } from './order.ts'
import { fileIn, keepSentFile, type SentFile } from './receipt-file.ts'

/** Receipts of bank transfers, as customers send them. */
export const proof = new Composer<ShopContext>()

// `ps` is on the order's screen, `pr` on its card, which stays.
proof.callbackQuery(/^(ps|pr):(\d{1,15})$/, (ctx) =>
  askReceipt(ctx, Number(ctx.match[2]), { place: ctx.match[1] === 'pr' ? 'below' : 'here' }),
)

// The question which order it is for answers the message with the receipt, and so still has it.
proof.callbackQuery(/^pg:(\d{1,15})$/, async (ctx) => {
  const orderId = Number(ctx.match[1])
  const file = fileIn(ctx.callbackQuery.message?.reply_to_message)
  await answerPress(ctx)
  return file ? takeReceipt(ctx, orderId, file) : askReceipt(ctx, orderId)
})

async function askReceipt(
  ctx: ShopContext,
  orderId: number,
  { place = 'here', trouble }: { place?: 'here' | 'below'; trouble?: string } = {},
): Promise<void> {
  const own = findOwnOrder(ctx, orderId)
  if (!own || !takesReceipt(own, ctx.shop.clock.now())) {
    if (own) ctx.toast = { text: plain(ctx, 'receipt-not-needed'), alert: true }
    return showOrder(ctx, orderId, place)
  }
  ctx.asks = { kind: 'receipt', orderId }
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, 'receipt', { number: String(orderId) }),
  )
  await show(ctx, { html, keyboard: [back(ctx, callbackData.order(orderId))] }, place)
}

/** Takes a message as the receipt that was asked for. */
export async function answerReceipt(ctx: ShopContext, { orderId }: { orderId: number }): Promise<void> {
  const file = fileIn(ctx.message)
  return file
    ? takeReceipt(ctx, orderId, file)
    : askReceipt(ctx, orderId, { trouble: plain(ctx, 'receipt-no-file') })
}

/** Whether a file that nobody asked for must be a receipt, because an order of this person waits for one. */
export function mustBeReceipt(ctx: ShopContext): boolean {
  const { shop, person, message } = ctx
  return (
    fileIn(message) !== undefined &&
    listOrdersForReceipt(shop.db, person.id, shop.clock.now()).some(awaitsTransfer)
  )
}

/** Takes a file that was sent unasked as the receipt of the order that waits for one; of several, asks which. */
export async function answerFile(ctx: ShopContext, file: SentFile): Promise<void> {
  const { db, clock } = ctx.shop
  // It came again: its receipt is here already.
  if (isApplied(db, ctx.update.update_id)) return showHome(ctx, say(ctx, 'receipt-here'))
  const orders = listOrdersForReceipt(db, ctx.person.id, clock.now())
  const [only] = orders
  if (!only) return show(ctx, { html: say(ctx, 'receipt-none'), keyboard: homeKeyboard(ctx) })
  if (orders.length === 1) return takeReceipt(ctx, only.id, file)
  await ctx.reply(say(ctx, 'receipt-which'), {
    parse_mode: 'HTML',
    reply_parameters: { message_id: ctx.msgId ?? 0, allow_sending_without_reply: true },
    reply_markup: {
      inline_keyboard: rows(
        orders.map((order) => choice(ctx, order)),
        1,
      ),
    },
  })
}

function choice(ctx: ShopContext, order: OrderRow) {
  const args = { number: String(order.id), due: money(ctx, dueOf(moneyOf(order)), order.currency) }
  return button(label(ctx, 'receipt-for', args), callbackData.receiptFor(order.id))
}

async function takeReceipt(ctx: ShopContext, orderId: number, sent: SentFile): Promise<void> {
  try {
    await keepReceipt(ctx, orderId, sent)
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    return askReceipt(ctx, orderId, { trouble: error.message })
  }
  const html = say(ctx, 'receipt-kept', { number: String(orderId) })
  await show(ctx, { html, keyboard: [back(ctx, callbackData.order(orderId))] })
}

async function keepReceipt(ctx: ShopContext, orderId: number, sent: SentFile): Promise<void> {
  const { uniqueId, words } = sent
  const file = await keepSentFile(ctx, sent)
  try {
    ctx.write((work) => sendProof(work, { ...file, orderId, uniqueId, words, actor: customer(ctx) }))
  } catch (error) {
    await dropProofFile(ctx.deps.proofsFolder, file.file)
    throw error
  }
}
