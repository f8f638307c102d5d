import type { Bot } from 'grammy'
import type { Log } from '../lib/log.ts'
import type { Texts } from '../lib/texts.ts'
import type { ShopContext } from './context.ts'

const COMMANDS = ['start', 'shop', 'cart', 'orders', 'cancel', 'help'] as const

/** Tells Telegram which commands to offer beside the input line. The shop opens without that, too. */
export async function offerCommands(bot: Bot<ShopContext>, texts: Texts, log: Log): Promise<void> {
  const describe = (language: string) =>
    COMMANDS.map((command) => ({ command, description: texts.say(language, `command-${command}`) }))
  try {
    await bot.api.setMyCommands(describe('en'))
    for (const language of texts.languages.filter((one) => one !== 'en' && one.length === 2)) {
      await bot.api.setMyCommands(describe(language), { language_code: language as 'en' })
    }
  } catch (err) {
    log.warn({ err }, 'the list of commands could not be set')
  }
}
