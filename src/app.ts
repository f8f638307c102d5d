import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { connectTelegram } from './bot/connect.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/database.ts'
import { lockFolder } from './db/lock.ts'
import { migrate } from './db/migrate.ts'
import { createLiveFeed } from './http/live-feed.ts'
import { serveMetrics } from './http/metrics-server.ts'
import { closeServer, createHttpApp, listen } from './http/server.ts'
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

  let ready = false
  const telegram = connectTelegram({
    config,
    shop,
    log,
    metrics,
    mediaFolder,
    onFatal(error) {
      ready = false
      onFatal(error)
    },
  })
  const dispatcher = createDispatcher({
    shop,
    senders: { telegram: telegram.send },
    allowance: telegram.allowance,
    log,
    metrics,
  })
  const live = createLiveFeed(shop, metrics)
  const server = await listen(
    createHttpApp({
      shop,
      log,
      metrics,
      live,
      botToken: config.botToken,
      mediaFolder,
      panelFolder: PANEL_FOLDER,
      frameOrigins: framesOf(config.telegramApiRoot),
      isReady: () => ready,
      webhook: telegram.webhook,
    }),
    config.port,
    config.host,
  )
  const stopMetrics = await serveMetrics(metrics, config.metricsPort, config.host)
  const botName = await telegram.start()
  dispatcher.start()
  const stopJobs = scheduleJobs(shop, log)
  ready = true
  const { port } = server.address() as AddressInfo
  log.info({ port, updates: config.updates, bot: botName }, 'the shop is open')

  async function stop(): Promise<void> {
    ready = false
    stopJobs()
    live.close()
    // Each lets what is in hand finish; one after another, a slow Telegram would take longer than there is.
    await Promise.all([telegram.stop(), closeServer(server), dispatcher.stop()])
    await stopMetrics()
    shop.db.close()
    unlock()
    log.info('the shop is closed')
  }

  async function settled(): Promise<void> {
    await telegram.idle()
    await dispatcher.idle()
  }

  return { shop, dispatcher, port, settled, stop }
}

function openShopFile(config: Config, clock: Clock): Shop {
  const file = join(config.dataDir, 'shop.db')
  migrate(file)
  const { currency, timezone, undoGraceMs, paymentWindowMs } = config
  const settings = { currency, timezone, undoGraceMs, paymentWindowMs }
  return openShop({ db: openDatabase(file), clock, texts: loadTexts(), settings })
}

/** The sandbox shows the panel as Telegram does, from an address of its own. */
function framesOf(apiRoot: string): string[] {
  const { origin } = new URL(apiRoot)
  return origin === 'https://api.telegram.org' ? [] : [origin]
}

function throwIt(error: unknown): never {
  throw error
}
