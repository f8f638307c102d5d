import { createHmac } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Update } from 'grammy/types'
import { createBot } from './bot/bot.ts'
import { countSends } from './bot/count-sends.ts'
import { createInbox } from './bot/inbox.ts'
import { createPace } from './bot/pace.ts'
import { ALLOWED_UPDATES, startPolling } from './bot/poll.ts'
import { createSender } from './bot/sender.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/database.ts'
import { lockFolder } from './db/lock.ts'
import { migrate } from './db/migrate.ts'
import { createLiveFeed } from './http/live-feed.ts'
import { serveMetrics } from './http/metrics-server.ts'
import { createHttpApp, listen } from './http/server.ts'
import { scheduleJobs } from './jobs/schedule.ts'
import { type Clock, systemClock } from './lib/clock.ts'
import { createLog, type Log } from './lib/log.ts'
import { createMetrics } from './lib/metrics.ts'
import { loadTexts } from './lib/texts.ts'
import { createDispatcher, type Dispatcher } from './shop/notifications/dispatcher.ts'
import { appointOwners } from './shop/staff/appoint-owners.ts'
import { openShop, type Shop } from './shop/work.ts'

const PANEL_FOLDER = join(import.meta.dirname, '..', 'miniapp', 'dist')

/** A running shop. */
export interface App {
  shop: Shop
  dispatcher: Dispatcher
  /** Where it listens. */
  port: number
  /** Resolves when every update received so far is handled and every due notice sent. */
  settled(): Promise<void>
  /** Finishes what is in hand and closes the file. */
  stop(): Promise<void>
}

export interface AppOptions {
  clock?: Clock
  log?: Log
  /** Called when the shop can no longer do its work, with the reason. */
  onFatal?: (error: unknown) => void
}

/**
 * The one place where the parts are put together. Resolves once the shop takes orders.
 * Throws when the data folder is in use, the schema is newer than the program, or Telegram refuses the token.
 */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const { clock = systemClock, log = createLog(config.logLevel), onFatal = throwIt } = options
  const mediaFolder = join(config.dataDir, 'media')
  mkdirSync(mediaFolder, { recursive: true })
  const unlock = lockFolder(join(config.dataDir, 'shop.lock'))
  const shop = openShopFile(config, clock)
  appointOwners(shop, config.ownerIds)
  const metrics = createMetrics()
  shop.listen((change) => {
    if (change.kind === 'events')
      for (const event of change.events) metrics.orderEvents.inc({ type: event.type })
  })

  const bot = createBot({
    token: config.botToken,
    apiRoot: config.telegramApiRoot,
    shop,
    log,
    publicUrl: config.publicUrl,
    mediaFolder,
  })
  const pace = createPace(clock)
  bot.api.config.use(countSends(pace))
  const panelUrl = panelAddress(config.publicUrl)
  const dispatcher = createDispatcher({
    shop,
    senders: { telegram: createSender({ api: bot.api, pace, panelUrl }) },
    log,
    metrics,
  })
  const inbox = createInbox({ shop, handle: (update) => bot.handleUpdate(update), log, metrics })
  const live = createLiveFeed(shop, metrics)

  let ready = false
  const webhook = config.updates === 'webhook' ? webhookOf(config.botToken) : undefined
  const receive = (update: unknown) => inbox.receive([update as Update])
  const server = await listen(
    createHttpApp({
      shop,
      log,
      metrics,
      live,
      botToken: config.botToken,
      mediaFolder,
      panelFolder: PANEL_FOLDER,
      isReady: () => ready,
      webhook: webhook && { ...webhook, receive },
    }),
    config.port,
    config.host,
  )
  const stopMetrics = await serveMetrics(metrics, config.metricsPort, config.host)

  await introduce(bot)
  inbox.start()
  dispatcher.start()
  const stopJobs = scheduleJobs(shop, log)
  const polling = webhook ? undefined : await beginPolling()
  if (webhook) await announceWebhook(webhook)
  ready = true
  const { port } = server.address() as AddressInfo
  log.info({ port, updates: config.updates, bot: bot.botInfo.username }, 'the shop is open')

  async function beginPolling() {
    await bot.api.deleteWebhook()
    return startPolling(bot, inbox, log, (error) => {
      ready = false
      onFatal(error)
    })
  }

  async function announceWebhook({ path, secret }: { path: string; secret: string }): Promise<void> {
    const url = `${config.publicUrl}${path}`
    await bot.api.setWebhook(url, { secret_token: secret, allowed_updates: [...ALLOWED_UPDATES] })
  }

  async function stop(): Promise<void> {
    ready = false
    await stopJobs()
    await polling?.stop()
    await inbox.stop()
    live.close()
    server.close()
    server.closeIdleConnections()
    await dispatcher.stop()
    server.closeAllConnections()
    await stopMetrics()
    shop.db.close()
    unlock()
    log.info('the shop is closed')
  }

  async function settled(): Promise<void> {
    await inbox.idle()
    await dispatcher.idle()
  }

  return { shop, dispatcher, port, settled, stop }
}

function openShopFile(config: Config, clock: Clock): Shop {
  const file = join(config.dataDir, 'shop.db')
  migrate(file)
  return openShop({
    db: openDatabase(file),
    clock,
    texts: loadTexts(),
    settings: {
      currency: config.currency,
      timezone: config.timezone,
      undoGraceMs: config.undoGraceMs,
      paymentWindowMs: config.paymentWindowMs,
    },
  })
}

/** Telegram opens Mini Apps over https only; the sandbox also on this machine. */
function panelAddress(publicUrl: string | undefined): string | undefined {
  const usable = publicUrl && /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:|$))/.test(publicUrl)
  return usable ? `${publicUrl}/app` : undefined
}

/** The address and the secret Telegram posts with, both made from the token so that nobody has to invent them. */
function webhookOf(botToken: string): { path: string; secret: string } {
  const derive = (purpose: string) => createHmac('sha256', botToken).update(purpose).digest('base64url')
  return { path: `/telegram/${derive('path').slice(0, 24)}`, secret: derive('secret') }
}

async function introduce(bot: ReturnType<typeof createBot>): Promise<void> {
  try {
    await bot.init()
  } catch (error) {
    const refused = error instanceof Error && /\b(401|404)\b/.test(error.message)
    throw refused ? new Error('Telegram does not know this BOT_TOKEN. Copy it again from @BotFather.') : error
  }
}

function throwIt(error: unknown): never {
  throw error
}
