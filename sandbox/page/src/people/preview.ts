import type { SeenMessage } from '../api/shapes.ts'
import type { Chat } from '../world/chat-state.ts'

/** One line about a chat for the list of people. */
export function previewOf(chat: Chat): string {
  if (chat.access === 'blocked') return 'Blocked the bot'
  if (!chat.newest) return 'Has not started the bot'
  return chat.newest.from === 'bot' ? wordsOf(chat.newest) : `You: ${wordsOf(chat.newest)}`
}

export function wordsOf(message: SeenMessage): string {
  const words = (message.text ?? message.caption)?.replaceAll(/\s+/g, ' ').trim()
  if (words) return words
  if (message.photo) return 'Photo'
  if (message.document) return message.document.name || 'Document'
  if (message.contact) return 'Contact'
  if (message.location) return 'Location'
  if (message.invoice) return message.invoice.title
  return message.payment ? 'Payment' : 'Message'
}
