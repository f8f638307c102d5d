import { Composer } from 'grammy'
import { findVariant } from '../../db/catalogue.ts'
import { shorten } from '../../lib/shorten.ts'
import { type Cart, type CartLine, readCart, setCartQuantity } from '../../shop/checkout/cart.ts'
import type { Price } from '../../shop/pricing/price-cart.ts'
import { type PriceLines, priceLines } from '../../shop/pricing/price-lines.ts'
import { attempt } from '../attempt.ts'
import { callbackData, numbersOf } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back, button, type Keyboard } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, languageOf, lines, money, paragraphs, say } from '../words.ts'

const MAX_TITLE = 60

export const cart = new Composer<ShopContext>()

cart.command('cart', (ctx) => showCart(ctx))
cart.callbackQuery(callbackData.cart, (ctx) => showCart(ctx))
cart.callbackQuery(/^c:(\d{1,15}):(\d{1,3})$/, async (ctx) => {
  const [variantId = 0, quantity = 0] = numbersOf(ctx.match)
  // A forged id would break the reference to the variant; the cart as it is says enough.
  if (findVariant(ctx.shop.db, variantId)) {
    attempt(ctx, (work) => setCartQuantity(work, { personId: ctx.person.id, variantId, quantity }))
  }
  await showCart(ctx)
})

/** Shows what the person chose, with what is wrong with it and the buttons to put it right. */
export async function showCart(ctx: ShopContext, news?: string): Promise<void> {
  const content = readCart(ctx.shop.db, ctx.person.id)
  if (content.lines.length === 0) {
    const shop = [button(label(ctx, 'home-shop'), callbackData.categories)]
    return show(ctx, { html: paragraphs(news, say(ctx, 'cart-empty')), keyboard: [shop, back(ctx)] })
  }
  const html = paragraphs(
    news,
    say(ctx, 'cart'),
    ...content.lines.map((line, index) => lineHtml(ctx, line, index + 1)),
    totalHtml(ctx, content),
  )
  await show(ctx, { html, keyboard: cartKeyboard(ctx, content) })
}

function totalHtml(ctx: ShopContext, { price, digitalOnly }: Cart): string {
  const { above, below } = linesOf(ctx, price)
  return lines(
    ...above,
    say(ctx, 'cart-total', { total: money(ctx, price.totalMinor) }),
    ...below,
    !digitalOnly && say(ctx, 'cart-delivery'),
  )
}

/** The discount and the taxes of a price in words. */
export function linesOf(ctx: ShopContext, price: Price, code: string | null = null): PriceLines {
  const { texts, settings } = ctx.shop
  return priceLines({ texts, language: languageOf(ctx) }, { ...price, code, currency: settings.currency })
}

function lineHtml(ctx: ShopContext, line: CartLine, position: number): string {
  const { quantity, problem, available } = line
  const args = { quantity, price: money(ctx, line.unitPriceMinor), total: money(ctx, line.totalMinor) }
  return lines(
    say(ctx, 'cart-line', { position, title: titleOf(line), ...args }),
    problem && say(ctx, `cart-line-${problem}`, { left: available }),
  )
}

/** A line's product and variant as one short text. */
export function titleOf(line: { title: string; variantTitle: string }, max = MAX_TITLE): string {
  return shorten(line.variantTitle ? `${line.title}, ${line.variantTitle}` : line.title, max)
}

function cartKeyboard(ctx: ShopContext, content: Cart): Keyboard {
  const keyboard = content.lines.map((line, index) => lineButtons(ctx, line, index + 1))
  if (content.itemCount > 0) {
    const total = money(ctx, content.price.totalMinor)
    keyboard.push(
      [button(label(ctx, 'cart-checkout', { total }), callbackData.checkout)],
      [button(label(ctx, 'home-shop'), callbackData.categories)],
    )
  }
  return [...keyboard, back(ctx)]
}

function lineButtons(ctx: ShopContext, line: CartLine, position: number) {
  const { variantId, quantity, available, problem, productId } = line
  const title = titleOf(line, 28)
  if (problem === 'gone' || (problem === 'short' && available === 0)) {
    return [button(label(ctx, 'cart-remove', { title }), callbackData.setCart(variantId, 0))]
  }
  if (problem === 'short') {
    const fix = callbackData.setCart(variantId, available)
    return [button(label(ctx, 'cart-take', { left: available, title }), fix)]
  }
  const card = callbackData.product({ productId, variantId })
  return [
    button(quantity === 1 ? '✕' : '−', callbackData.setCart(variantId, quantity - 1)),
    button(label(ctx, 'cart-quantity', { position, quantity }), card),
    button('+', callbackData.setCart(variantId, quantity + 1)),
  ]
}
