import type { PictureRow } from '../db/catalogue.ts'
import type { ScreenRow } from '../db/chat-state.ts'
import { answerPress } from './answer-press.ts'
import { lowerKeyboard } from './contact-keyboard.ts'
import type { ShopContext } from './context.ts'
import { drawScreen } from './draw-screen.ts'
import type { Keyboard } from './keyboard.ts'

/** What the one message shows that a person walks through the shop with. With a photo, 1024 characters; else 4096. */
export interface Screen {
  html: string
  keyboard: Keyboard
  photo?: PictureRow | undefined
}

/** A message that shows a screen. */
export interface Drawn {
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
  // In a group the answer says what became of it in the person's own chat, and so comes last.
  const answer = ctx.chat?.type === 'private' ? answerPress(ctx) : undefined
  const [drawn, answered] = await Promise.allSettled([redraw(ctx, screen, target), answer])
  if (drawn.status === 'rejected') throw drawn.reason
  remember(ctx, previous, drawn.value)
  await takeAway(ctx, [previous?.message_id, target?.messageId], drawn.value.messageId)
  if (answered.status === 'rejected') throw answered.reason
}

function pressedMessage(ctx: ShopContext): Drawn | undefined {
  const message = ctx.callbackQuery?.message
  // Telegram gives an old message without its content, dated 0. What was pressed in a group is no screen.
  if (!message || message.date === 0 || message.chat.id !== ctx.person.telegram_id) return undefined
  return { messageId: message.message_id, hasPhoto: 'photo' in message }
}

async function redraw(ctx: ShopContext, screen: Screen, target: Drawn | undefined): Promise<Drawn> {
  // The keyboard for sharing a phone number stays only while that is still asked for.
  if (ctx.asks?.kind !== 'phone') await lowerKeyboard(ctx)
  return drawScreen(ctx, screen, target)
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
    await ctx.api.deleteMessage(ctx.person.telegram_id, id as number).catch(() => false)
  }
}
