import { Composer } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import { findCategory, listCategories, listProducts, type ProductListing } from '../../db/catalogue.ts'
import { shorten } from '../../lib/shorten.ts'
import { callbackData, numbersOf } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back, button, rows } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, lines, money, plain, say, short } from '../words.ts'
import { showHome } from './home.ts'

/** Stands in buttons for products that have no category. */
export const NO_CATEGORY = 0

const PAGE = 8
const MAX_CATEGORIES = 60
const MAX_PAGE = 10_000
const FEW = 3
/** What a phone 375 wide shows of a button; price and stock stand at its end. */
const MAX_BUTTON = 34

export const catalogue = new Composer<ShopContext>()

catalogue.command('shop', showCategories)
catalogue.callbackQuery(callbackData.categories, showCategories)
catalogue.callbackQuery(/^k:(\d{1,15}):(\d{1,5})$/, async (ctx) => {
  const [categoryId = NO_CATEGORY, page = 0] = numbersOf(ctx.match)
  await showCategory(ctx, categoryId, Math.min(page, MAX_PAGE))
})

async function showCategories(ctx: ShopContext): Promise<void> {
  const { db } = ctx.shop
  const buttons = listCategories(db)
    .slice(0, MAX_CATEGORIES)
    .map((category) => button(short(category.name), callbackData.category(category.id)))
  const others = listProducts(db, { categoryId: null, limit: 1, offset: 0 })
  if (others.length > 0)
    buttons.push(button(label(ctx, 'categories-other'), callbackData.category(NO_CATEGORY)))
  const html = say(ctx, buttons.length > 0 ? 'categories' : 'categories-empty')
  await show(ctx, { html, keyboard: [...rows(buttons, 2), back(ctx)] })
}

async function showCategory(ctx: ShopContext, categoryId: number, page: number): Promise<void> {
  const { db } = ctx.shop
  const category = findCategory(db, categoryId)
  if (!category && categoryId !== NO_CATEGORY) return showHome(ctx, say(ctx, 'home-stale'))
  const range = { limit: PAGE + 1, offset: page * PAGE }
  const found = listProducts(db, { categoryId: category?.id ?? null, ...range })
  const keyboard = rows(
    found.slice(0, PAGE).map((product) => productButton(ctx, product, page)),
    1,
  )
  keyboard.push(turnPages(ctx, categoryId, page, found.length > PAGE), back(ctx, callbackData.categories))
  const name = category?.name ?? plain(ctx, 'categories-other')
  const html = lines(
    say(ctx, found.length > 0 ? 'category' : 'category-empty', { name }),
    page > 0 && say(ctx, 'category-page', { page: page + 1 }),
  )
  await show(ctx, { html, keyboard })
}

function turnPages(
  ctx: ShopContext,
  categoryId: number,
  page: number,
  hasMore: boolean,
): InlineKeyboardButton[] {
  const buttons: InlineKeyboardButton[] = []
  if (page > 0) buttons.push(button(label(ctx, 'earlier'), callbackData.category(categoryId, page - 1)))
  if (hasMore) buttons.push(button(label(ctx, 'more'), callbackData.category(categoryId, page + 1)))
  return buttons
}

/** A product as one button, with its price and whether it can be had. */
export function productButton(ctx: ShopContext, product: ProductListing, page = 0): InlineKeyboardButton {
  const { title, available, price_from_minor: from, price_to_minor: to } = product
  const id = listingText(available, from === to)
  // The title gives way, so that price and stock are never cut off.
  const rest = plain(ctx, id, { title: '', price: money(ctx, from), left: available })
  const short = shorten(title, Math.max(8, MAX_BUTTON - rest.length))
  const text = plain(ctx, id, { title: short, price: money(ctx, from), left: available })
  return button(text, callbackData.product({ productId: product.id, page }))
}

function listingText(available: number, onePrice: boolean): string {
  if (available === 0) return 'listing-sold-out'
  if (!onePrice) return 'listing-from'
  return available <= FEW ? 'listing-few' : 'listing'
}
