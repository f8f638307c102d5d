import type { Update } from 'grammy/types'
import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { Allowance, Send, TelegramDelivery } from '../shop/notifications/channel.ts'
import { readShopName } from '../shop/staff/shop-settings.ts'
import type { Shop } from '../shop/work.ts'
import { createPaymentAnswers, isPaymentQuery } from './answer-payment-query.ts'
import { createBot } from './bot.ts'
import { offerCommands } from './commands.ts'
import { countSends } from './count-sends.ts'
import { arrangeDelivery, webhookOf } from './delivery.ts'
import { describeBot } from './describe-bot.ts'
import { createInbox } from './inbox.ts'
import { introduce } from './introduce.ts'
import { measureCalls } from './measure-calls.ts'
import { createPace } from './pace.ts'
import { panelAddress } from './panel-address.ts'
import { type Polling, startPolling } from './poll.ts'
import { addProviderToken } from './provider-token.ts'
import { createScreens } from './screens.ts'
import { createSender } from './sender.ts'
import { untilAnswered } from './until-answered.ts'
import { keepUsername, readUsername } from './username.ts'

export interface TelegramParts {
  config: {
    botToken: string
    telegramApiRoot: string
    publicUrl: string | undefined
    updates: 'polling' | 'webhook'
    /** Of the payment provider behind invoices; absent where the shop takes no cards in Telegram. */
    paymentProviderToken?: string | undefined
    /** Absent where the shop sends no mails. */
    mail?: object | undefined
  }
  shop: Shop
  log: Log
  metrics: Metrics
  mediaFolder: string
  proofsFolder: string
  /** Called when Telegram will not have this bot any more. */
  onFatal(error: unknown): void
}

/** Both directions to Telegram: updates come in through the inbox, notices go out through `send`. */
export interface TelegramSide {
  send: Send<TelegramDelivery>
  /** The bot's name in Telegram, until it has introduced itself that of the last time; empty before the first. */
  username(): string
  /** What the bot may send at all within Telegram's limits. */
  allowance(): Allowance
  /** Where and with which secret Telegram posts updates; undefined when they are fetched. */
  webhook: { path: string; secret: string; receive(update: unknown): void } | undefined
  /**
   * Introduces the bot, takes up what an earlier process left, and begins to listen. Resolves to the bot's username, as soon as
   * Telegram answers; while it does not, `onAway` is called.
   */
  start(onAway: () => void): Promise<string>
  /** Resolves when every update received so far is handled. */
  idle(): Promise<void>
  /** Ends listening, then lets what is in hand finish. */
  stop(): Promise<void>
}

/** Puts together bot, inbox, polling or webhook, and sender. */
export function connectTelegram(parts: TelegramParts): TelegramSide {
  const { config, shop, log, metrics, mediaFolder, proofsFolder } = parts
  const { botToken: token, telegramApiRoot: apiRoot, publicUrl } = config
  const screens = createScreens(shop.db)
  const mail = config.mail !== undefined
  const folders = { mediaFolder, proofsFolder }
  const bot = createBot({ token, apiRoot, shop, screens, log, metrics, publicUrl, mail, ...folders })
  const pace = createPace(shop.clock)
  bot.api.config.use(countSends(pace), measureCalls(metrics))
  if (config.paymentProviderToken) bot.api.config.use(addProviderToken(config.paymentProviderToken))
  const inbox = createInbox({
    shop,
    handle: (update) => bot.handleUpdate(update),
    atOnce: { isMeant: isPaymentQuery, answer: createPaymentAnswers({ api: bot.api, shop, log }) },
    alongside: (tx) => screens.write(tx),
    log,
    metrics,
  })
  const webhook = webhookOf(config)
  let polling: Polling | undefined

  async function start(onAway: () => void): Promise<string> {
    const patience = { clock: shop.clock, log, onAway }
    bot.botInfo = await untilAnswered(patience, () => introduce(bot.api))
    keepUsername(shop, bot.botInfo.username)
    await dress()
    inbox.start()
    await untilAnswered(patience, () => arrangeDelivery(bot.api, webhook))
    if (!webhook)
      polling = startPolling({ api: bot.api, inbox, clock: shop.clock, log, onFatal: parts.onFatal })
    return bot.botInfo.username
  }

  /** The shop opens without that, too. */
  async function dress(): Promise<void> {
    try {
      await offerCommands(bot.api, { texts: shop.texts, mail })
      await describeBot(bot.api, shop.texts, readShopName(shop.db, bot.botInfo.first_name))
    } catch (err) {
      log.warn({ err }, 'the commands or the description of the bot could not be set')
    }
  }

  return {
    send: createSender({ api: bot.api, pace, clock: shop.clock, panelUrl: panelAddress(publicUrl) }),
    username: () => (bot.isInited() ? bot.botInfo.username : readUsername(shop)),
    allowance: pace.allowance,
    webhook: webhook && {
      path: webhook.path,
      secret: webhook.secret,
      receive: (update) => inbox.receive([update as Update]),
    },
    start,
    idle: inbox.idle,
    async stop() {
      await polling?.stop()
      await inbox.stop()
    },
  }
}
