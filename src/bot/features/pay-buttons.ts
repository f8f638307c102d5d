import type { OrderRow } from '../../db/orders.ts'
import type { PaymentMethod } from '../../db/schema.ts'
import { formatMoney } from '../../lib/money.ts'
import { wordFor } from '../../shop/orders/progress.ts'
import { openRequest } from '../../shop/payments/ask-again.ts'
import { moneyOf } from '../../shop/payments/order-money.ts'
import { dueOf } from '../../shop/payments/payment-state.ts'
import { waysToSwitch } from '../../shop/payments/switch-payment.ts'
import { callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { button, type Keyboard } from '../keyboard.ts'
import { label, languageOf, plain } from '../words.ts'

/** The buttons with which an order that is not paid yet is paid online, or another way is chosen. */
export function payRows(ctx: ShopContext, order: OrderRow): Keyboard {
  if (order.stage !== 'unpaid' || dueNow(order) === 0) return []
  const isOnline = ctx.shop.providers.get(order.payment_method)?.online !== undefined
  const other = otherWays(ctx, order)
  return [
    ...(isOnline ? [[payButton(ctx, order)]] : []),
    ...(other.length > 0 ? [[button(label(ctx, 'pay-other'), callbackData.payOther(order.id))]] : []),
  ]
}

/** Leads to the provider's page where there is one already; else asks for the invoice. */
function payButton(ctx: ShopContext, order: OrderRow) {
  const { db, clock } = ctx.shop
  const asked = openRequest(db, order, clock.now())
  const amount = asked
    ? formatMoney(asked.amount_minor, asked.currency, languageOf(ctx))
    : formatMoney(dueNow(order), order.currency, languageOf(ctx))
  const text = label(ctx, 'pay-button', { amount })
  return asked?.link ? { text, url: asked.link } : button(text, callbackData.pay(order.id))
}

/** What an order still owes. */
export function dueNow(order: OrderRow): number {
  return dueOf(moneyOf(order))
}

export function otherWays(ctx: ShopContext, order: OrderRow): PaymentMethod[] {
  return waysToSwitch(ctx.shop, order)
}

export function isPaymentKind(word: string): word is PaymentMethod {
  return ['cash_on_delivery', 'bank_transfer', 'telegram', 'stars', 'btcpay'].includes(word)
}

/** What a way to pay is called for this order: one that is fetched is paid at pickup. */
export function wayName(ctx: ShopContext, order: OrderRow, kind: PaymentMethod): string {
  return plain(ctx, wordFor(`pay-${kind}`, order))
}
