import type { Transformer } from 'grammy'
import type { Pace } from './pace.ts'

const COUNTED = /^(send|edit|copy)/

/** Counts whatever the bot sends, so that notices keep out of the way of replies. */
export function countSends(pace: Pace): Transformer {
  return (call, method, payload, signal) => {
    const chatId = (payload as { chat_id?: unknown }).chat_id
    if (COUNTED.test(method) && typeof chatId === 'number') pace.spend(chatId)
    return call(method, payload, signal)
  }
}
