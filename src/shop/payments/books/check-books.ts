import {
  addBookCheck,
  countDifferences,
  endUnseen,
  type FoundDifference,
  findLastCheck,
  findUnfinishedCheck,
  finishBookChecks,
  hasBookCheck,
  keepDifference,
  listOrdersAfter,
} from '../../../db/books.ts'
import { newKey } from '../../../lib/ids.ts'
import { localDay, minuteOfDay } from '../../../lib/local-day.ts'
import { ShopError } from '../../../lib/shop-error.ts'
import { announceTrouble } from '../../notifications/announce-trouble.ts'
import { planForStaff } from '../../notifications/plan.ts'
import { recordEvent } from '../../record-event.ts'
import { askAside } from '../../reports/ask-aside.ts'
import { type Shop, SYSTEM, type Work } from '../../work.ts'
import { askProviders } from './ask-providers.ts'
import { INSIDE } from './difference.ts'
import { CheckStopped } from './pages.ts'
import { type LostPayment, takeLost } from './take-lost.ts'

/** Four in the morning, where the shop is. */
const DAILY_MINUTE = 4 * 60
const DAY_MS = 86_400_000
const DIFFERENCES_A_WRITE = 200
const NAMES: Record<string, string> = { btcpay: 'BTCPay Server', stars: 'Telegram’s list of Stars' }

/** What was compared, and what could not be. */
export interface Compared {
  source: string
  rows: number | null
  trouble: string | null
}

/** What one source brought: its differences, unless it could not be asked. */
export interface Looked extends Compared {
  found: FoundDifference[]
  /** Payments to be taken in. */
  lost: LostPayment[]
}

/** Has the books checked as soon as may be: the next run of the job does it. One that is under way is enough. */
export function askForCheck(work: Work, key = `asked:${newKey()}`): void {
  if (findUnfinishedCheck(work.tx)) return
  addBookCheck(work.tx, { key, now: work.now })
}

/**
 * Checks the books if the day's check is due, somebody has asked for one, or one was cut short. Safe to miss and to repeat.
 * Returns how many differences are new. Ends early, to be done again, when `signal` is aborted or too much is read already.
 */
export async function checkBooks(shop: Shop, signal: AbortSignal = new AbortController().signal) {
  beginDaily(shop)
  if (!findUnfinishedCheck(shop.db)) return 0
  try {
    return await runCheck(shop, signal)
  } catch (error) {
    if (error instanceof CheckStopped || isBusy(error)) return 0
    // A check that fails is no all-clear, and no reason to fail again every few seconds.
    const trouble = 'the check itself failed, and the log says why'
    shop.write((work) => finish(work, [{ source: INSIDE, rows: null, trouble }]))
    throw error
  }
}

/** Others are reading beside the main thread: the next run has its turn. */
function isBusy(error: unknown): boolean {
  return error instanceof ShopError && error.code === 'busy'
}

function beginDaily(shop: Shop): void {
  const now = shop.clock.now()
  const { timezone } = shop.settings
  const key = localDay(timezone, now)
  if (minuteOfDay(timezone, now) < DAILY_MINUTE || hasBookCheck(shop.db, key)) return
  // A shop that has just opened has nothing yet that could differ for long enough.
  const [first] = listOrdersAfter(shop.db, { after: 0, limit: 1 })
  if (!first || now - first.placed_at < DAY_MS) return
  shop.write(({ tx }) => addBookCheck(tx, { key, now }))
}

async function runCheck(shop: Shop, signal: AbortSignal): Promise<number> {
  const seenFrom = shop.clock.now()
  const inside = await checkInside(shop, seenFrom, signal)
  const providers = await askProviders(shop, signal)
  for (const { found, lost } of providers) {
    keepDifferences(shop, found)
    for (const payment of lost) takeLost(shop, payment)
  }
  return shop.write((work) => {
    const compared = [inside, ...providers]
    for (const { source, trouble } of compared) {
      if (trouble === null) endUnseen(work.tx, { source, before: seenFrom, now: work.now })
    }
    return finish(work, compared)
  })
}

/** Keeps what it finds a page at a time: in a shop that marks no cash as collected, every order differs. */
async function checkInside(shop: Shop, now: number, signal: AbortSignal): Promise<Compared> {
  let rows = 0
  try {
    for await (const piece of askAside(shop.db, 'lookInside', { now }, signal)) {
      keepDifferences(shop, piece.found)
      rows += piece.rows
    }
  } catch (error) {
    throw signal.aborted ? new CheckStopped() : error
  }
  return { source: INSIDE, rows, trouble: null }
}

function keepDifferences(shop: Shop, found: readonly FoundDifference[]): void {
  for (let i = 0; i < found.length; i += DIFFERENCES_A_WRITE) {
    const some = found.slice(i, i + DIFFERENCES_A_WRITE)
    shop.write(({ tx, now }) => {
      for (const one of some) keepDifference(tx, { ...one, now })
    })
  }
}

/** Ends the check, and tells of the differences that no check before it had found. */
function finish(work: Work, looked: Compared[]): number {
  const last = findLastCheck(work.tx)
  const before = last?.finished_at ?? 0
  tellOfUnasked(work, looked, last ? (JSON.parse(last.figures) as Compared[]) : [])
  const figures = looked.map(({ source, rows, trouble }) => ({ source, rows, trouble }))
  finishBookChecks(work.tx, { figures: JSON.stringify(figures), now: work.now })
  const count = countDifferences(work.tx, before + 1)
  if (count === 0) return 0
  const event = { type: 'books_differ', actor: SYSTEM }
  const id = recordEvent(work, { ...event, orderId: null, data: { count } })
  planForStaff(work, { ...event, id })
  return count
}

/** Tells of whoever could not be asked this time nor the last: money that is lost there is lost unseen. */
function tellOfUnasked(work: Work, looked: Compared[], last: Compared[]): void {
  const unasked = last.filter(({ trouble }) => trouble !== null).map(({ source }) => source)
  for (const { source, trouble } of looked) {
    if (trouble === null || source === INSIDE || !unasked.includes(source)) continue
    const reason = `The books could not be compared with ${NAMES[source] ?? source}, twice running: ${trouble}`
    announceTrouble(work, {
      key: `trouble:books:${source}:${localDay(work.settings.timezone, work.now)}`,
      type: 'shop_trouble',
      data: { reason, path: '/more/money' },
    })
  }
}
