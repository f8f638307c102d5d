import { Composer } from 'grammy'
import type { Reader } from '../../db/database.ts'
import { newestEventOfType } from '../../db/events.ts'
import { findOrder } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { writeMessage } from '../../shop/orders/write-message.ts'
import { askElsewhere } from '../ask-elsewhere.ts'
import { callbackData } from '../callback-data.ts'
import { type ShopContext, staffActor } from '../context.ts'
import { button } from '../keyboard.ts'
import { label, paragraphs, plain, say } from '../words.ts'
import { showHome } from './home.ts'

const MAX_QUOTE = 300

/** Staff answer what a customer wrote, from the notice of it; in a group, in their own chat with the bot. */
export const answerCustomer = new Composer<ShopContext>()

answerCustomer.callbackQuery(/^ma:(\d{1,15})$/, async (ctx) => {
  if (staffActor(ctx)) return askAnswer(ctx, Number(ctx.match[1]))
  ctx.toast = { text: plain(ctx, 'desk-staff-only'), alert: true }
})

async function askAnswer(ctx: ShopContext, orderId: number, trouble?: string): Promise<void> {
  const { db } = ctx.shop
  const order = findOrder(db, orderId)
  if (!order) return showHome(ctx, say(ctx, 'order-unknown'))
  const words = lastWordsOf(db, orderId)
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, 'answer', { number: String(orderId), customer: order.customer_name }),
    words && say(ctx, 'answer-quote', { words: words.slice(0, MAX_QUOTE) }),
  )
  const keyboard = [[button(label(ctx, 'desk-not-now'), callbackData.home)]]
  await askElsewhere(ctx, { kind: 'to_customer', orderId }, { html, keyboard })
}

/** What the customer said last, be it a question or why they want their money back. */
function lastWordsOf(db: Reader, orderId: number): string {
  const [last] = ['customer_wrote', 'refund_asked']
    .flatMap((type) => newestEventOfType(db, { orderId, type }) ?? [])
    .sort((a, b) => b.id - a.id)
  const { words = '' } = JSON.parse(last?.data ?? '{}') as { words?: string }
  return words
}

/** Takes a message of staff as their answer to the customer. */
export async function answerToCustomer(ctx: ShopContext, { orderId }: { orderId: number }): Promise<void> {
  const words = ctx.message?.text
  const actor = staffActor(ctx)
  if (!actor) return showHome(ctx, say(ctx, 'desk-staff-only'))
  if (!words) return askAnswer(ctx, orderId, plain(ctx, 'checkout-words'))
  const customer = findOrder(ctx.shop.db, orderId)?.customer_name ?? ''
  try {
    ctx.write((work) => writeMessage(work, { orderId, words, actor }))
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    if (error.code === 'invalid') return askAnswer(ctx, orderId, error.message)
    return showHome(ctx, `⚠️ ${escapeHtml(error.message)}`)
  }
  await showHome(ctx, say(ctx, 'answer-sent', { customer }))
}
