import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { backUpBeforeMigration } from './backup/back-up-before-migration.ts'
import { createBackups } from './backup/backups.ts'
import { connectTelegram } from './bot/connect.ts'
import { telegramProviders } from './bot/payment-providers.ts'
import { isSigned } from './btcpay/check-signature.ts'
import { createBtcpayProvider } from './btcpay/provider.ts'
import type { Config } from './config.ts'
import { openDatabase } from './db/database.ts'
import { lockFolder } from './db/lock.ts'
import { migrate } from './db/migrate.ts'
import type { HttpDeps } from './http/deps.ts'
import { createLiveFeed } from './http/live-feed.ts'
import { serveMetrics } from './http/metrics-server.ts'
import { closeServer, createHttpApp, listen } from './http/server.ts'
import { createJobs } from './jobs/schedule.ts'
import { type Clock, systemClock } from './lib/clock.ts'
import { deriveKey } from './lib/ids.ts'
import { createLog, type Log } from './lib/log.ts'
import { createMetrics, type Metrics } from './lib/metrics.ts'
import { measureProcess } from './lib/process-metrics.ts'
import { checkReceipt, makeReceipt } from './lib/receipt.ts'
import { loadTexts } from './lib/texts.ts'
import type { MailSenderParts } from './mail/sender.ts'
import { createPictureFetcher } from './pictures/fetch-picture.ts'
import { checkSubscription } from './push/check-subscription.ts'
import { createPushSender } from './push/sender.ts'
import { measureShop } from './shop/measure-shop.ts'
import { noteEvents } from './shop/note-events.ts'
import { createDispatcher, type Dispatcher } from './shop/notifications/dispatcher.ts'
import { endLostDevices } from './shop/notifications/end-lost-devices.ts'
import { tellOfClosedChannels } from './shop/notifications/tell-of-closed-channels.ts'
import { createPaymentWorker, type PaymentWorker } from './shop/payments/payment-worker.ts'
import { providersByHand, providersOf } from './shop/payments/provider.ts'
import { receiptLinks } from './shop/payments/receipt/receipt-links.ts'
import { readSystemFacts } from './shop/reports/system-facts.ts'
import { requireCurrency } from './shop/require-currency.ts'
import { appointOwners } from './shop/staff/appoint-owners.ts'
import { openShop, type Shop } from './shop/work.ts'

const PANEL_FOLDER = join(import.meta.dirname, '..', 'miniapp', 'dist')

/** A running shop. */
export interface App {
  shop: Shop
  dispatcher: Dispatcher
  /** Where it listens. */
  port: number
  /** The bot's name in Telegram, without the @. */
  botName: string
  /** Resolves when every update received so far is handled, every provider asked that is to be, and every due notice sent. */
  settled(): Promise<void>
  /** Finishes what is in hand and closes the file. */
  stop(): Promise<void>
}

export interface AppOptions {
  clock?: Clock
  log?: Log
  /** Called when the shop can no longer do its work, with the reason. */
  onFatal?: (error: unknown) => void
  /** Whether jobs begin by themselves, at times of the machine's clock. Who sets another `clock` runs them by hand. */
  runsJobs?: boolean
}

/**
 * The one place where the parts are put together. Resolves once the shop takes orders.
 * Throws when the data folder is in use, the schema is newer than the program, or Telegram refuses the token.
 */
export async function startApp(config: Config, options: AppOptions = {}): Promise<App> {
  const {
    clock = systemClock,
    log = createLog(config.logLevel),
    onFatal = throwIt,
    runsJobs = true,
  } = options
  const startedAt = clock.now()
  const mediaFolder = join(config.dataDir, 'media')
  const proofsFolder = join(config.dataDir, 'proofs')
  for (const folder of [mediaFolder, proofsFolder]) mkdirSync(folder, { recursive: true })
  const unlock = lockFolder(join(config.dataDir, 'shop.lock'))
  await backUpBeforeMigration(config.dataDir, config.backup, clock.now())
  // Asked for only when a customer is to come back to the chat, long after the bot has introduced itself.
  const chatLink = () => `${config.telegramLinkRoot}/${telegram.username()}`
  const metrics = createMetrics()
  const shop = openShopFile(config, { clock, log, metrics, chatLink })
  appointOwners(shop, config.ownerIds)
  measureShop(shop, metrics)
  noteEvents(shop)

  let ready = false
  const telegram = connectTelegram({
    config,
    shop,
    log,
    metrics,
    mediaFolder,
    proofsFolder,
    onFatal(error) {
      ready = false
      onFatal(error)
    },
  })
  const receiptKey = deriveKey(config.botToken, 'receipts')
  const dispatcher = createDispatcher({
    shop,
    senders: {
      telegram: telegram.send,
      push: pushSender(config, clock, receiptKey),
      mail: await mailSender(config, { clock, texts: shop.texts, links: { chat: chatLink } }),
    },
    allowance: telegram.allowance,
    log,
    metrics,
  })
  const payments = createPaymentWorker({ shop, log })
  const fetchPicture = createPictureFetcher({ clock, hosts: config.imageHosts })
  const backups = createBackups({ shop, log, metrics, dataDir: config.dataDir, settings: config.backup })
  const jobs = createJobs({
    shop,
    log,
    metrics,
    place: {
      mediaFolder,
      proofsFolder,
      keep: config.keep,
      metrics,
      fetchPicture,
      askProviders: payments.nudgeAndCount,
      backUp: backups.runDue,
    },
  })
  const live = createLiveFeed(shop, metrics)
  const server = await listen(
    createHttpApp({
      shop,
      log,
      metrics,
      live,
      botToken: config.botToken,
      publicUrl: config.publicUrl,
      botLink: (payload) => `${chatLink()}?start=${payload}`,
      push: config.push && pushChecks(config.push),
      isReceipt: (noticeId, receipt) => checkReceipt(receiptKey, noticeId, receipt),
      mediaFolder,
      proofsFolder,
      backups,
      panelFolder: PANEL_FOLDER,
      frameOrigins: framesOf(config.telegramApiRoot),
      system: {
        readFacts: () => readSystemFacts(shop, { ...config, startedAt }),
        jobs,
      },
      isReady: () => ready,
      webhook: telegram.webhook,
      btcpay: config.btcpay && btcpayWebhook(config.btcpay, payments),
    }),
    config.port,
    config.host,
  )
  if (config.metricsPort !== undefined) measureProcess(metrics, config.dataDir)
  const { metricsPort, metricsHost } = config
  const stopMetrics = await serveMetrics({ metrics, log, port: metricsPort, host: metricsHost })
  let isAtWork = false
  const botName = await telegram.start(goToWork)
  goToWork()
  ready = true
  const { port } = server.address() as AddressInfo
  const channels = shop.settings.channels
  log.info({ port, updates: config.updates, bot: botName, ...channels }, 'the shop is open')

  /** Not before Telegram has had a chance to refuse the token; but nobody waits for a Telegram that is away. */
  function goToWork(): void {
    if (isAtWork) return
    isAtWork = true
    endLostDevices(shop, config.push?.publicKey)
    tellOfClosedChannels(shop)
    dispatcher.start()
    payments.start()
    if (runsJobs) jobs.start()
  }

  async function stop(): Promise<void> {
    ready = false
    const jobsStopped = jobs.stop()
    live.close()
    // Each lets what is in hand finish; one after another, a slow Telegram would take longer than there is.
    await Promise.all([
      jobsStopped,
      backups.stop(),
      telegram.stop(),
      closeServer(server),
      payments.stop(),
      dispatcher.stop(),
    ])
    await stopMetrics()
    shop.db.close()
    unlock()
    log.info('the shop is closed')
  }

  async function settled(): Promise<void> {
    await telegram.idle()
    await payments.idle()
    await dispatcher.idle()
  }

  return { shop, dispatcher, port, botName, settled, stop }
}

interface ShopParts {
  clock: Clock
  log: Log
  metrics: Metrics
  /** A link to the chat with the bot. */
  chatLink(): string
}

function openShopFile(config: Config, { clock, log, metrics, chatLink }: ShopParts): Shop {
  const file = join(config.dataDir, 'shop.db')
  migrate(file)
  const { currency, timezone, undoGraceMs } = config
  const channels = { push: config.push !== undefined, mail: config.mail !== undefined }
  const settings = { currency, timezone, undoGraceMs, channels }
  const providers = providersOf(
    ...providersByHand(config.paymentWindowMs),
    ...telegramProviders(config),
    ...btcpayProviders(config, clock, chatLink),
  )
  const onListenerFailed = (err: unknown) => log.error({ err }, 'somebody could not be told of a change')
  const db = openDatabase(file, metrics.queries)
  requireCurrency(db, currency)
  return openShop({
    db,
    clock,
    texts: loadTexts(),
    settings,
    providers,
    receipts: receiptsOf(config),
    onListenerFailed,
  })
}

/** Receipts are opened from the chat, where Telegram takes only https; the sandbox takes this very machine, too. */
function receiptsOf({ publicUrl, telegramApiRoot, botToken }: Config) {
  const isSandbox = framesOf(telegramApiRoot).length > 0
  if (!publicUrl || !(publicUrl.startsWith('https://') || isSandbox)) return undefined
  return receiptLinks(publicUrl, deriveKey(botToken, 'receipts of orders'))
}

function btcpayProviders({ btcpay, onlineWindowMs }: Config, clock: Clock, chatLink: () => string) {
  return btcpay ? [createBtcpayProvider({ settings: btcpay, clock, windowMs: onlineWindowMs, chatLink })] : []
}

function btcpayWebhook(
  { webhookSecret }: NonNullable<Config['btcpay']>,
  payments: PaymentWorker,
): HttpDeps['btcpay'] {
  return {
    isSigned: (body, header) => isSigned(body, header, webhookSecret),
    onMessage: payments.nudge,
  }
}

function pushSender({ push, publicUrl }: Config, clock: Clock, receiptKey: string) {
  if (!push || !publicUrl) return undefined
  return createPushSender({
    push,
    clock,
    publicUrl,
    receiptFor: (noticeId) => makeReceipt(receiptKey, noticeId),
  })
}

/** Loaded only where there is a mail server: what speaks to one takes several megabytes. */
async function mailSender({ mail }: Config, parts: Omit<MailSenderParts, 'mail'>) {
  if (!mail) return undefined
  const { createMailSender } = await import('./mail/sender.ts')
  return createMailSender({ mail, ...parts })
}

/** What the API needs to know of web push. */
function pushChecks({ publicKey, hosts }: NonNullable<Config['push']>): NonNullable<HttpDeps['push']> {
  return { publicKey, check: (subscription) => checkSubscription(subscription, hosts) }
}

/** The sandbox shows the panel as Telegram does, from an address of its own. */
function framesOf(apiRoot: string): string[] {
  const { origin } = new URL(apiRoot)
  return origin === 'https://api.telegram.org' ? [] : [origin]
}

function throwIt(error: unknown): never {
  throw error
}
