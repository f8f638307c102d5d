import type { Message } from '@grammyjs/types'
import { fits, newestFirst } from './buttons.ts'
import type { ChatState } from './state.ts'

/** The newest message of the bot whose text, caption or invoice title fits. */
export function findMessage(chat: ChatState, pattern: string | RegExp, since = 0): Message | undefined {
  const fresh = since > 0 ? new Set(chat.history.slice(since).map((entry) => entry.messageId)) : undefined
  return newestFirst(chat).find((message) => {
    const text = message.text ?? message.caption ?? message.invoice?.title
    const counts = message.from?.is_bot && (!fresh || fresh.has(message.message_id))
    return counts && text !== undefined && fits(text, pattern)
  })
}

export function newestFromBot(chat: ChatState): Message | undefined {
  return newestFirst(chat).find((message) => message.from?.is_bot)
}

/** What is on the screen, for the error of a wait that came to nothing. */
export function describeScreen(chat: ChatState): string {
  const newest = newestFromBot(chat)
  if (!newest) return 'and the bot has not written yet'
  const labels = newest.reply_markup?.inline_keyboard.map((row) => row.map((button) => button.text)) ?? []
  return `on the screen; newest: ${JSON.stringify(newest.text ?? newest.caption ?? '')} ${JSON.stringify(labels)}`
}
