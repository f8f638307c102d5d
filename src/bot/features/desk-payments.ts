import { Composer } from 'grammy'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { readTypedMoney, toDecimal } from '../../lib/money.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { wordFor } from '../../shop/orders/progress.ts'
import { takeStep } from '../../shop/orders/take-step.ts'
import { moneyOf } from '../../shop/payments/order-money.ts'
import { dueOf } from '../../shop/payments/payment-state.ts'
import { recordPayment } from '../../shop/payments/record-payment.ts'
import { askElsewhere } from '../ask-elsewhere.ts'
import { callbackData, numbersOf } from '../callback-data.ts'
import { type ShopContext, staffActor } from '../context.ts'
import type { Question } from '../conversations/question.ts'
import { button } from '../keyboard.ts'
import { label, money, paragraphs, plain, say } from '../words.ts'
import { settleAtDesk } from './settle-at-desk.ts'

/** Money that staff have seen themselves: asked back before it counts, because nobody could find out later. */
export const deskPayments = new Composer<ShopContext>()

/** More than so many times what is due is asked back. */
const FAR_TOO_MUCH = 2

interface Target {
  orderId: number
  version: number
}

deskPayments.callbackQuery(/^pn:(\d{1,15}):(\d{1,9}):(\d{1,13})$/, async (ctx) => {
  const [orderId = 0, version = 0, amountMinor = 0] = numbersOf(ctx.match)
  await note(ctx, { orderId, version }, amountMinor)
})

deskPayments.callbackQuery(/^pk:(\d{1,15}):(\d{1,9})$/, async (ctx) => {
  const [orderId = 0, version = 0] = numbersOf(ctx.match)
  const done = say(ctx, 'desk-mark_paid', { number: String(orderId) })
  await settleAtDesk(ctx, done, (work, actor) => {
    const requestKey = `tg:${ctx.update.update_id}`
    takeStep(work, { orderId, version, step: 'mark_paid', actor, requestKey })
  })
})

/** Asks whether all that an order owes has arrived, or how much. */
export async function askPaid(ctx: ShopContext, order: OrderRow, trouble?: string): Promise<void> {
  const { id: orderId, version } = order
  const due = money(ctx, dueOf(moneyOf(order)), order.currency)
  const isDesk = staffActor(ctx)?.role !== 'packer'
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    say(ctx, wordFor('step-mark_paid', order).replace('step', 'desk-ask'), { number: String(orderId), due }),
    isDesk && say(ctx, 'desk-ask-other'),
  )
  const keyboard = [
    [button(label(ctx, 'desk-all-here', { due }), callbackData.markPaid(orderId, version))],
    [button(label(ctx, 'desk-not-now'), callbackData.home)],
  ]
  await askElsewhere(ctx, { kind: 'paid_amount', orderId, version }, { html, keyboard })
}

/** Takes a message as the amount that has arrived. */
export async function answerPaid(ctx: ShopContext, { orderId, version }: Target): Promise<void> {
  const order = findOrder(ctx.shop.db, orderId)
  const amountMinor = order && amountIn(ctx, order.currency)
  if (!order) return settleAtDesk(ctx, say(ctx, 'order-unknown'), () => undefined)
  if (!amountMinor) return askPaid(ctx, order, noAmount(ctx, order))
  const hasMoved = order.version !== version
  if (hasMoved || !isFarTooMuch(order, amountMinor)) return note(ctx, { orderId, version }, amountMinor)
  const yes = callbackData.notePaid(orderId, version, amountMinor)
  await askWhetherSure(ctx, { order, amountMinor, yes }, { kind: 'paid_amount', orderId, version })
}

async function note(ctx: ShopContext, { orderId, version }: Target, amountMinor: number): Promise<void> {
  const order = findOrder(ctx.shop.db, orderId)
  const args = { amount: money(ctx, amountMinor, order?.currency), number: String(orderId) }
  const requestKey = `tg:${ctx.update.update_id}`
  await settleAtDesk(ctx, say(ctx, 'desk-noted', args), (work, actor) => {
    try {
      recordPayment(work, { orderId, version, amountMinor, actor, requestKey })
    } catch (error) {
      if (!(error instanceof ShopError) || error.code !== 'conflict') throw error
      throw new ShopError('conflict', `${error.message} ${plain(ctx, 'desk-not-noted', args)}`)
    }
  })
}

/** The amount somebody typed, with or without the currency; undefined for anything else, or nothing. */
export function amountIn(ctx: ShopContext, currency: string): number | undefined {
  return readTypedMoney(ctx.message?.text ?? '', currency) || undefined
}

/** What is said to whoever typed something else. */
export function noAmount(ctx: ShopContext, { currency }: OrderRow): string {
  return plain(ctx, 'desk-amount-wrong', { example: toDecimal(5420, currency) })
}

/** Whether an amount looks like a slip of the finger: the customer is told of it at once, and it stays in the books. */
export function isFarTooMuch(order: OrderRow, amountMinor: number): boolean {
  return amountMinor > FAR_TOO_MUCH * dueOf(moneyOf(order))
}

/** Asks back before so large an amount counts; another amount can be typed instead. */
export async function askWhetherSure(
  ctx: ShopContext,
  { order, amountMinor, yes }: { order: OrderRow; amountMinor: number; yes: string },
  question: Question,
): Promise<void> {
  const amount = money(ctx, amountMinor, order.currency)
  const due = money(ctx, dueOf(moneyOf(order)), order.currency)
  const html = say(ctx, 'desk-amount-sure', { amount, due, number: String(order.id) })
  const keyboard = [
    [button(label(ctx, 'desk-amount-yes', { amount }), yes)],
    [button(label(ctx, 'desk-not-now'), callbackData.home)],
  ]
  await askElsewhere(ctx, question, { html, keyboard })
}
