import type { Api } from 'grammy'
import type { Texts } from '../lib/texts.ts'

/**
 * Gives the bot the words a newcomer reads before pressing Start, unless the owner wrote some in BotFather.
 * Returns whether it did.
 */
export async function describeBot(api: Api, texts: Texts, shopName: string): Promise<boolean> {
  const { description } = await api.getMyDescription()
  if (description) return false
  await api.setMyDescription(texts.say('en', 'bot-description', { shop: { html: shopName } }))
  return true
}
