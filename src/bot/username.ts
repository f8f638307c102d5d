import { readSetting, saveSetting } from '../db/settings.ts'
import type { Shop } from '../shop/work.ts'

const SETTING = 'bot.username'

/** Remembers what the bot is called: links to its chat are written while Telegram is away, too. */
export function keepUsername(shop: Shop, username: string): void {
  if (readUsername(shop) !== username) shop.write(({ tx }) => saveSetting(tx, SETTING, username))
}

/** What the bot was called when it last introduced itself; empty before the first time. */
export function readUsername({ db }: Shop): string {
  return readSetting(db, SETTING) ?? ''
}
