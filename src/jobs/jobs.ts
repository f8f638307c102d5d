import type { Metrics } from '../lib/metrics.ts'
import { type PictureWork, prepareImages } from '../shop/catalogue/pictures/prepare-images.ts'
import { chaseOrders } from '../shop/escalation/chase-orders.ts'
import { sendDailySummaries } from '../shop/notifications/send-daily-summaries.ts'
import { expireOrders } from '../shop/orders/expire-orders.ts'
import { applyStoredCharges } from '../shop/payments/apply-stored-charges.ts'
import { checkBooks } from '../shop/payments/books/check-books.ts'
import type { Shop } from '../shop/work.ts'
import { forgetAudit } from './forget-audit.ts'
import { forgetFiles } from './forget-files.ts'
import { forgetNotices } from './forget-notices.ts'
import { endSessions, forgetConversations, forgetMessages, forgetUpdates } from './forget-rows.ts'
import { measureTargets } from './measure-targets.ts'

/** How long what is over is kept, in ms; see docs/keeping.md. */
export interface Retention {
  noticesMs: number
  auditMs: number
  proofsMs: number
}

/** What jobs need besides the shop; what other folders at the rim do is handed over by app.ts. */
export interface Workplace extends PictureWork {
  proofsFolder: string
  keep: Retention
  metrics: Metrics
  /** Asks payment providers what is due to be asked. Returns how much they were asked since the last time: no run waits for a slow one. */
  askProviders(): number
  /** Makes a backup if one is due. Returns how many that were. */
  backUp(stopping: AbortSignal): Promise<number>
}

export interface Job {
  /** What figures and addresses call it. */
  name: string
  /** What it does, for whoever looks at the system page. */
  does: string
  /** When, in cron's notation with seconds. */
  cron: string
  /** Done once a day, at the first run after this minute of the day (of the shop's clocks): one that fails is tried again. */
  daily?: number
  /** A run that takes longer is stuck; ten minutes, if left out. */
  mayTakeMs?: number
  /**
   * Does everything that is due, so that a missed run is made up by the next and a repeated one does no harm. Returns how
   * much that was. What has to wait for somebody ends early when `stopping` is aborted.
   */
  run(shop: Shop, stopping: AbortSignal, place: Workplace): number | Promise<number>
}

const FOUR = 4 * 60
/** A backup breaks itself off after an hour. */
const BACKUP_MAY_TAKE_MS = 61 * 60_000

/** All of the shop's background work, in one table. */
export const JOBS: readonly Job[] = [
  {
    name: 'checkpoint',
    does: 'Bring the write-ahead log into the file',
    cron: '* * * * * *',
    run: checkpoint,
  },
  { name: 'check-books', does: 'Check the books', cron: '*/2 * * * * *', run: checkBooks },
  { name: 'chase-orders', does: 'Remind of orders nobody accepts', cron: '*/5 * * * * *', run: chaseOrders },
  { name: 'apply-charges', does: 'Apply stored charges', cron: '*/10 * * * * *', run: applyStoredCharges },
  { name: 'ask-providers', does: 'Ask payment providers', cron: '*/10 * * * * *', run: askProviders },
  { name: 'expire-orders', does: 'Expire unpaid orders', cron: '*/20 * * * * *', run: expireOrders },
  { name: 'measure-targets', does: 'Measure what is promised', cron: '15 * * * * *', run: measureTargets },
  { name: 'send-summaries', does: 'Send daily summaries', cron: '30 * * * * *', run: sendDailySummaries },
  { name: 'forget-updates', does: 'Forget handled updates', cron: '45 * * * * *', run: forgetUpdates },
  {
    name: 'prepare-images',
    does: 'Fetch pictures that products name by a link',
    cron: '5-59/10 * * * * *',
    run: fetchPictures,
  },
  { name: 'back-up', does: 'Back up', cron: '25 * * * * *', mayTakeMs: BACKUP_MAY_TAKE_MS, run: backUp },
  {
    name: 'end-sessions',
    does: 'End old sessions and their devices',
    cron: '10 7 * * * *',
    run: endSessions,
  },
  {
    name: 'forget-conversations',
    does: 'Forget abandoned conversations',
    cron: '10 17 * * * *',
    run: forgetConversations,
  },
  { name: 'forget-messages', does: 'Forget what providers said', cron: '20 27 * * * *', run: forgetMessages },
  {
    name: 'forget-notices',
    does: 'Forget old notices',
    cron: '50 */10 * * * *',
    daily: FOUR,
    run: forgetNotices,
  },
  {
    name: 'forget-audit',
    does: 'Forget the old history of the shop itself',
    cron: '50 */10 * * * *',
    daily: FOUR + 10,
    run: forgetAudit,
  },
  {
    name: 'forget-files',
    does: 'Remove old receipts and files nothing uses',
    cron: '50 */10 * * * *',
    daily: FOUR + 20,
    run: forgetFiles,
  },
  {
    name: 'optimise',
    does: 'Look over the indexes',
    cron: '50 */10 * * * *',
    daily: FOUR + 30,
    run: optimise,
  },
]

function checkpoint(shop: Shop): number {
  shop.db.checkpoint()
  return 0
}

function askProviders(_shop: Shop, _stopping: AbortSignal, place: Workplace): number {
  return place.askProviders()
}

function fetchPictures(shop: Shop, stopping: AbortSignal, place: Workplace): Promise<number> {
  return prepareImages(shop, place, stopping)
}

function backUp(_shop: Shop, stopping: AbortSignal, place: Workplace): Promise<number> {
  return place.backUp(stopping)
}

function optimise(shop: Shop): Promise<number> {
  return shop.db.optimise()
}
