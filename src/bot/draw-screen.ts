import type { Message } from 'grammy/types'
import type { PictureRow } from '../db/catalogue.ts'
import type { ShopContext } from './context.ts'
import { sendPicture } from './photo.ts'
import type { Drawn, Screen } from './screen.ts'
import { isBeyondEditing, isNotModified } from './telegram-errors.ts'

/** Makes `target` show the screen; where that cannot be, or there is none, a new message does. */
export async function drawScreen(
  ctx: ShopContext,
  screen: Screen,
  target: Drawn | undefined,
): Promise<Drawn> {
  return (target && (await edit(ctx, screen, target))) ?? (await send(ctx, screen))
}

/** Returns undefined when the message cannot become this screen. */
async function edit(ctx: ShopContext, screen: Screen, target: Drawn): Promise<Drawn | undefined> {
  const { messageId } = target
  try {
    if (screen.photo) {
      const message = await editPhoto(ctx, screen, screen.photo, messageId)
      if (message) return { messageId, hasPhoto: true }
    }
    if (target.hasPhoto) return undefined
    await ctx.api.editMessageText(ctx.person.telegram_id, messageId, screen.html, looks(screen))
    return { messageId, hasPhoto: false }
  } catch (error) {
    if (isNotModified(error)) return target
    if (isBeyondEditing(error)) return undefined
    throw error
  }
}

function editPhoto(
  ctx: ShopContext,
  screen: Screen,
  photo: PictureRow,
  messageId: number,
): Promise<Message | undefined> {
  return sendPicture(ctx, photo, async (media) => {
    const content = { type: 'photo', media, caption: screen.html, parse_mode: 'HTML' } as const
    const edited = await ctx.api.editMessageMedia(ctx.person.telegram_id, messageId, content, {
      reply_markup: { inline_keyboard: screen.keyboard },
    })
    return edited as Message
  })
}

async function send(ctx: ShopContext, screen: Screen): Promise<Drawn> {
  if (screen.photo) {
    const { html: caption, keyboard } = screen
    const extra = { caption, parse_mode: 'HTML', reply_markup: { inline_keyboard: keyboard } } as const
    const message = await sendPicture(ctx, screen.photo, (media) =>
      ctx.api.sendPhoto(ctx.person.telegram_id, media, extra),
    )
    if (message) return { messageId: message.message_id, hasPhoto: true }
  }
  const message = await ctx.api.sendMessage(ctx.person.telegram_id, screen.html, looks(screen))
  return { messageId: message.message_id, hasPhoto: false }
}

function looks(screen: Screen) {
  return {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: screen.keyboard },
  } as const
}
