import { readConversation, removeConversation, saveConversation } from '../db/chat-state.ts'
import type { ShopContext } from './context.ts'
import { plain, say } from './words.ts'

/**
 * Puts a key under the chat with which the person can share their phone number. Telegram ties such a key to a message
 * of its own, which is remembered, so that both can be taken away again.
 */
export async function raiseKeyboard(ctx: ShopContext): Promise<void> {
  const key = keyOf(ctx)
  if (readConversation(ctx.shop.db, key) !== undefined) return
  const share = { text: plain(ctx, 'checkout-phone-share'), request_contact: true } as const
  const message = await ctx.api.sendMessage(ctx.person.telegram_id, say(ctx, 'checkout-phone-key'), {
    parse_mode: 'HTML',
    disable_notification: true,
    reply_markup: { keyboard: [[share]], resize_keyboard: true, one_time_keyboard: true },
  })
  const row = { key, value: String(message.message_id), now: ctx.shop.clock.now() }
  ctx.shop.db.write((tx) => saveConversation(tx, row))
}

/** Takes the key away, where there is one. */
export async function lowerKeyboard(ctx: ShopContext): Promise<void> {
  const key = keyOf(ctx)
  const raised = readConversation(ctx.shop.db, key)
  if (raised === undefined) return
  const chat = ctx.person.telegram_id
  const removal = await ctx.api.sendMessage(chat, say(ctx, 'checkout-phone-done'), {
    disable_notification: true,
    reply_markup: { remove_keyboard: true },
  })
  ctx.shop.db.write((tx) => removeConversation(tx, key))
  await ctx.api.deleteMessages(chat, [Number(raised), removal.message_id]).catch(() => false)
}

function keyOf(ctx: ShopContext): string {
  return `keyboard:${ctx.person.telegram_id}`
}
