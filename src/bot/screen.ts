import type { Message } from 'grammy/types'
import type { ImageRow } from '../db/catalogue.ts'
import type { ScreenRow } from '../db/chat-state.ts'
import { answerPress } from './answer-press.ts'
import { lowerKeyboard } from './contact-keyboard.ts'
import type { ShopContext } from './context.ts'
import type { Keyboard } from './keyboard.ts'
import { sendPicture } from './photo.ts'
import { isBeyondEditing, isNotModified } from './telegram-errors.ts'

/** What the one message shows that a person walks through the shop with. With a photo, 1024 characters; else 4096. */
export interface Screen {
  html: string
  keyboard: Keyboard
  photo?: ImageRow | undefined
}

interface Drawn {
  messageId: number
  hasPhoto: boolean
}

/**
 * Shows a screen: in place of the message whose button was pressed, else at the bottom of the chat, and takes the
 * previous one away, so that screens never pile up. `below` never touches a pressed message that is not the screen.
 */
export async function show(
  ctx: ShopContext,
  screen: Screen,
  place: 'here' | 'below' = 'here',
): Promise<void> {
  const previous = ctx.deps.screens.find(ctx.person.id)
  const pressed = pressedMessage(ctx)
  const target = place === 'here' || pressed?.messageId === previous?.message_id ? pressed : undefined
  const [drawn, answered] = await Promise.allSettled([redraw(ctx, screen, target), answerPress(ctx)])
  if (drawn.status === 'rejected') throw drawn.reason
  remember(ctx, previous, drawn.value)
  await takeAway(ctx, [previous?.message_id, target?.messageId], drawn.value.messageId)
  if (answered.status === 'rejected') throw answered.reason
}

function pressedMessage(ctx: ShopContext): Drawn | undefined {
  const message = ctx.callbackQuery?.message
  // Telegram gives an old message without its content, dated 0.
  if (!message || message.date === 0) return undefined
  return { messageId: message.message_id, hasPhoto: 'photo' in message }
}

async function redraw(ctx: ShopContext, screen: Screen, target: Drawn | undefined): Promise<Drawn> {
  // The keyboard for sharing a phone number stays only while that is still asked for.
  if (ctx.asks?.kind !== 'phone') await lowerKeyboard(ctx)
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
    await ctx.api.editMessageText(chatOf(ctx), messageId, screen.html, looks(screen))
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
  photo: ImageRow,
  messageId: number,
): Promise<Message | undefined> {
  return sendPicture(ctx, photo, async (media) => {
    const content = { type: 'photo', media, caption: screen.html, parse_mode: 'HTML' } as const
    const edited = await ctx.api.editMessageMedia(chatOf(ctx), messageId, content, {
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
      ctx.api.sendPhoto(chatOf(ctx), media, extra),
    )
    if (message) return { messageId: message.message_id, hasPhoto: true }
  }
  const message = await ctx.api.sendMessage(chatOf(ctx), screen.html, looks(screen))
  return { messageId: message.message_id, hasPhoto: false }
}

function looks(screen: Screen) {
  return {
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: { inline_keyboard: screen.keyboard },
  } as const
}

function remember(ctx: ShopContext, previous: ScreenRow | undefined, drawn: Drawn): void {
  const hasPhoto = drawn.hasPhoto ? 1 : 0
  if (previous?.message_id === drawn.messageId && previous.has_photo === hasPhoto) return
  ctx.deps.screens.save({
    person_id: ctx.person.id,
    message_id: drawn.messageId,
    has_photo: hasPhoto,
    shown_at: ctx.shop.clock.now(),
  })
}

/** As well as can be: a message that stays behind still works, it only takes up room. */
async function takeAway(ctx: ShopContext, ids: (number | undefined)[], keep: number): Promise<void> {
  const gone = new Set(ids.filter((id) => id !== undefined && id !== keep))
  for (const id of gone) {
    await ctx.api.deleteMessage(chatOf(ctx), id as number).catch(() => false)
  }
}

function chatOf(ctx: ShopContext): number {
  return ctx.person.telegram_id
}
