import { Composer } from 'grammy'
import type { Message } from 'grammy/types'
import { searchProducts } from '../../db/catalogue.ts'
import { isApplied } from '../../db/inbox.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { shorten } from '../../lib/shorten.ts'
import { type Checkout, readCheckout } from '../../shop/checkout/checkout.ts'
import type { ShopContext } from '../context.ts'
import { back, rows } from '../keyboard.ts'
import { show } from '../screen.ts'
import { plain, say } from '../words.ts'
import { productButton } from './catalogue.ts'
import { showCheckout } from './checkout.ts'
import { homeKeyboard, showHome } from './home.ts'
import { answerFile } from './proof.ts'
import { fileIn } from './receipt-file.ts'

const MOST_FOUND = 8
const MAX_ECHO = 40

/** Notes that Telegram itself puts into a chat; they want no answer. */
const SERVICE = ['pinned_message', 'write_access_allowed', 'message_auto_delete_timer_changed'] as const

/** Comes after all other buttons and commands: what is left is unknown here, or from an earlier time. */
export const lost = new Composer<ShopContext>()

lost.on('callback_query', (ctx) => {
  ctx.toast = { text: plain(ctx, 'home-stale'), alert: false }
  return showHome(ctx)
})

lost
  .on('message:entities:bot_command')
  .filter((ctx) =>
    ctx.message.entities.some((entity) => entity.type === 'bot_command' && entity.offset === 0),
  )
  .use((ctx) => show(ctx, { html: say(ctx, 'search-command'), keyboard: homeKeyboard(ctx) }))

/** Helps with a message nobody asked for: it may be the name of a product, or the answer to a forgotten question. */
export async function answerUnasked(ctx: ShopContext): Promise<void> {
  const { message, person, shop } = ctx
  if (!message || SERVICE.some((kind) => kind in message)) return
  const file = fileIn(message)
  if (file) return answerFile(ctx, file)
  const checkout = readCheckout(shop, person.id)
  // It did answer a question, and its effect is stored: go on from there.
  if (isApplied(shop.db, ctx.update.update_id)) return checkout ? showCheckout(ctx) : showHome(ctx)
  const found = message.text ? searchProducts(shop.db, message.text, MOST_FOUND) : []
  if (found.length > 0) {
    const buttons = found.map((product) => productButton(ctx, product))
    return show(ctx, { html: say(ctx, 'search-found'), keyboard: [...rows(buttons, 1), back(ctx)] })
  }
  const words = echoOf(message)
  if (checkout && checkout.cart.itemCount > 0) return askAgain(ctx, checkout, words)
  const html = words ? say(ctx, 'search-none', { words }) : say(ctx, 'search-only-words')
  await show(ctx, { html, keyboard: homeKeyboard(ctx) })
}

/** Who is in the middle of an order stays there; where buttons are the answer, that is said. */
function askAgain(ctx: ShopContext, { next }: Checkout, words: string): Promise<void> {
  if (next === 'address' || next === 'phone' || next === 'note') return showCheckout(ctx)
  // Meant for the question, or looked for after the checkout was left: the words fit both.
  const trouble = words ? plain(ctx, 'checkout-press-words', { words }) : plain(ctx, 'checkout-press')
  return showCheckout(ctx, undefined, trouble)
}

function echoOf({ text }: Message): string {
  return shorten(cleanText((text ?? '').replaceAll('\n', ' ')), MAX_ECHO)
}
