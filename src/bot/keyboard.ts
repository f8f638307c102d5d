import type { InlineKeyboardButton } from 'grammy/types'
import { callbackData } from './callback-data.ts'
import type { ShopContext } from './context.ts'
import { label } from './words.ts'

export type Keyboard = InlineKeyboardButton[][]

export function button(text: string, data: string): InlineKeyboardButton {
  return { text, callback_data: data }
}

/** A button that copies up to 256 characters. */
export function copyButton(text: string, copied: string): InlineKeyboardButton {
  return { text, copy_text: { text: copied.slice(0, 256) } }
}

/** Buttons in rows of at most `width`. */
export function rows(buttons: InlineKeyboardButton[], width = 3): Keyboard {
  const result: Keyboard = []
  for (let i = 0; i < buttons.length; i += width) result.push(buttons.slice(i, i + width))
  return result
}

/** The last row of every screen. */
export function back(ctx: ShopContext, data: string = callbackData.home): InlineKeyboardButton[] {
  return [button(label(ctx, 'back'), data)]
}
