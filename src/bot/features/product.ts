import { Composer } from 'grammy'
import {
  findImage,
  findProduct,
  findVariant,
  listVariants,
  type ProductRow,
  type VariantRow,
} from '../../db/catalogue.ts'
import { type Cart, MAX_QUANTITY, readCart, setCartQuantity } from '../../shop/checkout/cart.ts'
import { attempt } from '../attempt.ts'
import { numbersOf, type ProductCard } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { show } from '../screen.ts'
import { plain, say } from '../words.ts'
import { titleOf } from './cart.ts'
import { showHome } from './home.ts'
import { productHtml, productKeyboard } from './product-card.ts'

export const product = new Composer<ShopContext>()

product.callbackQuery(/^p:(\d{1,15}):(\d{1,5})(?::(\d{1,15}):(\d{1,3}))?$/, async (ctx) => {
  const [productId = 0, page, variantId, quantity] = numbersOf(ctx.match)
  await showProduct(ctx, { productId, page, variantId, quantity })
})

product.callbackQuery(/^a:(\d{1,15}):(\d{1,3}):(\d{1,5})$/, async (ctx) => {
  const [variantId = 0, quantity = 0, page] = numbersOf(ctx.match)
  const variant = findVariant(ctx.shop.db, variantId)
  if (!variant) return showHome(ctx, say(ctx, 'card-gone'))
  const line = { personId: ctx.person.id, variantId, quantity }
  if (attempt(ctx, (work) => setCartQuantity(work, line))) {
    const title = titleOf({ title: variant.product_title, variantTitle: variant.title }, 100)
    ctx.toast = { text: plain(ctx, 'card-added', { quantity, title }), alert: false }
  }
  return showProduct(ctx, { productId: variant.product_id, page, variantId })
})

/** What a product's card is drawn from. */
export interface CardFacts {
  product: ProductRow
  variants: VariantRow[]
  chosen: VariantRow
  cart: Cart
  inCart: number
  /** How many more can be put into the cart. */
  addable: number
  quantity: number
  page: number
}

/** Shows a product's card, with the variant and quantity chosen so far. */
export async function showProduct(ctx: ShopContext, card: ProductCard): Promise<void> {
  const facts = readCard(ctx, card)
  if (!facts) return showHome(ctx, say(ctx, 'card-gone'))
  if ((card.quantity ?? 1) > facts.quantity) {
    ctx.toast = { text: plain(ctx, 'stock-few', { left: facts.chosen.available }), alert: false }
  }
  const photo = findImage(ctx.shop.db, facts.product.id)
  await show(ctx, { html: productHtml(ctx, facts), keyboard: productKeyboard(ctx, facts), photo })
}

function readCard(ctx: ShopContext, card: ProductCard): CardFacts | undefined {
  const { db } = ctx.shop
  const row = findProduct(db, card.productId)
  const variants = row?.status === 'active' ? listVariants(db, row.id) : []
  const chosen =
    variants.find((variant) => variant.id === card.variantId) ??
    variants.find((variant) => variant.available > 0) ??
    variants[0]
  if (!row || !chosen) return undefined
  const cart = readCart(db, ctx.person.id)
  const inCart = cart.lines.find((line) => line.variantId === chosen.id)?.quantity ?? 0
  const addable = Math.max(0, Math.min(chosen.available, MAX_QUANTITY) - inCart)
  const quantity = Math.max(1, Math.min(card.quantity ?? 1, addable))
  return { product: row, variants, chosen, cart, inCart, addable, quantity, page: card.page ?? 0 }
}
