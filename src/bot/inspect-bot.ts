import type { WebhookInfo } from 'grammy/types'
import { webhookOf } from './delivery.ts'
import { introduce, inWords } from './introduce.ts'
import { openApi } from './open-api.ts'
import type { BotSettings } from './set-up-bot.ts'

/** How Telegram sees the bot. */
export interface BotState {
  username: string
  /** Where Telegram should post updates, and where it does; empty where they are fetched. */
  wantedUrl: string
  delivery: WebhookInfo
}

/** Asks Telegram about the bot, without disturbing a shop that runs. Throws when it does not answer or knows no such bot. */
export async function inspectBot(config: BotSettings): Promise<BotState> {
  const api = openApi(config.botToken, config.telegramApiRoot)
  try {
    const { username } = await introduce(api)
    return { username, wantedUrl: webhookOf(config)?.url ?? '', delivery: await api.getWebhookInfo() }
  } catch (error) {
    throw inWords(error)
  }
}
