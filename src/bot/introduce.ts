import { type Api, GrammyError } from 'grammy'
import type { UserFromGetMe } from 'grammy/types'
import { isWorthRetrying } from './telegram-errors.ts'

/** Learns who the bot is. Throws a sentence for the operator when Telegram does not know its token. */
export async function introduce(api: Api): Promise<UserFromGetMe> {
  try {
    return await api.getMe()
  } catch (error) {
    if (!isUnknownToken(error)) throw error
    throw new Error('Telegram does not know this BOT_TOKEN. Copy it again from @BotFather.')
  }
}

export function isUnknownToken(error: unknown): boolean {
  return error instanceof GrammyError && [401, 404].includes(error.error_code)
}

/** An operator has no use for the connection's own words. */
export function inWords(error: unknown): unknown {
  if (!isWorthRetrying(error)) return error
  return new Error('Telegram does not answer. Look at the network of this machine, then try again.')
}
