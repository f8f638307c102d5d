import type { JobRunRow } from '../db/jobs.ts'
import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { SystemFacts } from '../shop/reports/system-facts.ts'
import type { StaffSession } from '../shop/staff/sessions.ts'
import type { Actor, Shop } from '../shop/work.ts'
import type { BackupFailure, ShownBackups } from './contract/backups.ts'
import type { JobStanding } from './contract/system.ts'
import type { LiveFeed } from './live-feed.ts'

/** What a browser gives to be reached by web push; the keys are base64url. */
export interface PushSubscription {
  endpoint: string
  p256dh: string
  auth: string
}

/** How the process runs, and its jobs. */
export interface SystemDesk {
  readFacts(): Promise<SystemFacts>
  jobs: {
    list(): JobStanding[]
    /** The newest runs of a job, newest first. */
    runs(name: string): JobRunRow[]
    /** Throws a ShopError: not_found, or conflict while it is under way. */
    runNow(name: string, actor: Actor): void
  }
}

/** What the routes are made of; app.ts puts it together. */
export interface HttpDeps {
  shop: Shop
  log: Log
  metrics: Metrics
  live: LiveFeed
  botToken: string
  /** Where the shop is reached from outside, without a slash at the end. */
  publicUrl: string | undefined
  /** A link that opens the chat with the bot and hands it `payload` (A-Z a-z 0-9 _ -, at most 64). */
  botLink(payload: string): string
  /** Web push: its public key, and why a subscription cannot be taken. Undefined when it is switched off. */
  push: { publicKey: string; check(subscription: PushSubscription): string | undefined } | undefined
  /** Whether a receipt belongs to this notice. */
  isReceipt(noticeId: number, receipt: string): boolean
  mediaFolder: string
  /** Where receipts of bank transfers lie. */
  proofsFolder: string
  /** The shop's backups: all there are, how they fail, and how to begin one now. Absent where nobody makes any. */
  backups?:
    | { read(): Promise<ShownBackups>; failure(): BackupFailure | undefined; ask(actor: Actor): void }
    | undefined
  panelFolder: string
  /** Who may show the panel in a frame, besides Telegram. */
  frameOrigins: string[]
  /** Whether the shop can serve: false while starting, stopping or cut off from Telegram. */
  isReady(): boolean
  /** Takes an update that Telegram posted; undefined when the shop polls. */
  webhook: { path: string; secret: string; receive(update: unknown): void } | undefined
  /** BTCPay Server: whether a message is really its own, and what to do once one is stored. Absent when it is not set up. */
  btcpay?: { isSigned(body: Uint8Array, header: string | undefined): boolean; onMessage(): void } | undefined
  /** Absent where nothing but requests is served. */
  system?: SystemDesk
}

/** What a request knows: its own id, and whose it is once that is found out. */
export interface ApiEnv {
  Variables: { requestId: string; session: StaffSession; token: string }
}
