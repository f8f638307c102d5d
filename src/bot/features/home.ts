import { Composer } from 'grammy'
import { findCheckout } from '../../db/checkout.ts'
import { findStaff } from '../../db/people.ts'
import { readCart } from '../../shop/checkout/cart.ts'
import { leaveCheckout } from '../../shop/checkout/checkout.ts'
import { readShopName } from '../../shop/staff/shop-settings.ts'
import { callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back, button, type Keyboard } from '../keyboard.ts'
import { panelAddress } from '../panel-address.ts'
import { show } from '../screen.ts'
import { isRefusal } from '../telegram-errors.ts'
import { label, lines, plain, say } from '../words.ts'
import { showOrder } from './order.ts'
import { showProduct } from './product.ts'

export const home = new Composer<ShopContext>()

home.command('start', async (ctx) => {
  await offerPanel(ctx)
  const [, kind, id] = /^([po])_(\d{1,15})$/.exec(ctx.match) ?? []
  if (kind === 'p') return showProduct(ctx, { productId: Number(id) })
  if (kind === 'o') return showOrder(ctx, Number(id))
  return showHome(ctx)
})

home.command('cancel', (ctx) => {
  if (findCheckout(ctx.shop.db, ctx.person.id)) ctx.write((work) => leaveCheckout(work, ctx.person.id))
  return showHome(ctx, say(ctx, 'home-left'))
})

home.command('help', showHelp)
home.callbackQuery(callbackData.help, showHelp)
home.callbackQuery(callbackData.home, (ctx) => showHome(ctx))

/** Shows the way to everything, with a line of news or else a welcome. */
export async function showHome(ctx: ShopContext, news?: string): Promise<void> {
  await show(ctx, { html: news ?? welcome(ctx), keyboard: homeKeyboard(ctx) })
}

function welcome(ctx: ShopContext): string {
  const { db } = ctx.shop
  const shop = readShopName(db, ctx.me.first_name)
  return say(ctx, findStaff(db, ctx.person.id) ? 'home-staff' : 'home', { shop, name: ctx.person.name })
}

/** The buttons of the home screen, which also help whoever is lost. */
export function homeKeyboard(ctx: ShopContext): Keyboard {
  const { db } = ctx.shop
  const count = readCart(db, ctx.person.id).itemCount
  const panel = findStaff(db, ctx.person.id) && panelAddress(ctx.deps.publicUrl)
  const rows: Keyboard = [
    [
      button(label(ctx, 'home-shop'), callbackData.categories),
      button(label(ctx, count > 0 ? 'home-cart' : 'home-cart-empty', { count }), callbackData.cart),
    ],
    [
      button(label(ctx, 'home-orders'), callbackData.orders()),
      button(label(ctx, 'home-help'), callbackData.help),
    ],
  ]
  if (count > 0 && findCheckout(db, ctx.person.id)) {
    rows.unshift([button(label(ctx, 'home-checkout'), callbackData.checkout)])
  }
  if (panel) rows.push([{ text: label(ctx, 'home-panel'), web_app: { url: panel } }])
  return rows
}

async function showHelp(ctx: ShopContext): Promise<void> {
  const html = lines(say(ctx, 'help'), ctx.deps.mail && say(ctx, 'help-email'))
  await show(ctx, { html, keyboard: [back(ctx)] })
}

/** Staff find the panel behind the chat's menu button. The chat works without it, so that a refusal is only noted. */
export async function offerPanel(ctx: ShopContext): Promise<void> {
  const url = panelAddress(ctx.deps.publicUrl)
  if (!url || !findStaff(ctx.shop.db, ctx.person.id)) return
  try {
    await ctx.api.setChatMenuButton({
      chat_id: ctx.person.telegram_id,
      menu_button: { type: 'web_app', text: plain(ctx, 'menu-panel'), web_app: { url } },
    })
  } catch (err) {
    if (!isRefusal(err)) throw err
    ctx.deps.log?.warn({ err }, 'Telegram does not take the menu button')
  }
}
