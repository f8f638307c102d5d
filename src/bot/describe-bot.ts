import type { Bot } from 'grammy'
import type { Log } from '../lib/log.ts'
import { readShopName } from '../shop/staff/shop-settings.ts'
import type { Shop } from '../shop/work.ts'
import type { ShopContext } from './context.ts'

/** Gives the bot the words a newcomer reads before pressing Start, unless the owner wrote some in BotFather. */
export async function describeBot(bot: Bot<ShopContext>, shop: Shop, log: Log): Promise<void> {
  try {
    const { description } = await bot.api.getMyDescription()
    if (description) return
    const name = readShopName(shop.db, bot.botInfo.first_name)
    await bot.api.setMyDescription(shop.texts.say('en', 'bot-description', { shop: { html: name } }))
  } catch (err) {
    log.warn({ err }, 'the description of the bot could not be set')
  }
}
