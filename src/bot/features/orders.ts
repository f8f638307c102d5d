import { Composer } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import { listOrdersOfPerson } from '../../db/order-lists.ts'
import { stateWord } from '../../shop/orders/progress.ts'
import { callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back, button, rows } from '../keyboard.ts'
import { show } from '../screen.ts'
import { day, label, languageOf, money, paragraphs, say } from '../words.ts'

const PAGE = 6

export const orders = new Composer<ShopContext>()

orders.command('orders', (ctx) => showOrders(ctx))
// Telegram asks this of whoever takes Stars.
orders.command('paysupport', (ctx) => showOrders(ctx, { title: 'orders-pay-support' }))
orders.callbackQuery(/^l(?::(\d{1,15}))?$/, (ctx) =>
  showOrders(ctx, { before: ctx.match[1] === undefined ? undefined : Number(ctx.match[1]) }),
)

interface Which {
  before?: number | undefined
  title?: string
}

/** Shows a person's own orders, newest first; `before` leads to the earlier ones. */
export async function showOrders(ctx: ShopContext, { before, title = 'orders' }: Which = {}): Promise<void> {
  const found = listOrdersOfPerson(ctx.shop.db, ctx.person.id, { before, limit: PAGE + 1 })
  const page = found.slice(0, PAGE)
  const entries = page.map((order) =>
    say(ctx, 'orders-line', {
      number: String(order.id),
      date: day(ctx, order.placed_at),
      total: money(ctx, order.total_minor, order.currency),
      state: { html: stateWord(ctx.shop.texts, languageOf(ctx), order) },
    }),
  )
  const empty = before === undefined ? 'orders-none' : 'orders-end'
  const html = page.length > 0 ? paragraphs(say(ctx, title), ...entries) : say(ctx, empty)
  const open = page.map((order) =>
    button(label(ctx, 'orders-open', { number: String(order.id) }), callbackData.order(order.id)),
  )
  const last = found.length > PAGE ? page.at(-1)?.id : undefined
  const keyboard = [...rows(open), turnPages(ctx, before, last)]
  if (page.length === 0) keyboard.push([button(label(ctx, 'home-shop'), callbackData.categories)])
  await show(ctx, { html, keyboard: [...keyboard, back(ctx)] })
}

function turnPages(
  ctx: ShopContext,
  before: number | undefined,
  last: number | undefined,
): InlineKeyboardButton[] {
  const buttons: InlineKeyboardButton[] = []
  if (before !== undefined) buttons.push(button(label(ctx, 'orders-newest'), callbackData.orders()))
  if (last !== undefined) buttons.push(button(label(ctx, 'more'), callbackData.orders(last)))
  return buttons
}
