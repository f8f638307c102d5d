import { Composer } from 'grammy'
import { findPerson } from '../../db/people.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { escapeHtml } from '../../lib/texts.ts'
import { setEmail } from '../../shop/customers/set-email.ts'
import { callbackData } from '../callback-data.ts'
import type { ShopContext } from '../context.ts'
import { back, button, type Keyboard } from '../keyboard.ts'
import { show } from '../screen.ts'
import { label, paragraphs, plain, say } from '../words.ts'

/** Where a customer's order mails go. Without a mail server there is nothing here to press or to type. */
export const email = new Composer<ShopContext>()
const withMail = email.filter((ctx) => ctx.deps.mail === true)

withMail.command('email', (ctx) => askEmail(ctx, null))
withMail.callbackQuery(/^e:(\d{1,15})$/, (ctx) => askEmail(ctx, Number(ctx.match[1])))

withMail.callbackQuery(callbackData.removeEmail, async (ctx) => {
  ctx.write((work) => setEmail(work, { personId: ctx.person.id, email: null }))
  await show(ctx, { html: say(ctx, 'email-removed'), keyboard: [back(ctx)] })
})

async function askEmail(ctx: ShopContext, orderId: number | null, trouble?: string): Promise<void> {
  ctx.asks = { kind: 'email', orderId }
  const now = ctx.person.email
  const html = paragraphs(
    trouble && `⚠️ ${escapeHtml(trouble)}`,
    now ? say(ctx, 'email-now', { email: now }) : say(ctx, 'email'),
  )
  const remove: Keyboard = now ? [[button(label(ctx, 'email-remove'), callbackData.removeEmail)]] : []
  await show(ctx, { html, keyboard: [...remove, backTo(ctx, orderId)] })
}

/** Takes a message as the address the customer's order mails go to. */
export async function answerEmail(ctx: ShopContext, { orderId }: { orderId: number | null }): Promise<void> {
  const text = ctx.message?.text
  if (!text) return askEmail(ctx, orderId, plain(ctx, 'checkout-words'))
  try {
    ctx.write((work) => setEmail(work, { personId: ctx.person.id, email: text }))
  } catch (error) {
    if (!(error instanceof ShopError)) throw error
    return askEmail(ctx, orderId, error.message)
  }
  const saved = findPerson(ctx.shop.db, ctx.person.id)?.email ?? ''
  await show(ctx, { html: say(ctx, 'email-saved', { email: saved }), keyboard: [backTo(ctx, orderId)] })
}

function backTo(ctx: ShopContext, orderId: number | null): Keyboard[number] {
  return orderId === null ? back(ctx) : back(ctx, callbackData.order(orderId))
}
