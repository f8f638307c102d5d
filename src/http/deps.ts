import type { Log } from '../lib/log.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { StaffSession } from '../shop/staff/sessions.ts'
import type { Shop } from '../shop/work.ts'
import type { LiveFeed } from './live-feed.ts'

/** What the routes are made of; app.ts puts it together. */
export interface HttpDeps {
  shop: Shop
  log: Log
  metrics: Metrics
  live: LiveFeed
  botToken: string
  mediaFolder: string
  panelFolder: string
  /** Who may show the panel in a frame, besides Telegram. */
  frameOrigins: string[]
  /** Whether the shop can serve: false while starting, stopping or cut off from Telegram. */
  isReady(): boolean
  /** Takes an update that Telegram posted; undefined when the shop polls. */
  webhook: { path: string; secret: string; receive(update: unknown): void } | undefined
}

/** What a signed-in request knows. */
export interface ApiEnv {
  Variables: { session: StaffSession; token: string }
}
