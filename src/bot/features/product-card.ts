import type { InlineKeyboardButton } from 'grammy/types'
import type { VariantRow } from '../../db/catalogue.ts'
import { shorten } from '../../lib/shorten.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back, button, type Keyboard, rows } from '../keyboard.ts'
import { label, lines, money, paragraphs, plain, say } from '../words.ts'
import { NO_CATEGORY } from './catalogue.ts'
import type { CardFacts } from './product.ts'

const MAX_TITLE = 120
// A caption holds 1024 characters; the rest of the card needs less than 350 of them.
const MAX_DESCRIPTION = 670
const MAX_VARIANTS = 60
const MAX_VARIANT_TITLE = 24
const FEW = 5

export function productHtml(ctx: ShopContext, facts: CardFacts): string {
  const { product, chosen, variants, inCart, addable } = facts
  const price = say(ctx, 'card-price', { price: money(ctx, chosen.price_minor), stock: stock(ctx, chosen) })
  const variant = shorten(chosen.title, MAX_VARIANT_TITLE * 2)
  const description = shorten(product.description.trim(), MAX_DESCRIPTION)
  return paragraphs(
    lines(
      `<b>${escapeHtml(shorten(product.title, MAX_TITLE))}</b>`,
      variants.length > 1 && say(ctx, 'card-variant', { variant }),
      price,
    ),
    escapeHtml(description),
    lines(
      inCart > 0 && say(ctx, 'card-in-cart', { quantity: inCart }),
      inCart > 0 && addable === 0 && chosen.available > 0 && say(ctx, 'card-all-in-cart'),
    ),
  )
}

function stock(ctx: ShopContext, { available }: VariantRow): string {
  if (available === 0) return plain(ctx, 'stock-none')
  return plain(ctx, available <= FEW ? 'stock-few' : 'stock-many', { left: available })
}

export function productKeyboard(ctx: ShopContext, facts: CardFacts): Keyboard {
  const { product, cart, page } = facts
  const keyboard = variantRows(ctx, facts)
  if (facts.addable > 1) keyboard.push(quantityRow(facts))
  if (facts.addable > 0) keyboard.push([addButton(ctx, facts)])
  if (cart.itemCount > 0) {
    keyboard.push([
      button(label(ctx, 'card-cart', { total: money(ctx, cart.price.totalMinor) }), callbackData.cart),
    ])
  }
  keyboard.push(back(ctx, callbackData.category(product.category_id ?? NO_CATEGORY, page)))
  return keyboard
}

function variantRows(ctx: ShopContext, { variants, chosen, product, page }: CardFacts): Keyboard {
  if (variants.length < 2) return []
  const buttons = variants.slice(0, MAX_VARIANTS).map((variant) => {
    const title = shorten(variant.title || `${variant.position + 1}`, MAX_VARIANT_TITLE)
    const soldOut = variant.available === 0 ? 'card-sold-out' : undefined
    const id = variant.id === chosen.id ? 'card-chosen' : soldOut
    const text = id ? label(ctx, id, { variant: title }) : title
    return button(text, callbackData.product({ productId: product.id, page, variantId: variant.id }))
  })
  const longest = Math.max(...buttons.map((one) => one.text.length))
  return rows(buttons, longest > 12 ? 2 : 3)
}

function quantityRow({ product, chosen, quantity, page }: CardFacts): InlineKeyboardButton[] {
  const card = { productId: product.id, page, variantId: chosen.id }
  const choose = (wanted: number) => callbackData.product({ ...card, quantity: wanted })
  return [
    button('−', choose(Math.max(1, quantity - 1))),
    button(String(quantity), choose(quantity)),
    button('+', choose(quantity + 1)),
  ]
}

// The button says what the cart will hold, so that pressing it twice does not buy twice.
function addButton(ctx: ShopContext, facts: CardFacts): InlineKeyboardButton {
  const { chosen, quantity, inCart, page } = facts
  const price = money(ctx, chosen.price_minor * quantity)
  return button(
    label(ctx, 'card-add', { quantity, price }),
    callbackData.addToCart(chosen.id, inCart + quantity, page),
  )
}
