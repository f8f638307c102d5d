import { listEntriesOfOrder } from '../../db/ledger.ts'
import { listOrderTaxes } from '../../db/order-taxes.ts'
import { listLineItems, type OrderRow } from '../../db/orders.ts'
import { findReview } from '../../db/reviews.ts'
import type { TextArgs } from '../../lib/texts.ts'
import { mayAskRefund } from '../../shop/orders/ask-refund.ts'
import { isAllowed, isLegal } from '../../shop/orders/machine.ts'
import { isDigital, progressLine } from '../../shop/orders/progress.ts'
import { mayWrite } from '../../shop/orders/write-message.ts'
import { awaitsTransfer, takesReceipt } from '../../shop/payments/awaits-receipt.ts'
import { payUntil } from '../../shop/payments/pay-until.ts'
import { paymentWord } from '../../shop/payments/payment-word.ts'
import { transferParts } from '../../shop/payments/transfer-parts.ts'
import { priceLines, priceOfOrder } from '../../shop/pricing/price-lines.ts'
import { callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back, button, copyButton, type Keyboard, rows } from '../keyboard.ts'
import type { Screen } from '../screen.ts'
import { day, label, languageOf, lines, money, paragraphs, plain, say } from '../words.ts'
import { titleOf } from './cart.ts'
import { payRows } from './pay-buttons.ts'

// Thirty such lines, an address, a note and how to pay fit into a message of 4096 characters in any currency.
const MAX_TITLE = 48

/** Whether the customer can still cancel: until packing begins. */
export function mayCancel(order: OrderRow): boolean {
  return isLegal('cancel', order) && isAllowed('cancel', order, { kind: 'customer' })
}

/** Everything a customer wants to know of an order, and what they can do with it. */
export function orderScreen(ctx: ShopContext, order: OrderRow): Screen {
  const transfer = awaitsTransfer(order) ? transferOf(ctx, order) : undefined
  const price = priceOfOrder(order, listOrderTaxes(ctx.shop.db, order.id))
  const { above, below } = priceLines({ texts: ctx.shop.texts, language: languageOf(ctx) }, price)
  const { timezone } = ctx.shop.settings
  const time = payUntil(order, { language: languageOf(ctx), timezone })
  const html = paragraphs(
    say(ctx, 'order', { number: String(order.id), date: day(ctx, order.placed_at, true) }),
    lines(
      progressLine(ctx.shop.texts, languageOf(ctx), order),
      order.cancel_reason && say(ctx, 'order-reason', { reason: order.cancel_reason }),
      order.tracking_number && say(ctx, 'order-tracking', { tracking: order.tracking_number }),
    ),
    lines(...itemLines(ctx, order), deliveryLine(ctx, order), ...above, totalLine(ctx, order), ...below),
    time && say(ctx, 'pay-until', { time }),
    lines(
      order.address && say(ctx, 'summary-address', { address: order.address }),
      order.phone && say(ctx, 'summary-phone', { phone: order.phone }),
      order.note && say(ctx, 'summary-note', { note: order.note }),
    ),
    transfer?.html,
    order.fulfilment === 'delivered' && reviewLine(ctx, order),
  )
  return { html, keyboard: orderKeyboard(ctx, order, transfer?.buttons) }
}

function itemLines(ctx: ShopContext, order: OrderRow): string[] {
  return listLineItems(ctx.shop.db, order.id).map((item) =>
    say(ctx, 'order-line', {
      quantity: item.quantity,
      title: titleOf({ title: item.title, variantTitle: item.variant_title }, MAX_TITLE),
      price: money(ctx, item.total_minor, order.currency),
    }),
  )
}

function deliveryLine(ctx: ShopContext, order: OrderRow): string {
  if (isDigital(order)) return say(ctx, 'summary-digital')
  const free = order.delivery_minor === 0
  const price = free ? plain(ctx, 'checkout-free') : money(ctx, order.delivery_minor, order.currency)
  return say(ctx, 'order-delivery', { name: order.delivery_method, price })
}

function totalLine(ctx: ShopContext, order: OrderRow): string {
  const total = money(ctx, order.total_minor, order.currency)
  const nothingDue = order.payment === 'due_on_delivery' || order.payment === 'pending'
  if (order.fulfilment === 'cancelled' && nothingDue) return say(ctx, 'summary-total', { total })
  return say(ctx, 'order-total', { total, payment: plain(ctx, paymentWord(ctx.shop.db, order)) })
}

function reviewLine(ctx: ShopContext, order: OrderRow): string {
  const review = findReview(ctx.shop.db, order.id)
  return review ? say(ctx, 'order-rated', { stars: stars(review.rating) }) : say(ctx, 'order-how')
}

/** A rating as five stars: ★★★★☆. */
export function stars(rating: number): string {
  return '★'.repeat(rating) + '☆'.repeat(5 - rating)
}

function orderKeyboard(ctx: ShopContext, order: OrderRow, transfer: Keyboard[number] | undefined): Keyboard {
  const keyboard: Keyboard = transfer ? [transfer] : []
  keyboard.push(...payRows(ctx, order))
  if (takesReceipt(order, ctx.shop.clock.now())) {
    const text = label(ctx, transfer ? 'button-send-receipt' : 'order-receipt-late')
    keyboard.push([button(text, callbackData.sendReceiptHere(order.id))])
  }
  if (order.tracking_number) {
    keyboard.push([copyButton(label(ctx, 'order-copy-tracking'), order.tracking_number)])
  }
  if (order.fulfilment === 'delivered') keyboard.push(...reviewRows(ctx, order))
  keyboard.push([button(label(ctx, 'order-again'), callbackData.orderAgain(order.id))])
  if (mayCancel(order)) {
    keyboard.push([button(label(ctx, 'order-cancel'), callbackData.askCancel(order.id, order.version))])
  }
  keyboard.push(...talkRows(ctx, order))
  const receiptUrl = hasMoney(ctx, order) ? ctx.shop.receipts?.urlOf(order.id) : undefined
  if (receiptUrl) keyboard.push([{ text: label(ctx, 'button-receipt'), url: receiptUrl }])
  if (ctx.deps.mail && !ctx.person.email) {
    keyboard.push([button(label(ctx, 'order-email'), callbackData.email(order.id))])
  }
  return [...keyboard, back(ctx, callbackData.orders())]
}

/** A receipt says what was paid: before any money came there is none to be had. */
function hasMoney({ shop }: ShopContext, { id, payment }: OrderRow): boolean {
  return payment === 'paid' || listEntriesOfOrder(shop.db, id).length > 0
}

/** What a customer can say to the shop about an order. */
function talkRows(ctx: ShopContext, order: OrderRow): Keyboard {
  const { db, clock } = ctx.shop
  const write = button(label(ctx, 'order-write'), callbackData.writeToShop(order.id))
  const refund = button(label(ctx, 'order-refund'), callbackData.askRefund(order.id))
  return [
    mayWrite(db, order, clock.now()) ? [write] : [],
    mayAskRefund(db, order, clock.now()) ? [refund] : [],
  ].filter((row) => row.length > 0)
}

function reviewRows(ctx: ShopContext, order: OrderRow): Keyboard {
  const review = findReview(ctx.shop.db, order.id)
  if (review) {
    const text = label(ctx, review.words ? 'order-words-more' : 'order-words')
    return [[button(text, callbackData.review(order.id))]]
  }
  const ratings = [1, 2, 3, 4, 5].map((rating) =>
    button(label(ctx, 'rate-star', { rating }), callbackData.rateHere(order.id, rating)),
  )
  return rows(ratings)
}

/** How to pay an order by bank transfer, with what has to be copied. */
function transferOf(ctx: ShopContext, order: OrderRow): { html: string; buttons: Keyboard[number] } {
  const words = { language: languageOf(ctx), say: (id: string, args?: TextArgs) => say(ctx, id, args) }
  const { html, copies } = transferParts(ctx.shop.db, order, words)
  return { html, buttons: copies.map((copy) => copyButton(copy.label, copy.text)) }
}
