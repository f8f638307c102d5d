import { createHmac } from 'node:crypto'
import type { Bot } from 'grammy'
import type { Update } from 'grammy/types'
import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { Allowance, Send } from '../shop/notifications/dispatcher.ts'
import type { Shop } from '../shop/work.ts'
import { createBot } from './bot.ts'
import { offerCommands } from './commands.ts'
import type { ShopContext } from './context.ts'
import { countSends } from './count-sends.ts'
import { describeBot } from './describe-bot.ts'
import { createInbox } from './inbox.ts'
import { createPace } from './pace.ts'
import { panelAddress } from './panel-address.ts'
import { ALLOWED_UPDATES, type Polling, startPolling } from './poll.ts'
import { createScreens } from './screens.ts'
import { createSender } from './sender.ts'

export interface TelegramParts {
  config: {
    botToken: string
    telegramApiRoot: string
    publicUrl: string | undefined
    updates: 'polling' | 'webhook'
  }
  shop: Shop
  log: Log
  metrics: Metrics
  mediaFolder: string
  /** Called when Telegram will not have this bot any more. */
  onFatal(error: unknown): void
}

/** Both directions to Telegram: updates come in through the inbox, notices go out through `send`. */
export interface TelegramSide {
  send: Send
  /** What the bot may send at all within Telegram's limits. */
  allowance(): Allowance
  /** Where and with which secret Telegram posts updates; undefined when they are fetched. */
  webhook: { path: string; secret: string; receive(update: unknown): void } | undefined
  /** Introduces the bot, takes up what an earlier process left, and begins to listen. Resolves to the bot's username. */
  start(): Promise<string>
  /** Resolves when every update received so far is handled. */
  idle(): Promise<void>
  /** Ends listening, then lets what is in hand finish. */
  stop(): Promise<void>
}

/** Puts together bot, inbox, polling or webhook, and sender. */
export function connectTelegram(parts: TelegramParts): TelegramSide {
  const { config, shop, log, metrics, mediaFolder } = parts
  const { botToken: token, telegramApiRoot: apiRoot, publicUrl } = config
  const screens = createScreens(shop.db)
  const bot = createBot({ token, apiRoot, shop, screens, log, publicUrl, mediaFolder })
  const pace = createPace(shop.clock)
  bot.api.config.use(countSends(pace))
  const inbox = createInbox({
    shop,
    handle: (update) => bot.handleUpdate(update),
    alongside: (tx) => screens.write(tx),
    log,
    metrics,
  })
  const webhook = config.updates === 'webhook' ? addressFor(token) : undefined
  let polling: Polling | undefined

  async function start(): Promise<string> {
    await introduce(bot)
    await offerCommands(bot, shop.texts, log)
    await describeBot(bot, shop, log)
    inbox.start()
    if (webhook) await announce(bot, `${publicUrl}${webhook.path}`, webhook.secret)
    else {
      await bot.api.deleteWebhook()
      polling = startPolling({ api: bot.api, inbox, clock: shop.clock, log, onFatal: parts.onFatal })
    }
    return bot.botInfo.username
  }

  return {
    send: createSender({ api: bot.api, pace, panelUrl: panelAddress(publicUrl) }),
    allowance: pace.allowance,
    webhook: webhook && { ...webhook, receive: (update) => inbox.receive([update as Update]) },
    start,
    idle: inbox.idle,
    async stop() {
      await polling?.stop()
      await inbox.stop()
    },
  }
}

async function introduce(bot: Bot<ShopContext>): Promise<void> {
  try {
    await bot.init()
  } catch (error) {
    const refused = error instanceof Error && /\b(401|404)\b/.test(error.message)
    throw refused ? new Error('Telegram does not know this BOT_TOKEN. Copy it again from @BotFather.') : error
  }
}

async function announce(bot: Bot<ShopContext>, url: string, secret: string): Promise<void> {
  await bot.api.setWebhook(url, {
    secret_token: secret,
    allowed_updates: [...ALLOWED_UPDATES],
    // One after another, as they happened; each is only stored before the next.
    max_connections: 1,
  })
}

/** The address and the secret Telegram posts with, both made from the token so that nobody has to invent them. */
function addressFor(botToken: string): { path: string; secret: string } {
  const derive = (purpose: string) => createHmac('sha256', botToken).update(purpose).digest('base64url')
  return { path: `/telegram/${derive('path').slice(0, 24)}`, secret: derive('secret') }
}
